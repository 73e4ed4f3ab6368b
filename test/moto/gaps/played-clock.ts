/** The time that played parts of AWS tell. What is set up as long past is made while the clock stands back. */
export class PlayedClock {
  readonly #real: () => number;
  #at: number | undefined;

  constructor(real: () => number) {
    this.#real = real;
  }

  now(): number {
    return this.#at ?? this.#real();
  }

  async at<T>(instant: number, run: () => Promise<T>): Promise<T> {
    this.#at = instant;
    try {
      return await run();
    } finally {
      this.#at = undefined;
    }
  }
}

/** As the JSON protocols write a time: seconds since 1970. */
export const epochSeconds = (instant: number): number => instant / 1000;
