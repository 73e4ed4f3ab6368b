import type { Instant } from '../../../lambdas/contract/time.ts';
import { Overrides } from './overrides.ts';
import type { Task } from './task.ts';

/** What makes some tasks of a service misbehave. */
export type Effect = {
  /** Share of requests that fail with 500 on top of what fails anyway, 0 to 1. */
  readonly errorRate: number;
  /** How many times longer requests take. */
  readonly factor: number;
  /** Requests are taken and never answered. */
  readonly hung: boolean;
  on(task: Task, now: Instant): boolean;
};

/** Everything about one service that a fault can turn. AWS and the tasks look here; nobody else writes. */
export class Conditions {
  /** Tasks that had a fault of their own at some time; for the judge. */
  readonly struck = new WeakSet<Task>();
  /** All of them apply. */
  readonly effects = new Overrides<Effect>();
  /** Requests a second, in place of the service's own traffic. */
  readonly traffic = new Overrides<number>();
  /** Percent of its memory that each task leaks a minute. */
  readonly leak = new Overrides<number>();
  /** Such tasks that start meanwhile exit that many ms after their containers started. */
  readonly newTasksDie = new Overrides<{ readonly after: number; on(task: Task): boolean }>();
  /** There is no room for new tasks: they stay pending. */
  readonly noCapacity = new Overrides<true>();
  /** Datapoints of minutes that end meanwhile come that many ms later than they would. */
  readonly metricsLate = new Overrides<number>();
  /** Datapoints of minutes that end meanwhile never come. */
  readonly metricsMissing = new Overrides<true>();
  /** The next minute to end gets one bad datapoint. */
  readonly blips: ('latency' | 'errors')[] = [];
  /** Log lines become visible that many ms later than they would. */
  readonly logsLate = new Overrides<number>();
  /** A mute rule holds back the actions of the service's alarms; they go on changing their states. */
  readonly muted = new Overrides<true>();
  /** The zone that a zonal shift keeps traffic away from. */
  readonly zonalShift = new Overrides<string>();
  /** What CloudFormation says of the service's stack while it is changed. */
  readonly stack = new Overrides<string>();
  /** Tasks that their team protects from being stopped. */
  readonly protects = new Overrides<{ readonly tasks: ReadonlySet<Task>; readonly since: Instant }>();
  /** People with a confirmed subscription, in place of the service's own number. */
  readonly listeners = new Overrides<number>();

  /** Is nothing wrong with the task that is not wrong with its release, its zone or what it depends on? */
  isWell(task: Task): boolean {
    return !this.struck.has(task) && this.leak.newest === undefined;
  }

  /** Since when the task is protected; null when it is not. */
  protectedSince(task: Task): Instant | null {
    const since = this.protects.all.filter(({ tasks }) => tasks.has(task)).map((each) => each.since);
    return since.length === 0 ? null : Math.min(...since);
  }
}
