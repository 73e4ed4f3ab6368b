import { environment } from '../contract/environment.ts';
import type { OperatorPorts } from '../ports/ports.ts';
import { awsCallbacks } from './callbacks.ts';
import { awsClock } from './clock.ts';
import { entryMetrics } from './entry-metrics.ts';
import { awsIds } from './ids.ts';
import { awsLedger } from './ledger.ts';
import { awsOperationLog } from './operation-log.ts';
import { Table } from './table.ts';
import { type Environment, neededVariable } from './variables.ts';
import { awsWorkflowStarter } from './workflow-starter.ts';

/** For `operate` and no other function: it alone answers for people. Apart from the others', so that no import leads there. */
export function operatorPorts(env: Environment): OperatorPorts {
  const pipeline = neededVariable(env, environment.pipeline);
  const table = new Table(neededVariable(env, environment.ledgerTable));
  return {
    clock: awsClock,
    ids: awsIds,
    ledger: awsLedger(table, entryMetrics(pipeline)),
    log: awsOperationLog(table),
    callbacks: awsCallbacks(),
    workflows: awsWorkflowStarter(pipeline, neededVariable(env, environment.recoverFunction)),
  };
}
