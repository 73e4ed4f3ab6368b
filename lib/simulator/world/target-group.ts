import type { Instant } from '../../../lambdas/contract/time.ts';
import type { VirtualClock } from '../clock.ts';
import { Health } from './anomaly.ts';
import type { Conditions } from './conditions.ts';
import type { AccountTraits } from './service-spec.ts';
import type { Task } from './task.ts';

/** From registration to the first successful health check of an application that listens already. */
const firstHealthCheck = 10_000;

/** A registered address. ECS registers each task's own; anybody may register others. */
export class Target {
  readonly id: string;
  readonly port: number;
  /** Whose address it is; undefined when nobody has it. */
  readonly task: Task | undefined;
  /** What health checks have found since it was registered. */
  checked: 'not-yet' | 'passed' | 'failed' = 'not-yet';
  draining = false;
  /** Since when it has been in its state: draining, registered, or passing its checks. */
  since: Instant;
  /** Tells registrations of one address apart. */
  registration = 0;
  readonly health = new Health();

  constructor(id: string, port: number, task: Task | undefined, since: Instant) {
    this.since = since;
    this.id = id;
    this.port = port;
    this.task = task;
  }

  get state(): 'initial' | 'healthy' | 'unhealthy' | 'draining' {
    if (this.draining) return 'draining';
    if (this.checked === 'not-yet') return 'initial';
    return this.checked === 'passed' && this.task?.failsHealthCheck === false ? 'healthy' : 'unhealthy';
  }
}

/** How the targets that are not draining do, and which of them get requests. */
export type Look = {
  readonly registered: number;
  readonly healthy: number;
  readonly unhealthy: number;
  readonly routable: readonly Target[];
};

/** What a target group does by its attributes, and ECS with its targets. */
type Ways = Pick<AccountTraits, 'deregistrationDelay' | 'reregisters' | 'healthCheckGrace'> & {
  readonly crossZone: boolean;
};

/** The targets of one target group, and where requests go. */
export class TargetGroup {
  readonly arn: string;
  readonly #clock: VirtualClock;
  readonly #conditions: Pick<Conditions, 'zonalShift'>;
  readonly #ways: Ways;
  readonly #targets = new Map<string, Target>();
  /** How often each address was deregistered. */
  readonly #deregistrations = new Map<string, number>();
  readonly #byTask = new Map<Task, Target>();
  /** The same targets as a list, which requests are spread over every second. */
  #list: readonly Target[] = [];

  constructor(arn: string, clock: VirtualClock, conditions: Pick<Conditions, 'zonalShift'>, ways: Ways) {
    this.arn = arn;
    this.#clock = clock;
    this.#conditions = conditions;
    this.#ways = ways;
  }

  /** Is traffic kept away from the target's zone? */
  isShifted(target: Target): boolean {
    return target.task !== undefined && this.#conditions.zonalShift.all.includes(target.task.zone);
  }

  /** Every target the load balancer shows, draining ones included. */
  get targets(): readonly Target[] {
    return this.#list;
  }

  find(id: string, port: number): Target | undefined {
    return this.#targets.get(`${id}:${port}`);
  }

  of(task: Task): Target | undefined {
    return this.#byTask.get(task);
  }

  /** Registers an address, or takes it back from draining. A healthy one stays as it is. */
  register(id: string, port: number, task: Task | undefined): Target {
    const known = this.find(id, port);
    if (known !== undefined && !known.draining) return known;
    const target = known ?? new Target(id, port, task, this.#clock.now());
    target.since = this.#clock.now();
    target.draining = false;
    target.checked = 'not-yet';
    const registration = ++target.registration;
    this.#targets.set(`${id}:${port}`, target);
    if (task !== undefined) this.#byTask.set(task, target);
    this.#list = [...this.#targets.values()];
    this.#clock.tick(this.#clock.now() + firstHealthCheck, () => {
      if (target.draining || target.registration !== registration) return;
      if (task?.answers === true) this.#passed(target);
      // Until its application listens a new task fails its checks; where ECS has no patience with that, they begin later.
      else if (task?.live !== true || this.#ways.healthCheckGrace > 0) target.checked = 'failed';
    });
    return target;
  }

  /** The application of a task listens now: its next health check passes. */
  pass(task: Task): void {
    const target = this.of(task);
    if (target !== undefined && !target.draining) this.#passed(target);
  }

  #passed(target: Target): void {
    if (target.checked !== 'passed') target.since = this.#clock.now();
    target.checked = 'passed';
  }

  /**
   * Stops new requests at once; the target is shown as draining, idle or not, until the deregistration delay has passed
   * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html). Does nothing,
   * without an error, when there is no such target.
   */
  deregister(id: string, port: number): void {
    const target = this.find(id, port);
    if (target === undefined || target.draining) return;
    target.draining = true;
    target.since = this.#clock.now();
    const { registration } = target;
    this.#clock.tick(this.#clock.now() + this.#ways.deregistrationDelay, () => {
      if (target.draining && target.registration === registration) this.#forget(target);
    });
    this.#registerAgain(target);
  }

  /** ECS finds that a task of its own is missing, if that is its way. */
  #registerAgain({ id, port, task }: Target): void {
    const { reregisters } = this.#ways;
    const times = (this.#deregistrations.get(`${id}:${port}`) ?? 0) + 1;
    this.#deregistrations.set(`${id}:${port}`, times);
    if (reregisters === null || task === undefined) return;
    this.#clock.tick(this.#clock.now() + reregisters, () => {
      if (task.status !== 'running' || this.#deregistrations.get(`${id}:${port}`) !== times) return;
      if (this.find(id, port)?.draining === false) return;
      task.cameBack.push(this.#clock.now());
      this.register(id, port, task);
    });
  }

  /**
   * Targets that get requests now: the healthy ones, or, when there is none, all that are registered (fail-open,
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html).
   */
  routable(): readonly Target[] {
    return this.look().routable;
  }

  /** Everything that is asked every second, in one pass. */
  look(): Look {
    const all = this.#list;
    let [draining, healthy, unhealthy] = [0, 0, 0];
    for (const { state } of all) {
      if (state === 'draining') draining++;
      else if (state === 'healthy') healthy++;
      else if (state === 'unhealthy') unhealthy++;
    }
    const registered = all.length - draining;
    return { registered, healthy, unhealthy, routable: this.#routable(healthy, registered) };
  }

  /** Whose targets are healthy. */
  get healthyTasks(): readonly Task[] {
    return this.#list.flatMap(({ state, task }) => (state === 'healthy' && task !== undefined ? [task] : []));
  }

  get #healthy(): number {
    let healthy = 0;
    for (const { state } of this.#list) if (state === 'healthy') healthy++;
    return healthy;
  }

  #routable(healthy: number, registered: number): readonly Target[] {
    const all = this.#list;
    if (healthy === all.length) return this.#unshifted(all);
    if (healthy > 0) return this.#unshifted(all.filter(({ state }) => state === 'healthy'));
    return registered === all.length ? all : all.filter(({ draining }) => !draining);
  }

  /** Who shares requests among themselves: all targets, or, without cross-zone load balancing, those of each zone. */
  rounds(targets: readonly Target[]): readonly (readonly Target[])[] {
    if (this.#ways.crossZone) return [targets];
    const byZone = new Map<string, Target[]>();
    for (const target of targets) {
      const zone = target.task?.zone ?? '';
      byZone.set(zone, [...(byZone.get(zone) ?? []), target]);
    }
    return [...byZone.values()];
  }

  /** A shift away from the only zone that is healthy has no effect. */
  #unshifted(healthy: readonly Target[]): readonly Target[] {
    if (this.#conditions.zonalShift.all.length === 0) return healthy;
    const here = healthy.filter((target) => !this.isShifted(target));
    return here.length > 0 ? here : healthy;
  }

  #forget(target: Target): void {
    this.#targets.delete(`${target.id}:${target.port}`);
    if (target.task !== undefined) this.#byTask.delete(target.task);
    this.#list = [...this.#targets.values()];
  }

  /** The load balancer's own comparison of error rates for one target; null below three healthy targets. */
  anomaly(target: Target, now: Instant): 'normal' | 'anomalous' | null {
    if (target.state !== 'healthy' || this.#healthy < 3) return null;
    const peers = () =>
      this.#list.filter((peer) => peer !== target && peer.state === 'healthy').map(({ health }) => health);
    return target.health.anomalousAmong(peers, now) ? 'anomalous' : 'normal';
  }
}
