import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Callbacks } from '../../../lambdas/ports/workflow.ts';
import type { VirtualClock } from '../clock.ts';

type Waiting = { readonly until: Instant; woken: boolean; readonly wakers: (() => void)[] };

/** Lambda's callbacks: each is open until its time is over, and can be woken once, whether or not anybody waits at the moment. */
export class SimulatedCallbacks implements Callbacks {
  readonly #clock: VirtualClock;
  readonly #all: Waiting[] = [];

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** Opens one and gives its id. */
  open(until: Instant): string {
    this.#all.push({ until, woken: false, wakers: [] });
    return `callback-${this.#all.length}`;
  }

  async wake(callbackId: string): Promise<void> {
    const waiting = this.#find(callbackId);
    if (waiting === undefined || waiting.woken || waiting.until < this.#clock.now())
      throw new Error(`CallbackTimeoutException: ${callbackId} has expired or is closed.`);
    waiting.woken = true;
    for (const wake of waiting.wakers) wake();
  }

  /** How the wait ends; the same however often it is asked, and whenever. */
  async outcome(callbackId: string): Promise<'word' | 'time-out'> {
    const waiting = this.#find(callbackId);
    if (waiting === undefined) throw new Error(`There is no callback ${callbackId}.`);
    const left = waiting.until - this.#clock.now();
    if (!waiting.woken && left > 0)
      await Promise.race([this.#clock.sleep(left), new Promise<void>((wake) => waiting.wakers.push(wake))]);
    return waiting.woken ? 'word' : 'time-out';
  }

  #find(callbackId: string): Waiting | undefined {
    return this.#all[Number(callbackId.replace('callback-', '')) - 1];
  }
}
