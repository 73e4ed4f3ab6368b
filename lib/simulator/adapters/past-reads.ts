import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';

/** How often what a read would answer is kept, in ms. */
const every = 1000;

type Kept = { readonly at: Instant; readonly answer: unknown };

/**
 * What reads of the world would have answered some seconds ago. AWS is eventually consistent: an answer may be older than the
 * question, and two reads that follow each other need not agree.
 */
export class PastReads {
  readonly #world: World;
  readonly #random: Random;
  readonly #reads = new Map<string, () => unknown>();
  readonly #kept = new Map<string, Kept[]>();
  #oldest: number | null = null;

  constructor(world: World, random: Random) {
    this.#world = world;
    this.#random = random;
  }

  /** Names a read that can be answered from the past. */
  define<T>(name: string, read: () => T): () => T {
    this.#reads.set(name, read);
    return () => (this.#oldest === null ? read() : (this.#past(name) as T));
  }

  /** From now on answers may be so many ms old; null: they are fresh again. */
  answerAsOf(millis: number | null): void {
    const begins = this.#oldest === null && millis !== null;
    this.#oldest = millis;
    this.#kept.clear();
    if (begins) this.#keep();
  }

  #past(name: string): unknown {
    const asOf = this.#world.clock.now() - this.#random.next() * (this.#oldest ?? 0);
    // Never older than it may be: the first that was kept from then on.
    const known = this.#kept.get(name)?.find(({ at }) => at >= asOf);
    return known === undefined ? this.#reads.get(name)?.() : known.answer;
  }

  #keep(): void {
    if (this.#oldest === null) return;
    const now = this.#world.clock.now();
    for (const [name, read] of this.#reads) {
      const kept = this.#kept.get(name) ?? [];
      const since = now - this.#oldest - every;
      while (kept[0] !== undefined && kept[0].at < since) kept.shift();
      kept.push({ at: now, answer: read() });
      this.#kept.set(name, kept);
    }
    this.#world.clock.tick(now + every, () => this.#keep());
  }
}

/** Reads that are always answered from the present. */
export const fresh: Pick<PastReads, 'define'> = { define: (_name, read) => read };
