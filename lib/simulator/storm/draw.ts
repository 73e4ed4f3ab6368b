import type { Random } from '../random.ts';

/** Draws what a generated world is made of, as scenario files write it. */
export class Draw {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A whole number, both ends included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.#random.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.#random.next() < probability;
  }

  one<T>(...choices: readonly [T, ...T[]]): T {
    return choices[this.whole(0, choices.length - 1)] ?? choices[0];
  }

  /** One of these, each as likely as its weight says. */
  weighted<T extends { readonly weight: number }>(choices: readonly [T, ...T[]]): T {
    const all = choices.reduce((sum, { weight }) => sum + weight, 0);
    let left = this.#random.next() * all;
    for (const choice of choices) {
      left -= choice.weight;
      if (left < 0) return choice;
    }
    return choices[0];
  }

  seconds(low: number, high: number): string {
    return `${this.whole(low, high)}s`;
  }

  minutes(low: number, high: number): string {
    return `${this.whole(low, high)}m`;
  }

  percent(low: number, high: number): string {
    return `${this.whole(low, high)}%`;
  }
}
