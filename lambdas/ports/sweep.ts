import type { ListedOwnAlarm } from '../contract/own-alarm-list.ts';
import type { SweepMetric } from '../contract/own-metrics.ts';
import type { Instant } from '../contract/time.ts';
import type { AlarmQuery, FiringAlarm } from '../model/firing-alarm.ts';
import type { OpenIncident } from '../model/open-incident.ts';

/** What CloudWatch says of alarms. */
export interface Alarms {
  /** Those in ALARM, metric and composite ones alike; page after page, without using up what the account may ask. */
  firing(query: AlarmQuery): Promise<readonly FiringAlarm[]>;
  /** Does a mute rule hold back its actions now? */
  muted(alarm: string): Promise<boolean>;
}

/** The teams' own alarms that are signals of a service, as they are published. */
export interface OwnAlarms {
  all(): Promise<readonly ListedOwnAlarm[]>;
}

/** The newest incident of every service that has or lately had one open. What is healthy costs nothing. */
export interface OpenIncidents {
  list(): Promise<readonly OpenIncident[]>;
}

/** What became of a workflow. `unknown` where that cannot be told. */
export type ExecutionState =
  | { readonly kind: 'running' | 'unknown' }
  | { readonly kind: 'ended'; readonly at: Instant; readonly how: string };

export interface Executions {
  /** Of an incident's workflow. One that never was is started by asking: it has a name that makes that harmless. */
  stateOf(incidentId: string): Promise<ExecutionState>;
}

/** What Paramedic counts of itself beside the entries of the ledger. */
export interface Counts {
  count(metric: SweepMetric, value: number): void;
}
