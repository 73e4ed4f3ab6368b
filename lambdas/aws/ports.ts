import { environment } from '../contract/environment.ts';
import { ownMetrics } from '../contract/own-metrics.ts';
import type {
  ActionPorts,
  LookPorts,
  RecoverPorts,
  SignalPorts,
  SweepPorts,
  WorkflowEndedPorts,
} from '../ports/ports.ts';
import { actionFunctionsIn } from './action-functions.ts';
import { awsAlarms } from './alarms.ts';
import { awsAudience } from './audience.ts';
import { awsClock } from './clock.ts';
import { awsControls } from './controls.ts';
import { count } from './count.ts';
import { entryMetrics } from './entry-metrics.ts';
import { awsExecutions } from './executions.ts';
import { awsFleet } from './fleet.ts';
import { fleetMetrics } from './fleet-metrics.ts';
import { awsFleetSize } from './fleet-size.ts';
import { awsIds } from './ids.ts';
import { awsImages } from './images.ts';
import { awsLedger } from './ledger.ts';
import { awsMetrics } from './metrics.ts';
import { awsNotifier } from './notifier.ts';
import { awsOpenIncidents } from './open-incidents.ts';
import { awsOutbox } from './outbox.ts';
import { awsOwnAlarms } from './own-alarms.ts';
import { awsProtection } from './protection.ts';
import { awsRouting, rememberedRouting } from './routing.ts';
import { awsScaling } from './scaling.ts';
import { awsServices } from './services.ts';
import { awsSettings } from './settings.ts';
import { awsStacks } from './stacks.ts';
import { Table } from './table.ts';
import { awsTargets } from './targets.ts';
import { awsTaskLogs } from './task-logs.ts';
import { type Environment, neededVariable } from './variables.ts';
import { awsWorkflowStarter } from './workflow-starter.ts';

// Each function calls one of these, in its handler, once per process. Nothing here runs at import, so that a bundle holds
// only the clients its own function uses.

export const pipelineIn = (env: Environment): string => neededVariable(env, environment.pipeline);

const tableIn = (env: Environment): Table => new Table(neededVariable(env, environment.ledgerTable));

export function signalPorts(env: Environment): SignalPorts {
  const pipeline = pipelineIn(env);
  return {
    clock: awsClock,
    ids: awsIds,
    settings: awsSettings(pipeline),
    ledger: awsLedger(tableIn(env), entryMetrics(pipeline)),
    workflows: awsWorkflowStarter(pipeline, neededVariable(env, environment.recoverFunction)),
  };
}

const lookPorts = (table: Table): LookPorts => ({
  clock: awsClock,
  targets: awsTargets(),
  services: awsServices(),
  images: awsImages(),
  audience: awsAudience(),
  controls: awsControls(table),
  routing: awsRouting(),
  protection: awsProtection(),
  stacks: awsStacks(),
  scaling: awsScaling(),
});

export function workflowEndedPorts(env: Environment, table = tableIn(env)): WorkflowEndedPorts {
  const pipeline = pipelineIn(env);
  return {
    ...lookPorts(table),
    settings: awsSettings(pipeline),
    fleet: awsFleet(table, fleetMetrics(pipeline)),
    ledger: awsLedger(table, entryMetrics(pipeline)),
    notifier: awsNotifier(),
    outbox: awsOutbox(table),
  };
}

export function sweepPorts(env: Environment): SweepPorts {
  const pipeline = pipelineIn(env);
  const table = tableIn(env);
  const recoverFunction = neededVariable(env, environment.recoverFunction);
  return {
    ...workflowEndedPorts(env, table),
    ledger: awsLedger(table, entryMetrics(pipeline)),
    ids: awsIds,
    workflows: awsWorkflowStarter(pipeline, recoverFunction),
    alarms: awsAlarms(),
    ownAlarms: awsOwnAlarms(pipeline, Number(neededVariable(env, environment.ownAlarmLists))),
    openIncidents: awsOpenIncidents(table),
    executions: awsExecutions(pipeline, recoverFunction),
    counts: { count: (metric, value) => count(pipeline, { [ownMetrics[metric]]: value }) },
  };
}

export function recoverPorts(env: Environment): RecoverPorts {
  const table = tableIn(env);
  const pipeline = pipelineIn(env);
  return {
    ...workflowEndedPorts(env, table),
    fleet: { ...awsFleet(table, fleetMetrics(pipeline)), ...awsFleetSize(pipeline) },
    routing: rememberedRouting(awsRouting(), awsClock),
    metrics: awsMetrics(),
    taskLogs: awsTaskLogs(),
  };
}

/** What every action's function reaches; `change` is its own. */
export function actionPorts(env: Environment): Omit<ActionPorts<never>, 'change'> {
  const table = tableIn(env);
  return { ...lookPorts(table), ledger: awsLedger(table), fleet: awsFleet(table) };
}

export const recoverFunctions = (env: Environment) =>
  actionFunctionsIn(neededVariable(env, environment.actionFunctions), environment.actionFunctions);
