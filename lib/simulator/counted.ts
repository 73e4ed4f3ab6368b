import type { SweepMetric } from '../../lambdas/contract/own-metrics.ts';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { Counts } from '../../lambdas/ports/sweep.ts';
import type { VirtualClock } from './clock.ts';

/** What Paramedic counted of itself, and when. */
export class Counted implements Counts {
  readonly all: { readonly at: Instant; readonly metric: SweepMetric; readonly value: number }[] = [];
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  count(metric: SweepMetric, value: number): void {
    this.all.push({ at: this.#clock.now(), metric, value });
  }
}
