import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { LambdaClient } from '@aws-sdk/client-lambda';
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
import { reading, repeatable } from './clients.ts';
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
import { awsOutbox, messageLimitIn } from './outbox.ts';
import { awsOwnAlarms } from './own-alarms.ts';
import { awsParameters } from './parameter.ts';
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
// only the clients its own function uses. Adapters that ask the same service the same way share its client, and so its
// connections and its budget of retries.

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

function lookPorts(table: Table): LookPorts {
  const ecs = new ECSClient(reading);
  const loadBalancing = new ElasticLoadBalancingV2Client(reading);
  return {
    clock: awsClock,
    targets: awsTargets(loadBalancing),
    services: awsServices(ecs),
    images: awsImages(),
    audience: awsAudience(),
    controls: awsControls(table),
    routing: awsRouting(loadBalancing),
    protection: awsProtection(ecs),
    stacks: awsStacks(),
    scaling: awsScaling(),
  };
}

export function workflowEndedPorts(
  env: Environment,
  table = tableIn(env),
  parameters = awsParameters(),
): WorkflowEndedPorts {
  const pipeline = pipelineIn(env);
  return {
    ...lookPorts(table),
    settings: awsSettings(pipeline, parameters),
    fleet: awsFleet(table, fleetMetrics(pipeline)),
    ledger: awsLedger(table, entryMetrics(pipeline)),
    notifier: awsNotifier(),
    outbox: awsOutbox(table, messageLimitIn(env)),
    operatorApi: neededVariable(env, environment.operatorApi),
  };
}

export function sweepPorts(env: Environment): SweepPorts {
  const pipeline = pipelineIn(env);
  const table = tableIn(env);
  const parameters = awsParameters();
  const lambda = new LambdaClient(repeatable);
  const recoverFunction = neededVariable(env, environment.recoverFunction);
  return {
    ...workflowEndedPorts(env, table, parameters),
    ledger: awsLedger(table, entryMetrics(pipeline)),
    ids: awsIds,
    workflows: awsWorkflowStarter(pipeline, recoverFunction, lambda),
    alarms: awsAlarms(),
    outbox: awsOutbox(table, messageLimitIn(env)),
    ownAlarms: awsOwnAlarms(pipeline, Number(neededVariable(env, environment.ownAlarmLists)), parameters),
    openIncidents: awsOpenIncidents(table),
    executions: awsExecutions(pipeline, recoverFunction, lambda),
    counts: { count: (metric, value) => count(pipeline, { [ownMetrics[metric]]: value }) },
  };
}

export function recoverPorts(env: Environment): RecoverPorts {
  const table = tableIn(env);
  const pipeline = pipelineIn(env);
  const parameters = awsParameters();
  const ports = workflowEndedPorts(env, table, parameters);
  return {
    ...ports,
    fleet: { ...awsFleet(table, fleetMetrics(pipeline)), ...awsFleetSize(pipeline, parameters) },
    routing: rememberedRouting(ports.routing, awsClock),
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
