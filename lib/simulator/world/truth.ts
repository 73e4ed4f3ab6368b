import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';
import { shareOf } from './latency.ts';

/** Seconds over which the true traffic is judged. */
const window = 60;

/** One second of true traffic, each request counted at its arrival. */
export type TrueSecond = {
  readonly requests: number;
  /** Answered with 5xx, refused, without a target, or never answered. */
  readonly failed: number;
  readonly answered: number;
  /** Answered, but later than the latency threshold. */
  readonly slow: number;
  /** Failed or slow, each once. */
  readonly bad: number;
  /** Tasks healthy in all target groups. */
  readonly healthy: number;
  /** Of these, how many are in each zone; only where no request crosses zones. */
  readonly byZone?: Readonly<Record<string, number>>;
};

export type TrueMinute = {
  readonly requests: number;
  readonly failed: number;
  readonly slow: number;
  /** Seconds; null when nothing was answered. */
  readonly latency: number | null;
  /** Tasks healthy in all target groups at its end. */
  readonly healthy: number;
};

/** What really happened to the requests of a service: for the judge, never for the doctor. Seconds count from the start. */
export class Truth {
  /** Whole minutes, oldest first. */
  readonly minutes: TrueMinute[] = [];
  /** Running totals up to and including each second. */
  readonly #requests: number[] = [];
  readonly #failed: number[] = [];
  readonly #answered: number[] = [];
  readonly #slow: number[] = [];
  readonly #healthy: number[] = [];
  #bad = 0;
  readonly #byZone: (Readonly<Record<string, number>> | undefined)[] = [];
  readonly #worstErrors: number;
  readonly #mostSlow: number;

  constructor({ alarms, latencyPercentile }: ServiceSettings) {
    this.#worstErrors = alarms.errors === null ? 1 : alarms.errors.threshold / 100;
    this.#mostSlow = alarms.latency === null ? 1 : 1 - shareOf(latencyPercentile);
  }

  record({ requests, failed, answered, slow, bad, healthy, byZone }: TrueSecond): void {
    const last = this.#requests.length - 1;
    this.#requests.push((this.#requests[last] ?? 0) + requests);
    this.#failed.push((this.#failed[last] ?? 0) + failed);
    this.#answered.push((this.#answered[last] ?? 0) + answered);
    this.#slow.push((this.#slow[last] ?? 0) + slow);
    this.#healthy.push(healthy);
    this.#bad += bad;
    if (byZone !== undefined) this.#byZone[this.#healthy.length - 1] = byZone;
  }

  /** Ends a minute, whose requests took that long. */
  closeMinute(latency: number | null): void {
    const last = this.seconds - 1;
    const over = (sums: readonly number[]): number => (sums[last] ?? 0) - (sums[last - window] ?? 0);
    this.minutes.push({
      requests: over(this.#requests),
      failed: over(this.#failed),
      slow: over(this.#slow),
      latency,
      healthy: this.healthy(last),
    });
  }

  /** How many seconds are recorded. */
  get seconds(): number {
    return this.#requests.length;
  }

  /** The last 60 seconds up to and including this one left the alarms' thresholds. False before a whole minute has passed. */
  trouble(second: number): boolean {
    if (second < window - 1 || second >= this.seconds) return false;
    const over = (sums: readonly number[]): number => (sums[second] ?? 0) - (sums[second - window] ?? 0);
    const [requests, answered] = [over(this.#requests), over(this.#answered)];
    if (requests < 1) return false;
    if (over(this.#failed) > this.#worstErrors * requests) return true;
    return answered > 0 && over(this.#slow) > this.#mostSlow * answered;
  }

  /** Tasks that were healthy in all target groups in that second. */
  healthy(second: number): number {
    return this.#healthy[second] ?? 0;
  }

  /** The same in one zone; undefined where requests cross zones. */
  healthyIn(zone: string, second: number): number | undefined {
    const byZone = this.#byZone[second];
    return byZone && (byZone[zone] ?? 0);
  }

  get totals(): {
    readonly total: number;
    readonly failed: number;
    readonly slow: number;
    readonly bad: number;
  } {
    return {
      total: this.#requests.at(-1) ?? 0,
      failed: this.#failed.at(-1) ?? 0,
      slow: this.#slow.at(-1) ?? 0,
      bad: this.#bad,
    };
  }
}
