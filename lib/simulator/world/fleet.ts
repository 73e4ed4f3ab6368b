import type { Instant } from '../../../lambdas/contract/time.ts';
import type { VirtualClock } from '../clock.ts';
import type { Random } from '../random.ts';
import { type Names, taskArn } from './account.ts';
import type { Conditions } from './conditions.ts';
import type { Deployment } from './deployment.ts';
import type { Releases } from './releases.ts';
import type { AccountTraits, ServiceSpec } from './service-spec.ts';
import type { TargetGroup } from './target-group.ts';
import { cannotPull, freshMemory, type StopCode, Task } from './task.ts';
import { CutOff } from './task-lines.ts';
import { Zones } from './zones.ts';

/** The port every task listens on. */
export const taskPort = 8080;
/** How long DescribeTasks still shows a stopped task. */
const stoppedShownFor = 3_600_000;
/** SIGKILL follows SIGTERM after this, for a container that does not go by itself. */
const stopTimeout = 30_000;

type Why = { readonly code: StopCode; readonly reason: string };

/** The tasks of a service, from their start to their end, and their targets. What to start and stop others decide. */
export class Fleet {
  readonly groups: readonly TargetGroup[];
  readonly zones: Zones;
  readonly #account: AccountTraits;
  readonly #names: Names;
  readonly #clock: VirtualClock;
  readonly #random: Random;
  /** The instant of second 0. */
  readonly #startedAt: Instant;
  readonly #conditions: Conditions;
  readonly #releases: Pick<Releases, 'isGone'>;
  #tasks: Task[] = [];
  #stopped: Task[] = [];
  #waiting: Task[] = [];
  /** The first two numbers of its addresses. */
  readonly #network: string;
  #addresses = 0;
  /** Tasks that ended before they were ever healthy, since the last one that was. */
  failedStarts = 0;
  /** Requests whose task stopped before it had answered them. */
  readonly cut = new CutOff();
  lastFailedStart: Instant = 0;

  constructor(given: {
    spec: ServiceSpec;
    account: AccountTraits;
    names: Names;
    clock: VirtualClock;
    random: Random;
    conditions: Conditions;
    releases: Pick<Releases, 'isGone'>;
    groups: readonly TargetGroup[];
  }) {
    this.zones = new Zones(given.spec, () => this.live);
    this.#account = given.account;
    this.#names = given.names;
    this.#clock = given.clock;
    this.#startedAt = given.clock.now();
    this.#random = given.random;
    this.#conditions = given.conditions;
    this.#releases = given.releases;
    this.groups = given.groups;
    this.#network = `10.${Math.floor(given.random.fork('network').between(0, 256))}`;
  }

  /** Every task that has not stopped, oldest first. */
  get tasks(): readonly Task[] {
    return this.#tasks;
  }

  /** Tasks that are meant to go on running. */
  get live(): readonly Task[] {
    return this.#tasks.filter((task) => task.live);
  }

  /** Tasks that stopped within the hour, oldest first. */
  get stopped(): readonly Task[] {
    const since = this.#clock.now() - stoppedShownFor;
    if ((this.#stopped[0]?.stoppedAt ?? since) < since) {
      this.#stopped = this.#stopped.filter((task) => (task.stoppedAt ?? 0) >= since);
    }
    return this.#stopped;
  }

  /** The task of that ARN, unless it has stopped. */
  find(arn: string): Task | undefined {
    return this.#tasks.find((task) => task.arn === arn);
  }

  /** The live tasks of the zone that has most of them, oldest first, but for those that their team protects. */
  get mayLeave(): readonly Task[] {
    return this.zones.in(this.zones.fullest).filter((task) => this.#conditions.protectedSince(task) === null);
  }

  /** Healthy in every target group. */
  inService(task: Task): boolean {
    if (!task.live) return false;
    for (const group of this.groups) if (group.of(task)?.state !== 'healthy') return false;
    return true;
  }

  /** Starts a task; it stays pending while there is no room for it. */
  launch(deployment: Deployment): Task {
    const task = this.#make(deployment, this.#clock.now());
    this.#waiting.push(task);
    this.startWaiting();
    return task;
  }

  /** Starts those for which there was no room. */
  startWaiting(): void {
    if (this.#conditions.noCapacity.newest) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const task of waiting) if (task.status === 'starting') this.#provision(task);
  }

  /** A task that has been running since then. */
  adopt(deployment: Deployment, startedAt: Instant): Task {
    const task = this.#make(deployment, startedAt - 20_000);
    task.status = 'running';
    task.startedAt = startedAt;
    task.answers = true;
    task.everAnswered = true;
    task.memory = freshMemory + this.#random.between(-2, 2);
    for (const group of this.groups) group.register(task.address, taskPort, task).checked = 'passed';
    return task;
  }

  /** The scheduler's way: out of the load balancer first, stopped when drained. */
  retire(task: Task, reason: string): void {
    task.status = 'stopping';
    this.#deregister(task);
    this.#after(this.#account.deregistrationDelay, () => {
      const end = (): void => this.#end(task, { code: 'ServiceSchedulerInitiated', reason });
      const rest = Math.min(stopTimeout, this.#busyFor(task));
      if (rest === 0) end();
      else this.#after(rest, end);
    });
  }

  /**
   * StopTask: the container gets SIGTERM and refuses connections, and only then does ECS deregister its targets, so that
   * a task that was not drained drops requests (https://github.com/aws/containers-roadmap/issues/708).
   */
  stop(task: Task, reason: string): void {
    if (!task.live && task.status !== 'stopping') return;
    const now = this.#clock.now();
    const hangs = this.#conditions.effects.all.some((effect) => effect.hung && effect.on(task, now));
    task.status = 'stopping';
    task.answers = false;
    this.#after(this.#random.between(2000, 3000), () => this.#deregister(task));
    // A container that is told to stop finishes what it has begun, as far as it is given the time.
    const usual = this.#random.between(4000, 8000);
    this.#after(hangs ? stopTimeout : Math.max(usual, Math.min(stopTimeout, this.#busyFor(task))), () =>
      this.#end(task, { code: 'UserInitiated', reason }),
    );
  }

  /** The container exits by itself. */
  crash(task: Task, reason = 'Essential container in task exited'): void {
    if (!task.live) return;
    if (!task.everAnswered) this.#noteFailedStart();
    task.status = 'stopping';
    task.answers = false;
    this.#after(this.#random.between(500, 1500), () => this.#end(task, { code: 'EssentialContainerExited', reason }));
    this.#after(this.#random.between(2000, 3000), () => this.#deregister(task));
  }

  #make(deployment: Deployment, createdAt: Instant): Task {
    const id = this.#random.hex(32);
    const task = new Task({
      id,
      arn: taskArn(this.#names, id),
      zone: this.zones.emptiest,
      address: this.#nextAddress(),
      deployment,
      digest: deployment.digest,
      createdAt,
    });
    this.#tasks.push(task);
    return task;
  }

  #provision(task: Task): void {
    const startup = task.deployment.startup * this.#random.between(0.95, 1.05);
    this.#after(Math.min(15_000, startup / 3), () => this.#start(task));
    this.#after(startup, () => {
      if (task.status !== 'running') return;
      task.answers = true;
      task.everAnswered = true;
      this.failedStarts = 0;
      for (const group of this.groups) group.pass(task);
    });
  }

  #start(task: Task): void {
    if (task.status !== 'starting') return;
    if (this.#releases.isGone(task.digest)) {
      this.#noteFailedStart();
      this.#end(task, { code: 'TaskFailedToStart', reason: cannotPull(task) });
      return;
    }
    task.status = 'running';
    task.startedAt = this.#clock.now();
    for (const group of this.groups) group.register(task.address, taskPort, task);
    const death = this.#conditions.newTasksDie.all.findLast(({ on }) => on(task));
    if (death !== undefined) this.#after(death.after, () => this.crash(task));
  }

  #noteFailedStart(): void {
    this.failedStarts++;
    this.lastFailedStart = this.#clock.now();
  }

  #end(task: Task, why: Why): void {
    if (task.status === 'stopped') return;
    task.status = 'stopped';
    task.answers = false;
    task.stoppedAt = this.#clock.now();
    task.stopped = why;
    this.cut.add(task.inFlight);
    this.#tasks = this.#tasks.filter((other) => other !== task);
    this.#stopped.push(task);
  }

  /** How long the task still needs for the requests it has, in ms. */
  #busyFor(task: Task): number {
    const { last } = task.inFlight;
    return last === undefined ? 0 : Math.max(0, this.#startedAt + 1000 * (last + 1) - this.#clock.now());
  }

  #deregister(task: Task): void {
    for (const group of this.groups) group.deregister(task.address, taskPort);
  }

  /** Addresses of one service do not repeat, so that an old target never means a new task. */
  #nextAddress(): string {
    const number = this.#addresses++;
    return `${this.#network}.${Math.floor(number / 240)}.${10 + (number % 240)}`;
  }

  #after(millis: number, run: () => void): void {
    this.#clock.tick(this.#clock.now() + Math.round(millis), run);
  }
}
