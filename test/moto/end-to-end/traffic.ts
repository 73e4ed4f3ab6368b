import type { Task } from '@aws-sdk/client-ecs';
import type { Line } from '../gaps/own-log-query.ts';
import type { Fleet } from '../harness/fleet.ts';
import { type Minute, oneMinute, startOfMinute } from './minute.ts';
import type { PublishedMetrics } from './published-metrics.ts';

/** What is wrong with the tasks of a service: the share of its requests that a task fails (0 to 1), and its memory in percent. */
export type Illness = {
  readonly failing: (task: Task) => number;
  readonly memory: (task: Task, at: number) => number;
};

const wellness: Illness = { failing: () => 0, memory: () => 40 };

/** Requests a second, spread evenly over the tasks that moto says are registered. */
const requestsPerSecond = 4;
/** A minute's metrics are there so long after its end. */
const publishedAfter = oneMinute;

/** People who use a service, and what it logs and publishes about them: as it is in moto, so it goes on. */
export class Traffic {
  readonly #fleet: Fleet;
  readonly #log: Line[];
  readonly #metrics: PublishedMetrics;
  readonly #published: Minute[] = [];
  #illness: Illness = wellness;
  #pending: Minute[] = [];
  #until: number;
  #sent = 0;
  /** Task → how much of a failure is owed, so that exactly the share of its requests fails. */
  readonly #owed = new Map<string, number>();

  constructor(fleet: Fleet, log: Line[], metrics: PublishedMetrics, since: number) {
    this.#fleet = fleet;
    this.#log = log;
    this.#metrics = metrics;
    this.#until = since;
  }

  /** Minutes whose metrics are there, oldest first. */
  get published(): readonly Minute[] {
    return this.#published;
  }

  fallIll(illness: Partial<Illness>): void {
    this.#illness = { ...wellness, ...illness };
  }

  /** Lets people send requests until `now`; what is due of the metrics is published. */
  async goOn(now: number): Promise<void> {
    const serving = await this.#serving();
    for (; this.#until < now; this.#until += 1000 / requestsPerSecond) {
      const minute = this.#minuteAt(this.#until, serving);
      const task = serving[this.#sent++ % serving.length];
      if (task !== undefined) this.#log.push(this.#request(task, minute));
    }
    const due = this.#pending.filter(({ start }) => start + oneMinute + publishedAfter <= now);
    this.#pending = this.#pending.filter((minute) => !due.includes(minute));
    await this.#metrics.publish(due);
    this.#published.push(...due);
  }

  #minuteAt(at: number, serving: readonly Task[]): Minute {
    const start = startOfMinute(at);
    const healthy = serving.length;
    const used = serving.map((task) => this.#illness.memory(task, at));
    const memory = used.reduce((sum, each) => sum + each, 0) / Math.max(1, healthy);
    const last = this.#pending.at(-1);
    if (last?.start === start) return Object.assign(last, { healthy: Math.min(last.healthy, healthy), memory });
    const minute = { start, requests: 0, errors: 0, healthy, memory };
    this.#pending.push(minute);
    return minute;
  }

  #request(task: Task, minute: Minute): Line {
    const arn = task.taskArn ?? '';
    const owed = (this.#owed.get(arn) ?? 0) + this.#illness.failing(task);
    const fails = owed >= 1;
    this.#owed.set(arn, fails ? owed - 1 : owed);
    minute.requests++;
    if (fails) minute.errors++;
    return { task: arn, at: this.#until, status: fails ? 500 : 200, milliseconds: 50 };
  }

  /** Tasks that run, in every target group of the service. */
  async #serving(): Promise<readonly Task[]> {
    const [tasks, targets] = await Promise.all([this.#fleet.tasks(), this.#fleet.targets()]);
    const registered = new Set(targets.map(({ Target }) => Target?.Id));
    return tasks.filter((task) => this.#fleet.targetsOf(task).some(({ id }) => registered.has(id)));
  }
}
