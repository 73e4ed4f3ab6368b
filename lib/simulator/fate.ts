import type { Fate, Place } from './process.ts';
import type { Random } from './random.ts';

/** Where a function is to die: at its n-th call, or at the call of that name. */
export type Death = {
  readonly function: string;
  readonly step: string | number;
  readonly when: 'before' | 'after';
};

/** Deaths by chance: at each side of a call of that function, null for any. */
export type DeathsAtRandom = { readonly function: string | null; readonly rate: number };

const isAt = (death: Death, place: Place): boolean =>
  death.function === place.function &&
  death.when === place.side &&
  (typeof death.step === 'number' ? death.step === place.n : death.step === place.call);

/**
 * Deaths that await their functions. Each comes true once: the next process that gets there dies, and no other. And those that
 * come by chance, while they do.
 */
export class Deaths {
  readonly #pending = new Set<Death>();
  /** How many have come true. */
  died = 0;
  /** Hears of every place that a process passes, for tests that kill at each of them. */
  onPlace: (place: Place) => void = () => {};

  readonly #moments = new Map<string, (() => void)[]>();
  readonly #random: Random | null;
  #atRandom: DeathsAtRandom | null = null;

  /** Without randomness nothing dies at random. */
  constructor(random: Random | null = null) {
    this.#random = random;
  }

  /** From now on; null ends it. */
  strikeAtRandom(where: DeathsAtRandom | null): void {
    this.#atRandom = where;
  }

  add(death: Death): void {
    this.#pending.add(death);
  }

  /** Does something right before the next call whose name begins so. */
  beforeNext(call: string, run: () => void): void {
    this.#moments.set(call, [...(this.#moments.get(call) ?? []), run]);
  }

  readonly fate: Fate = (place) => {
    this.onPlace(place);
    if (place.side === 'before' && this.#moments.size > 0) this.#meet(place.call);
    for (const death of this.#pending) {
      if (!isAt(death, place)) continue;
      this.#pending.delete(death);
      this.died++;
      return true;
    }
    return this.#byChance(place);
  };

  #meet(call: string): void {
    for (const [begins, moments] of this.#moments) {
      if (!call.startsWith(begins)) continue;
      this.#moments.delete(begins);
      for (const run of moments) run();
    }
  }

  #byChance(place: Place): boolean {
    if (this.#atRandom === null || this.#random === null) return false;
    const { function: name, rate } = this.#atRandom;
    if ((name !== null && name !== place.function) || this.#random.next() >= rate) return false;
    this.died++;
    return true;
  }
}
