import type { SignalKind } from '../contract/names.ts';
import type { Sense } from '../contract/settings.ts';
import type { TargetRef } from '../contract/targets.ts';
import type { Instant } from '../contract/time.ts';

/** Where a fact was read, which says how late it comes. */
export type EvidenceSource = 'alarm' | 'metrics' | 'target-health' | 'task-logs' | 'ecs' | 'ledger';

type Fact<K extends string, D> = {
  readonly kind: K;
  readonly source: EvidenceSource;
  /** The moment the fact speaks of, not the moment it was read. */
  readonly at: Instant;
  /** One plain sentence for people. */
  readonly says: string;
} & D;

/** Facts with source and time; never an opinion. */
export type Evidence =
  | Fact<'AlarmFiring', { readonly alarm: SignalKind }>
  | Fact<'AlarmOk', { readonly alarm: SignalKind }>
  | Fact<'TroubleBegan', { readonly began: Instant }>
  | Fact<'TargetAnomalous', { readonly target: TargetRef }>
  | Fact<'TargetsNormal', { readonly targets: number }>
  | Fact<'TargetUnhealthy', { readonly target: TargetRef }>
  | Fact<
      'TaskErrors' | 'TaskSlow' | 'TaskSilent',
      { readonly task: string; readonly share: number; readonly peers: number; readonly pValue: number }
    >
  /** The request log has no answer of the task since then, up to `until`. */
  | Fact<'TaskIdle', { readonly task: string; readonly since: Instant; readonly until: Instant }>
  /** How many tasks are sick where not all are named: by zone, and of those not named the mean share (0..1) of slow requests. */
  | Fact<
      'TasksSick',
      {
        readonly tasks: number;
        readonly byZone: Readonly<Record<string, number>>;
        readonly unnamed: { readonly tasks: number; readonly slow: number };
      }
    >
  /** So many facts of that kind there are in all; the first of them are told. */
  | Fact<'Shortened', { readonly of: string; readonly all: number }>
  | Fact<'TargetsAlike', { readonly targets: number }>
  | Fact<'DeploymentStarted', { readonly deployment: string; readonly taskDefinition: string }>
  | Fact<'NoSuspectDeployment', object>
  | Fact<'RollbackUnderWay', { readonly deployment: string }>
  | Fact<'TasksStopped', { readonly tasks: number; readonly code: string }>
  | Fact<'TasksStarting', { readonly tasks: number; readonly desired: number }>
  | Fact<'CapacityLost', { readonly healthy: number; readonly desired: number }>
  | Fact<'TrafficRose', { readonly factor: number }>
  | Fact<'MemoryGrew', { readonly percent: number; readonly perHour: number }>
  | Fact<'TasksOld', { readonly youngestHours: number }>
  | Fact<'CheckMade', { readonly check: string }>
  | Fact<'SenseMissing', { readonly sense: Sense }>
  | Fact<'NoData', { readonly of: string }>;
