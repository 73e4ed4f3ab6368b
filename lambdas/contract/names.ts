import type { Duty } from './operation-api.ts';
import type { grants } from './permissions.ts';

/** What is done to the world, verb-object. Handing over is not an action: it changes nothing. */
export type ActionKind = keyof typeof grants;
export type FunctionName = 'on-signal' | 'recover' | 'sweep' | ActionKind;

export const alarmKinds = ['latency', 'errors', 'unhealthy-targets', 'no-capacity', 'below-desired'] as const;
export type AlarmKind = (typeof alarmKinds)[number];
/** What a signal stands for; `combined` is a composite alarm, which has no definition of our own. */
export type SignalKind = AlarmKind | 'combined';

/** What a pipeline and a service may be called: the names become alarm names, ARNs and keys. */
export const pipelineNamePattern = /^[a-z0-9][a-z0-9-]{0,23}$/;
export const serviceIdPattern = /^[a-z0-9][a-z0-9-]{0,39}$/;
/** An incident's id: UTC time and a random tail, so that ids sort by time. At most 39 characters: see `executionName`. */
export const incidentIdPattern = /^\d{8}-\d{6}-[a-z0-9]{4,23}$/;
/** A proposal's id within its incident: the number of the lap that made it. */
export const requestIdPattern = /^\d{1,6}$/;

export const isAlarmKind = (kind: string): kind is AlarmKind => (alarmKinds as readonly string[]).includes(kind);

/**
 * `paramedic/<pipeline>/<service>/<kind>`. A service with several target groups has one alarm per group, since an alarm
 * may reference ten metrics at most: the second group's is `<kind>-2`, and so on.
 */
export const alarmName = (pipeline: string, service: string, kind: AlarmKind, group = 0): string =>
  `paramedic/${pipeline}/${service}/${kind}${group > 0 ? `-${group + 1}` : ''}`;

/** The prefix of all alarms of a pipeline; ends with the slash, so that `prod` does not hear `prod-2`. */
export const alarmPrefix = (pipeline: string): string => `paramedic/${pipeline}/`;

export type AlarmAddress = { readonly pipeline: string; readonly service: string; readonly kind: SignalKind };

/** Reads an alarm's name apart; `undefined` when it is not one of ours. */
export function parseAlarmName(name: string): AlarmAddress | undefined {
  const [prefix, pipeline, service, kind, ...rest] = name.split('/');
  if (prefix !== 'paramedic' || pipeline === undefined || service === undefined || !kind || rest.length > 0)
    return undefined;
  if (!pipelineNamePattern.test(pipeline) || !serviceIdPattern.test(service)) return undefined;
  const family = kind.replace(/-\d+$/, '');
  return { pipeline, service, kind: isAlarmKind(family) ? family : 'combined' };
}

/** Alarms on Paramedic itself; they match no rule of a pipeline. */
export const selfAlarmName = (pipeline: string, what: string): string => `paramedic-self/${pipeline}/${what}`;

/** The SSM parameter that holds a service's resolved configuration. */
export const settingsParameter = (pipeline: string, service: string): string => `/paramedic/${pipeline}/${service}`;

/** One of the SSM parameters that say which services there are: see `serviceListOf`. No service has an underscore in its name. */
export const serviceListParameter = (pipeline: string, list: number): string =>
  `/paramedic/${pipeline}/_services/${list}`;

/** One of the SSM parameters that list the teams' own alarms: see `ownAlarmLists`. */
export const ownAlarmListParameter = (pipeline: string, list: number): string =>
  `/paramedic/${pipeline}/_signals/${list}`;

/** The SSM parameter that says how many services there are. */
export const serviceCountParameter = (pipeline: string): string => `/paramedic/${pipeline}/_services/count`;

/** The SSM parameter that says where people ask. */
export const apiParameter = (pipeline: string): string => `/paramedic/${pipeline}/_api`;

/**
 * The policy that lets somebody ask for what a duty is, and for nothing else. A name is there once in an account, whatever
 * the Region (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html), so that the Region is part of it.
 */
export const dutyPolicyName = (pipeline: string, region: string, duty: Duty): string =>
  `paramedic-${pipeline}-${region}-${duty}`;

/** Names that other stacks know without an export. */
export const onSignalFunctionName = (pipeline: string): string => `paramedic-${pipeline}-on-signal`;
export const topicName = (pipeline: string, owner: string): string => `paramedic-${pipeline}-${owner}`;
export const ledgerTableName = (pipeline: string): string => `paramedic-${pipeline}-ledger`;
/** Events that could not be delivered to on-signal. */
export const signalQueueName = (pipeline: string): string => `paramedic-${pipeline}-undelivered-signals`;
/** Events that on-signal failed on for good. */
export const failedSignalsQueueName = (pipeline: string): string => `paramedic-${pipeline}-failed-signals`;
/** Starts and ends of workflows that failed for good. */
export const failedWorkflowsQueueName = (pipeline: string): string => `paramedic-${pipeline}-failed-workflows`;
/** The topic of alarms on Paramedic itself. No owner has an underscore in its name. */
export const selfTopicName = (pipeline: string): string => `paramedic-${pipeline}_self`;

/**
 * The durable execution of an incident: at most 24 + 1 + 39 = 64 characters of `A-Za-z0-9-_`
 * (https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html).
 */
export const executionName = (pipeline: string, incidentId: string): string => `${pipeline}-${incidentId}`;
