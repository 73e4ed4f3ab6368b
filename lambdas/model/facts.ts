import type { Series } from '../contract/alarms/evaluate.ts';
import type { DefinitionStatus, Release } from '../contract/releases.ts';
import type { Routing } from '../contract/routing.ts';
import type { Sense } from '../contract/settings.ts';
import type { TargetRef, TaskAddress } from '../contract/targets.ts';
import type { Instant } from '../contract/time.ts';

export type { TargetRef, TaskAddress } from '../contract/targets.ts';

export type TaskRef = { readonly cluster: string; readonly task: string };
export type ServiceRef = { readonly cluster: string; readonly service: string };

export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused' | 'unavailable';

/** One registered target, as DescribeTargetHealth with AnomalyDetection gives it. */
export type TargetFact = {
  readonly target: TargetRef;
  readonly zone: string | null;
  readonly state: TargetState;
  /** The load balancer's own comparison of error rates; null where it gives none (below three healthy targets). */
  readonly anomaly: 'normal' | 'anomalous' | null;
  /** Does a zonal shift or autoshift keep traffic away from its zone? */
  readonly shift: 'none' | 'active' | 'unknown';
};

export type TaskFact = {
  readonly task: TaskRef;
  readonly zone: string | null;
  /** ARN of the task definition it runs. */
  readonly taskDefinition: string;
  /** What its containers run, those that ECS injects included; the digest is null until it is known. */
  readonly containers: readonly { readonly container: string; readonly digest: string | null }[];
  readonly status: 'starting' | 'running' | 'stopping';
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly addresses: readonly TaskAddress[];
};

/** A task that stopped lately. */
export type StoppedTaskFact = {
  readonly task: TaskRef;
  /** ARN of the task definition it ran. */
  readonly taskDefinition: string;
  readonly createdAt: Instant;
  readonly stoppedAt: Instant;
  /** ECS's stopCode, such as EssentialContainerExited or UserInitiated. */
  readonly code: string;
  readonly reason: string;
};

export type DeploymentStatus =
  | 'pending'
  | 'in-progress'
  | 'successful'
  | 'stopped'
  | 'rolling-back'
  | 'rolled-back'
  | 'failed';

/** One service deployment and the release it brings in. */
export type DeploymentFact = Release & {
  readonly id: string;
  readonly status: DeploymentStatus;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly definition: DefinitionStatus;
  /** It waits at a pause hook until somebody lets it go on, for days perhaps. */
  readonly waits: boolean;
  /** The task definition it went, or goes, back to. */
  readonly rolledBackTo: string | null;
  /** Why the release must not be rolled back; false where it may be, null where that cannot be told. */
  readonly noRollback: string | false | null;
};

/** One change of the desired count by Application Auto Scaling. */
export type ScalingFact = {
  readonly startedAt: Instant;
  readonly status: 'under-way' | 'ended';
  /** The count it sets; null where it does not say. */
  readonly desired: number | null;
};

/** How the service is deployed and reached; see docs/reference/service-shapes.md. */
export type ServiceShape = {
  readonly controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  readonly strategy: 'ROLLING' | 'BLUE_GREEN' | 'LINEAR' | 'CANARY';
  readonly scheduling: 'REPLICA' | 'DAEMON';
  /** `other-target-group`: one that is not configured, so that a task taken out of the others would still get traffic. */
  readonly reachedBy: readonly ('alb' | 'nlb' | 'service-connect' | 'cloud-map' | 'lattice' | 'other-target-group')[];
};

/** What is there: cheap to read, and read again immediately before every change. */
export type Standing = {
  readonly at: Instant;
  readonly shape: ServiceShape;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** Percent of the desired count. */
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly targets: readonly TargetFact[];
  readonly tasks: readonly TaskFact[];
  readonly stopped: readonly StoppedTaskFact[];
  /** Newest first. */
  readonly deployments: readonly DeploymentFact[];
  /** What each image reference of the newest releases resolves to now; null where it cannot be resolved. */
  readonly resolves: Readonly<Record<string, string | null>>;
  /** Images of these releases, named by their digest, that are known to be gone from their repository. */
  readonly imagesGone: readonly string[];
  /** Confirmed subscriptions to the topic of the service; null when that cannot be read. */
  readonly listeners: number | null;
  /** How its target groups send requests; null when that cannot be read. */
  readonly routing: Routing;
  /** Is the task of that ARN protected from being stopped? Not there when that cannot be read. */
  readonly protection: Readonly<Record<string, boolean>>;
  /** Status of the CloudFormation stack that deploys the service; null when none is named or it cannot be read. */
  readonly stack: string | null;
  /** What Application Auto Scaling did lately, newest first; null when that cannot be read. */
  readonly scaling: readonly ScalingFact[] | null;
};

/** What one sense says about one task over a window. Counts are late, bounded and inexact. */
export type TaskReading = {
  readonly task: string;
  readonly requests: number;
  readonly errors: number;
  /** Requests that took longer than the latency threshold. */
  readonly slow: number;
  /** Its newest line; null where it has none. */
  readonly newest: Instant | null;
};

/** Per-task evidence from the service's own logs. A task without a line has a reading of zero. */
export type TaskReadings = {
  readonly from: Instant;
  /** Lines after this instant may not be visible yet. */
  readonly until: Instant;
  readonly readings: readonly TaskReading[];
};

/** Per-target evidence: what each configured sense answered; null where it is not configured or did not answer. */
export type TargetEvidence = {
  readonly taskLogs: TaskReadings | null;
  /** Senses that are configured but could not be read, and why. */
  readonly failed: readonly { readonly sense: Sense; readonly because: string }[];
};

/** How the service does: whole minutes only, the newest ends at `until`. */
export type Symptoms = {
  readonly until: Instant;
  readonly minutes: number;
  readonly groups: readonly { readonly targetGroup: string; readonly series: Series }[];
  /** Metrics of the service itself: memory, cpu, running, desired. */
  readonly service: Series;
};
