import type { Fate, Place } from './process.ts';

/** Where a function is to die: at its n-th call, or at the call of that name. */
export type Death = {
  readonly function: string;
  readonly step: string | number;
  readonly when: 'before' | 'after';
};

const isAt = (death: Death, place: Place): boolean =>
  death.function === place.function &&
  death.when === place.side &&
  (typeof death.step === 'number' ? death.step === place.n : death.step === place.call);

/** Deaths that await their functions. Each comes true once: the next process that gets there dies, and no other. */
export class Deaths {
  readonly #pending = new Set<Death>();
  /** How many have come true. */
  died = 0;
  /** Hears of every place that a process passes, for tests that kill at each of them. */
  onPlace: (place: Place) => void = () => {};

  add(death: Death): void {
    this.#pending.add(death);
  }

  readonly fate: Fate = (place) => {
    this.onPlace(place);
    for (const death of this.#pending) {
      if (!isAt(death, place)) continue;
      this.#pending.delete(death);
      this.died++;
      return true;
    }
    return false;
  };
}
