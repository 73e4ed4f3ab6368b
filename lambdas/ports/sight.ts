import type { GroupRouting } from '../contract/routing.ts';
import type { ServiceSettings } from '../contract/settings.ts';
import type { Instant } from '../contract/time.ts';
import type { Controls } from '../model/controls.ts';
import type { ScalingFact, Standing, Symptoms, TargetFact, TaskFact, TaskReadings, TaskRef } from '../model/facts.ts';

export interface Clock {
  now(): Instant;
}

/** DescribeTargetHealth with AnomalyDetection over all target groups of the service. */
export interface Targets {
  health(settings: ServiceSettings): Promise<readonly TargetFact[]>;
}

/** What ECS says of the service. */
export type ServiceFacts = Pick<
  Standing,
  | 'shape'
  | 'desired'
  | 'running'
  | 'pending'
  | 'minimumHealthyPercent'
  | 'maximumPercent'
  | 'tasks'
  | 'stopped'
  | 'deployments'
>;
export interface Services {
  describe(settings: ServiceSettings): Promise<ServiceFacts>;
}

/** What image references resolve to now; null where that cannot be told. Digest references resolve to themselves. */
export interface Images {
  resolve(images: readonly string[]): Promise<Readonly<Record<string, string | null>>>;
  /** Those of the images, each named by its digest, that their registry is known to have no more. */
  gone(images: readonly string[]): Promise<readonly string[]>;
}

/** Datapoints of the service's metrics, whole minutes only, the newest that CloudWatch has. */
export interface Metrics {
  recent(settings: ServiceSettings, minutes: number): Promise<Symptoms>;
}

/**
 * Requests, errors and slow requests per task from the service's logs, over [from, until). Late by half a minute to a
 * minute, bounded in rows and time, and inexact. Null when no log group is configured. `tasks` are those to answer for:
 * a task without a line is answered with zeros. The answer's `until` is where the newest line stands, if that is earlier.
 */
export interface TaskLogs {
  read(
    settings: ServiceSettings,
    tasks: readonly TaskFact[],
    from: Instant,
    until: Instant,
  ): Promise<TaskReadings | null>;
}

/** People listening to a topic: its confirmed subscriptions. */
export interface Audience {
  confirmed(topic: string): Promise<number>;
}

/** How the target groups of a service send requests to its targets. */
export interface Routing {
  groups(settings: ServiceSettings): Promise<readonly GroupRouting[]>;
}

/** ECS's scale-in protection of tasks. */
export interface Protection {
  /** ARN → is it protected? A task that nothing can be told of is left out. */
  of(settings: ServiceSettings, tasks: readonly TaskRef[]): Promise<Standing['protection']>;
}

/** The CloudFormation stack that deploys the service. */
export interface Stacks {
  /** Such as `UPDATE_IN_PROGRESS`; null where no stack is named, without asking. */
  status(settings: ServiceSettings): Promise<string | null>;
}

/** What Application Auto Scaling does to the service. */
export interface Scaling {
  /** Newest first; none where nothing scales it. */
  activities(settings: ServiceSettings): Promise<readonly ScalingFact[]>;
}

/** The pause state. Rejects when it cannot be read; an absent item is `unreadable`. */
export interface ControlsReader {
  read(service: string): Promise<Controls>;
}

/** A service's published configuration: one this version can work with, or why it cannot. */
export type PublishedSettings =
  | { readonly kind: 'valid'; readonly settings: ServiceSettings }
  /** `topic` is the ARN of the owner's topic, null where not even that can be read. `because` is one sentence. */
  | { readonly kind: 'invalid'; readonly topic: string | null; readonly because: string };

export interface SettingsReader {
  /** `undefined` when the service is not configured. Rejects when it cannot be read. */
  of(service: string): Promise<PublishedSettings | undefined>;
}
