import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Random } from '../random.ts';
import type { Conditions } from './conditions.ts';
import type { Fleet } from './fleet.ts';
import { type LatencyModel, shareOf } from './latency.ts';
import { mannerOf } from './manner.ts';
import { mostMemory } from './pressure.ts';
import type { ServiceSpec } from './service-spec.ts';
import { Tally } from './tally.ts';
import type { Target, TargetGroup } from './target-group.ts';
import type { Task } from './task.ts';
import type { Truth } from './truth.ts';

type Second = { requests: number; failed: number; answered: number; slow: number; bad: number; healthy: number };
/** What a task is given in one second. */
type Taken = {
  readonly task: Task;
  readonly requests: number;
  readonly errors: number;
  readonly stretch: number;
  readonly second: number;
};
const nothing: Second = { requests: 0, failed: 0, answered: 0, slow: 0, bad: 0, healthy: 0 };

/** Requests that arrive, second by second, at the targets that the load balancer chooses in turn. */
export class Traffic {
  readonly tallies: readonly Tally[];
  readonly #spec: ServiceSpec;
  readonly #conditions: Conditions;
  readonly #fleet: Fleet;
  readonly #truth: Truth;
  readonly #latency: LatencyModel;
  readonly #arrivals: Random;
  readonly #fates: Random;
  /** Which of the failed requests were slow as well. */
  readonly #both: Random;
  /** Whose turn it is, by target group and round. */
  readonly #turns = new Map<string, number>();
  #second: Second = { ...nothing };
  #step = 0;

  constructor(given: {
    spec: ServiceSpec;
    conditions: Conditions;
    fleet: Fleet;
    truth: Truth;
    latency: LatencyModel;
    random: Random;
  }) {
    this.#spec = given.spec;
    this.#conditions = given.conditions;
    this.#fleet = given.fleet;
    this.#truth = given.truth;
    this.#latency = given.latency;
    this.#arrivals = given.random.fork('arrivals');
    this.#fates = given.random.fork('fates');
    this.#both = given.random.fork('both');
    this.tallies = given.fleet.groups.map(() => new Tally());
  }

  /** Requests a second at that time (ms after the start), whatever may be wrong. */
  rate(sinceStart: number): number {
    const override = this.#conditions.traffic.newest;
    if (override !== undefined) return override;
    const steps = this.#spec.traffic;
    while ((steps[this.#step + 1]?.at ?? Number.POSITIVE_INFINITY) <= sinceStart) this.#step++;
    return steps[this.#step]?.rate ?? 0;
  }

  /** The requests of one second, counted at their arrival. */
  pass(second: number, now: Instant): void {
    this.#second = { ...nothing };
    this.#leak();
    this.#answer(second);
    const rate = this.rate(second * 1000) / this.#fleet.groups.length;
    let index = 0;
    for (const group of this.#fleet.groups) this.#spread(group, index++, rate, second, now);
    this.#second.healthy = this.#healthyTasks();
    this.#truth.record(this.#spec.crossZone ? this.#second : { ...this.#second, byZone: this.#healthyByZone() });
  }

  /** The percentile of the minute so far, in seconds; the worst of the target groups. */
  slowest(percentile: string): number | null {
    const known = this.tallies
      .map((tally) => tally.latencies.percentile(shareOf(percentile)))
      .filter((seconds) => seconds !== null);
    return known.length === 0 ? null : Math.max(...known);
  }

  #spread(group: TargetGroup, index: number, rate: number, second: number, now: Instant): void {
    const tally = this.tallies[index];
    if (tally === undefined) return;
    const { registered, healthy, unhealthy, routable: targets } = group.look();
    if (registered > 0 || tally.fewestHealthy !== null) tally.hosts(healthy, unhealthy);
    const requests = this.#arrivals.poisson(rate);
    this.#second.requests += requests;
    if (targets.length === 0) {
      tally.withoutTarget += requests;
      this.#fail(requests);
      return;
    }
    tally.requests += requests;
    const rounds = group.rounds(targets);
    let place = 0;
    for (const round of rounds) {
      const part = Math.floor(requests / rounds.length) + (place < requests % rounds.length ? 1 : 0);
      const load = (rate * this.#fleet.groups.length) / (rounds.length * round.length * this.#spec.capacityPerTask);
      this.#deal(round, part, load, { tally, key: `${index}.${place++}`, second, now });
    }
  }

  /** Deals requests out to the targets in turn. */
  #deal(
    targets: readonly Target[],
    requests: number,
    load: number,
    { tally, key, second, now }: { tally: Tally; key: string; second: number; now: Instant },
  ): void {
    const turn = this.#turns.get(key) ?? 0;
    const each = Math.floor(requests / targets.length);
    const more = requests % targets.length;
    let position = 0;
    for (const target of targets) {
      const distance = (position++ - (turn % targets.length) + targets.length) % targets.length;
      this.#serve(target, each + (distance < more ? 1 : 0), load, tally, second, now);
    }
    this.#turns.set(key, (turn + more) % targets.length);
  }

  #serve(target: Target, requests: number, load: number, tally: Tally, second: number, now: Instant): void {
    const { task } = target;
    if (requests === 0) return;
    if (task === undefined || !task.answers) {
      tally.connectionErrors += requests;
      this.#fail(requests);
      target.health.note(requests, requests, now);
      return;
    }
    const manner = mannerOf(task, load, this.#spec.errorRate, this.#conditions.effects.all, now);
    if (manner.hung) {
      tally.unanswered += requests;
      this.#fail(requests);
      target.health.note(requests, 0, now);
      return;
    }
    const errors = this.#fates.binomial(requests, manner.errorRate);
    const taken = { task, requests, errors, stretch: manner.stretch, second };
    const slow = this.#latency.lasts(manner.stretch) ? this.#take(taken, tally) : this.#answerAtOnce(taken, tally);
    tally.answered += requests;
    tally.errors += errors;
    this.#second.answered += requests;
    this.#fail(errors);
    this.#second.slow += slow;
    target.health.note(requests, errors, now);
  }

  /** Requests that end in the second in which they came. Says how many were slow. */
  #answerAtOnce({ task, requests, errors, stretch, second }: Taken, tally: Tally): number {
    const slow = this.#latency.draw(requests, stretch, this.#fates, tally.latencies);
    this.#second.bad += slow - this.#both.binomial(slow, errors / requests);
    task.lines.write(second, requests, errors, slow);
    return slow;
  }

  /** Requests that may take longer: each is answered, and has its line, when it ends. The first so many of them fail. */
  #take({ task, requests, errors, stretch, second }: Taken, tally: Tally): number {
    let failing = errors;
    return this.#latency.draw(requests, stretch, this.#fates, tally.latencies, (seconds, some, isSlow) => {
      const failed = Math.min(failing, some);
      failing -= failed;
      if (isSlow) this.#second.bad += some - failed;
      const end = second + Math.floor(seconds);
      const [slow, bad] = isSlow ? [some, some] : [0, failed];
      if (end === second) task.lines.write(second, some, failed, slow);
      else task.inFlight.add(end, { requests: some, errors: failed, slow, bad });
    });
  }

  /** What ends in this second has its line now; what was cut off since the last one has failed after all. */
  #answer(second: number): void {
    for (const { inFlight, lines } of this.#fleet.tasks) {
      const ended = inFlight.take(second);
      if (ended !== undefined) lines.write(second, ended.requests, ended.errors, ended.slow);
    }
    const { answered, fine } = this.#fleet.cut.take();
    this.#second.failed += answered;
    this.#second.bad += fine;
    const [tally] = this.tallies;
    if (tally !== undefined) tally.cut += answered;
  }

  #fail(requests: number): void {
    this.#second.failed += requests;
    this.#second.bad += requests;
  }

  #leak(): void {
    const percentPerMinute = this.#conditions.leak.newest;
    if (percentPerMinute === undefined) return;
    for (const task of this.#fleet.tasks) {
      if (task.status === 'running') task.memory = Math.min(mostMemory, task.memory + percentPerMinute / 60);
    }
  }

  #healthyByZone(): Readonly<Record<string, number>> {
    const byZone: Record<string, number> = {};
    for (const task of this.#fleet.tasks)
      if (this.#fleet.inService(task)) byZone[task.zone] = (byZone[task.zone] ?? 0) + 1;
    return byZone;
  }

  #healthyTasks(): number {
    let healthy = 0;
    for (const task of this.#fleet.tasks) if (this.#fleet.inService(task)) healthy++;
    return healthy;
  }
}
