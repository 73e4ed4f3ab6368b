import type { AlarmKind } from '../names.ts';
import type { AlarmPolicy, ServiceSettings } from '../settings.ts';

/** A metric by a name of our own; `metrics.ts` says what CloudWatch calls it. One value per minute and target group. */
export const metricNames = [
  'requests',
  'target2xx',
  'target3xx',
  'target4xx',
  'target5xx',
  'connectionErrors',
  'elb5xx',
  'latency',
  'healthyHosts',
  'unhealthyHosts',
  'running',
  'desired',
  'memory',
  'cpu',
] as const;
export type MetricName = (typeof metricNames)[number];

/** What an alarm computes, as data: a construct renders it as metric math, `evaluate` computes it here. */
export type Expression =
  /** `missing` fills absent datapoints. */
  | { readonly op: 'metric'; readonly metric: MetricName; readonly missing?: 0 }
  | { readonly op: 'sum'; readonly of: readonly Expression[] }
  /** How much `of` exceeds `over`; 0 where it does not. */
  | { readonly op: 'excess'; readonly of: Expression; readonly over: Expression }
  | { readonly op: 'percent'; readonly part: Expression; readonly whole: Expression }
  /** `value` where `when` is at least `atLeast`, else 0. */
  | { readonly op: 'gate'; readonly when: Expression; readonly atLeast: number; readonly value: Expression };

/**
 * One alarm per target group; one that sees every target group's metrics as one, as `across` of the metric says; or one on
 * the metrics of the service itself.
 */
export type AlarmScope = 'target-group' | 'all-groups' | 'service';

export type AlarmSpec = {
  readonly kind: AlarmKind;
  /** One sentence for the alarm's description and for messages. */
  readonly means: string;
  readonly expression: Expression;
  readonly breachesWhen: 'above' | 'below';
  readonly missingData: 'not-breaching' | 'breaching';
  readonly scope: AlarmScope;
  readonly policy: AlarmPolicy;
};

/** One alarm kind per file, whole: the file name is the kind. `undefined` when the service does not have it. */
export type AlarmDefinition = (settings: ServiceSettings) => AlarmSpec | undefined;
