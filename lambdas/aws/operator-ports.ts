import { environment } from '../contract/environment.ts';
import type { OperatorPorts } from '../ports/ports.ts';
import { awsCallbacks } from './callbacks.ts';
import { awsClock } from './clock.ts';
import { awsControlsWriter } from './controls-writer.ts';
import { entryMetrics } from './entry-metrics.ts';
import { awsFleet } from './fleet.ts';
import { awsIds } from './ids.ts';
import { awsLedger } from './ledger.ts';
import { awsOperationLog } from './operation-log.ts';
import { awsSettings } from './settings.ts';
import { Table } from './table.ts';
import { type Environment, neededVariable } from './variables.ts';
import { awsWorkflowStarter } from './workflow-starter.ts';

/** For `operate` and no other function: it alone writes what people own. Apart from the others', so that no import leads there. */
export function operatorPorts(env: Environment): OperatorPorts {
  const pipeline = neededVariable(env, environment.pipeline);
  const table = new Table(neededVariable(env, environment.ledgerTable));
  return {
    clock: awsClock,
    ids: awsIds,
    settings: awsSettings(pipeline),
    ledger: awsLedger(table, entryMetrics(pipeline)),
    controls: awsControlsWriter(table),
    log: awsOperationLog(table),
    fleet: awsFleet(table),
    callbacks: awsCallbacks(),
    workflows: awsWorkflowStarter(pipeline, neededVariable(env, environment.recoverFunction)),
  };
}
