import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Random } from '../random.ts';
import type { Fleet } from './fleet.ts';
import type { Rollouts } from './rollouts.ts';
import type { AccountTraits, ServiceSpec } from './service-spec.ts';
import type { Task } from './task.ts';

/** How often ECS compares what runs with what should run. */
export const schedulerSeconds = 5;
/** ECS waits longer and longer before it starts a task whose predecessors all failed to start. */
const [firstBackOff, longestBackOff] = [15_000, 27 * 60_000];

/** How long after an imbalance between zones came about ECS mends it, in ms. */
const [soonest, latest] = [60_000, 600_000];

type Scaling = { readonly at: Instant; readonly desired: number };

/** One activity of Application Auto Scaling; it has ended when as many tasks run as it set. */
export type ScalingActivity = Scaling & { readonly endedAt: Instant | null };

/**
 * ECS's own service scheduler: keeps the desired count, replaces what is unhealthy (the replacement first, where
 * maximumPercent leaves room), and rolls deployments out between minimumHealthyPercent, rounded up, and maximumPercent,
 * rounded down (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html).
 */
export class Scheduler {
  readonly #spec: ServiceSpec;
  readonly #scalings: Scaling[];
  readonly #fleet: Fleet;
  readonly #rollouts: Rollouts;
  readonly #account: AccountTraits;
  readonly #random: Random;
  #activities: readonly ScalingActivity[] = [];
  /** When ECS begins to mend an imbalance between zones that it has found. */
  #balancesAt: Instant | null = null;
  /** The task that it has started for that and that is not healthy yet. */
  #balancing: Task | null = null;

  constructor(given: {
    spec: ServiceSpec;
    account: AccountTraits;
    fleet: Fleet;
    rollouts: Rollouts;
    random: Random;
  }) {
    const { spec, account, fleet, rollouts, random } = given;
    this.#spec = spec;
    this.#account = account;
    this.#random = random;
    this.#scalings = [{ at: Number.NEGATIVE_INFINITY, desired: spec.tasks }];
    this.#fleet = fleet;
    this.#rollouts = rollouts;
  }

  get desired(): number {
    return this.#scalings.at(-1)?.desired ?? this.#spec.tasks;
  }

  /** Of Application Auto Scaling, newest first. */
  get activities(): readonly ScalingActivity[] {
    return this.#activities;
  }

  /** UpdateService with another desired count. It overrides what Application Auto Scaling is at. */
  scale(desired: number, now: Instant): void {
    this.#endActivities(now);
    this.#scalings.push({ at: now, desired });
  }

  /** Application Auto Scaling sets another desired count. */
  autoScale(desired: number, now: Instant): void {
    this.scale(desired, now);
    this.#activities = [{ at: now, desired, endedAt: null }, ...this.#activities];
  }

  /** What was desired at that instant. */
  desiredAt(instant: Instant): number {
    return this.#scalings.findLast(({ at }) => at <= instant)?.desired ?? this.#spec.tasks;
  }

  get #fewestHealthy(): number {
    return Math.ceil((this.desired * this.#spec.minimumHealthyPercent) / 100);
  }

  get #most(): number {
    return Math.max(1, Math.floor((this.desired * this.#spec.maximumPercent) / 100));
  }

  reconcile(now: Instant): void {
    this.#fleet.startWaiting();
    const deployment = this.#rollouts.running;
    if (deployment?.status === 'pending') deployment.status = 'in-progress';
    if (deployment === undefined) {
      if (!this.#balance(now)) this.#keep(now);
    } else {
      this.#balancing = null;
      this.#rollOut(now);
    }
    const running = this.#fleet.tasks.filter(({ status }) => status === 'running').length;
    if (running === this.desired) this.#endActivities(now);
  }

  #endActivities(now: Instant): void {
    if (this.#activities[0]?.endedAt !== null) return;
    this.#activities = this.#activities.map((each) => ({ ...each, endedAt: each.endedAt ?? now }));
  }

  /** Nothing is deployed: as many healthy tasks as desired. */
  #keep(now: Instant): void {
    const live = this.#fleet.live;
    const unhealthy = live.filter((task) => this.#isUnhealthy(task, now));
    this.#launch(Math.min(this.desired + unhealthy.length, this.#most) - live.length, now);
    const healthy = live.filter((task) => task.healthy).length;
    const surplus = live.length - this.desired;
    if (surplus > 0 && healthy >= this.desired) this.#retire(this.#leastWanted(live).slice(0, surplus));
    else if (unhealthy.length > 0 && live.length >= this.#most && surplus <= 0) this.#retire(unhealthy.slice(0, 1));
  }

  /**
   * Availability Zone rebalancing: a task more where there are fewest, and when it is healthy one less where there are most
   * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html). True while it is at work.
   */
  #balance(now: Instant): boolean {
    const live = this.#fleet.live;
    const incoming = this.#balancing;
    if (incoming !== null) {
      const others = live.filter((task) => task !== incoming);
      const undisturbed = incoming.live && others.length === this.desired && others.every(({ healthy }) => healthy);
      if (undisturbed && !incoming.healthy) return true;
      this.#balancing = null;
      const [leaving] = undisturbed ? this.#fleet.mayLeave.filter((task) => task !== incoming) : [];
      if (leaving !== undefined) this.#retire([leaving]);
      // What could not be mended is tried again later.
      else this.#balancesAt = null;
      return leaving !== undefined;
    }
    const steady = live.length === this.desired && live.every(({ healthy }) => healthy);
    if (!this.#account.zoneRebalancing || !steady || this.#fleet.zones.imbalance < 2) {
      if (steady) this.#balancesAt = null;
      return false;
    }
    this.#balancesAt ??= now + Math.round(this.#random.between(soonest, latest));
    if (now < this.#balancesAt || this.#most <= this.desired) return false;
    this.#balancing = this.#fleet.launch(this.#rollouts.wanted);
    return true;
  }

  /** It fails its health checks, and its grace period is over. */
  #isUnhealthy({ failsHealthCheck, startedAt, everAnswered }: Task, now: Instant): boolean {
    const { healthCheckGrace } = this.#account;
    if (startedAt === null || now - startedAt < healthCheckGrace) return false;
    return failsHealthCheck || (healthCheckGrace > 0 && !everAnswered);
  }

  /** New tasks as far as maximumPercent allows, old ones out as far as minimumHealthyPercent allows. */
  #rollOut(now: Instant): void {
    const { wanted } = this.#rollouts;
    const live = this.#fleet.live;
    const fresh = live.filter((task) => task.deployment === wanted);
    const old = live.filter((task) => task.deployment !== wanted);
    const room = Math.min(this.desired - fresh.length, this.#most - live.length);
    this.#launch(room, now);
    const spare = live.filter((task) => task.healthy).length - this.#fewestHealthy;
    const sick = old.filter((task) => !task.healthy);
    const well = old.filter((task) => task.healthy);
    this.#retire([...(fresh.length > 0 ? sick : []), ...well.slice(0, Math.max(0, spare))]);
    const done = fresh.filter((task) => task.healthy).length >= this.desired && old.length === 0;
    if (done) this.#rollouts.complete(now);
  }

  #launch(tasks: number, now: Instant): void {
    if (tasks <= 0 || now < this.#startsAgain()) return;
    for (let started = 0; started < tasks; started++) this.#fleet.launch(this.#rollouts.wanted);
  }

  #startsAgain(): Instant {
    const { failedStarts, lastFailedStart } = this.#fleet;
    const rounds = Math.floor(failedStarts / Math.max(1, this.desired));
    return rounds === 0 ? 0 : lastFailedStart + Math.min(longestBackOff, firstBackOff * 2 ** (rounds - 1));
  }

  /** Unhealthy ones first, then the youngest. */
  #leastWanted(tasks: readonly Task[]): readonly Task[] {
    return [...tasks].sort((a, b) => Number(a.healthy) - Number(b.healthy) || b.createdAt - a.createdAt);
  }

  #retire(tasks: readonly Task[]): void {
    for (const task of tasks) {
      const neverWell = this.#account.healthCheckGrace > 0 && task.status === 'running' && !task.everAnswered;
      const why =
        task.failsHealthCheck || neverWell
          ? 'Task failed ELB health checks'
          : 'Scaling activity initiated by deployment';
      this.#fleet.retire(task, `${why} ${this.#rollouts.wanted.id}`);
    }
  }
}
