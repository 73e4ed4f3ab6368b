import { setImmediate } from 'node:timers/promises';
import type { Instant } from '../../lambdas/contract/time.ts';
import { TimerQueue } from './clock-queue.ts';

/**
 * Time that passes only when everybody waits. Timers of the same instant run in the order they were asked for, so that a
 * run repeats to the byte.
 */
export class VirtualClock {
  #now: Instant;
  #asked = 0;
  readonly #queue = new TimerQueue();

  constructor(start: Instant) {
    this.#now = start;
  }

  now(): Instant {
    return this.#now;
  }

  /** Runs it at that instant, or at once when that has passed. Promises it sets going settle before time goes on. */
  at(instant: Instant, run: () => void): void {
    this.#ask(instant, run, true);
  }

  /** As `at`, for work that is done when it returns: time goes on at once. It must settle no promise. */
  tick(instant: Instant, run: () => void): void {
    this.#ask(instant, run, false);
  }

  sleep(millis: number): Promise<void> {
    return new Promise((wake) => this.at(this.#now + millis, wake));
  }

  /** Lets time pass up to and including `end`. */
  async runUntil(end: Instant): Promise<void> {
    await setImmediate();
    for (;;) {
      const next = this.#queue.first;
      if (next === undefined || next.at > end) break;
      this.#queue.take();
      this.#now = next.at;
      next.run();
      if (next.awaited) await setImmediate();
    }
    this.#now = Math.max(this.#now, end);
  }

  #ask(instant: Instant, run: () => void, awaited: boolean): void {
    this.#queue.add({ at: Math.max(instant, this.#now), order: this.#asked++, awaited, run });
  }
}
