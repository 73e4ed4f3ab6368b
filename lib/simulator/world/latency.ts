import type { Random } from '../random.ts';
import type { ServiceSpec } from './service-spec.ts';

/** How many standard deviations the 99th percentile is above the median. */
const deviationsAt99 = 2.326_347_874;

/** Latencies are counted in bins that each are 2 % wider than the one before, from half a millisecond on. */
const lowest = Math.log(0.0005);
const width = 0.02;
const bins = 640;

/** Requests sampled one by one in a second; beyond it each sample stands for several. */
const mostSamples = 128;

/** Deviations of the standard normal distribution, equally likely each: drawing one is a look-up. */
const deviations = Float64Array.from({ length: 4096 }, (_, index) => quantile((index + 0.5) / 4096));

/** No draw is further from the median. */
const longestDeviation = deviations.at(-1) ?? 0;

/** The quantile of the standard normal distribution for 0 < p < 1, by bisection of its distribution function. */
function quantile(p: number): number {
  let [low, high] = [-6, 6];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (distribution(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The standard normal distribution function (Zelen & Severo 1964, error below 1e-7). */
function distribution(x: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(x));
  const polynomial =
    t * (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
  return x < 0 ? tail : 1 - tail;
}

/** How long requests of a service take when nothing is wrong: lognormal, fitted to its median and 99th percentile. */
export class LatencyModel {
  readonly #middle: number;
  readonly #spread: number;
  readonly #threshold: number;
  readonly #usual: Draws;

  /** `threshold` in seconds: above it a request counts as slow. */
  constructor({ p50, p99 }: ServiceSpec['latency'], threshold: number) {
    this.#middle = Math.log(p50);
    this.#spread = Math.max(0.01, Math.log(p99 / p50) / deviationsAt99);
    this.#threshold = Math.log(threshold);
    this.#usual = this.#drawsAround(this.#middle);
  }

  /** The percentile (0 to 1) in seconds when requests take `factor` times as long. */
  percentile(share: number, factor: number): number {
    return factor * Math.exp(this.#middle + this.#spread * quantile(share));
  }

  /** May requests take so long that they end in a later second than they came? `stretch` is the logarithm of the factor. */
  lasts(stretch: number): boolean {
    return this.#middle + stretch + this.#spread * longestDeviation > 0;
  }

  /**
   * Draws that many requests into the histogram; says how many were slow, and to `each` how many seconds they took, those that
   * were slow apart.
   */
  draw(
    requests: number,
    stretch: number,
    random: Random,
    into: Histogram,
    each?: (seconds: number, requests: number, slow: boolean) => void,
  ): number {
    if (stretch === 0 && each === undefined) return this.#drawUsual(requests, random, into);
    const samples = Math.min(requests, mostSamples);
    const middle = this.#middle + stretch;
    let slow = 0;
    for (let sample = 0; sample < samples; sample++) {
      const weight = Math.floor((requests + sample) / samples);
      const latency = middle + this.#spread * (deviations[random.uint32() >>> 20] ?? 0);
      into.count(latency, weight);
      const isSlow = latency > this.#threshold;
      if (isSlow) slow += weight;
      each?.(Math.exp(latency), weight, isSlow);
    }
    return slow;
  }

  /** The same for requests that nothing makes longer: nearly all of them. */
  #drawUsual(requests: number, random: Random, into: Histogram): number {
    const samples = Math.min(requests, mostSamples);
    const { bins, slowFrom } = this.#usual;
    let slow = 0;
    for (let sample = 0; sample < samples; sample++) {
      const weight = requests === samples ? 1 : Math.floor((requests + sample) / samples);
      const drawn = random.uint32() >>> 20;
      into.add(bins[drawn] ?? 0, weight);
      if (drawn >= slowFrom) slow += weight;
    }
    return slow;
  }

  #drawsAround(middle: number): Draws {
    const draws = { bins: new Uint16Array(deviations.length), slowFrom: deviations.length };
    for (let drawn = deviations.length - 1; drawn >= 0; drawn--) {
      const latency = middle + this.#spread * (deviations[drawn] ?? 0);
      draws.bins[drawn] = binOf(latency);
      if (latency > this.#threshold) draws.slowFrom = drawn;
    }
    return draws;
  }
}

/** What each draw of a deviation leads to: its bin, and from which draw on a request is slow. */
type Draws = { readonly bins: Uint16Array; readonly slowFrom: number };

/** The bin of a latency (logarithm of seconds). */
const binOf = (latency: number): number => Math.min(bins - 1, Math.max(0, Math.floor((latency - lowest) / width)));

/** Latencies of some requests, as counts per bin. */
export class Histogram {
  readonly #counts = new Float64Array(bins);
  #total = 0;

  /** Counts requests that took this long (logarithm of seconds). */
  count(latency: number, requests: number): void {
    this.add(binOf(latency), requests);
  }

  add(bin: number, requests: number): void {
    this.#counts[bin] = (this.#counts[bin] ?? 0) + requests;
    this.#total += requests;
  }

  /** Seconds that the share (0 to 1) of the requests took at most; null without requests. */
  percentile(share: number): number | null {
    if (this.#total === 0) return null;
    let below = 0;
    for (let bin = 0; bin < bins; bin++) {
      const count = this.#counts[bin] ?? 0;
      if (count > 0 && below + count >= share * this.#total) {
        const within = (share * this.#total - below) / count;
        return Math.exp(lowest + width * (bin + within));
      }
      below += count;
    }
    return null;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }
}

/** The share (0 to 1) that a percentile such as `p95` or `p99.9` speaks of. */
export const shareOf = (percentile: string): number => Number(percentile.slice(1)) / 100;
