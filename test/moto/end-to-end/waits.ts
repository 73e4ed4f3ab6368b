/** Somebody who works, and says when it waits. */
export type Busy = {
  /** Resolves when the time has come. */
  readonly until: (instant: number) => Promise<void>;
  readonly end: () => void;
};

/** Who works and who waits: time may be set forward only while nobody works. */
export class Waits {
  #working = 0;
  readonly #waiting = new Set<{ readonly until: number; readonly wake: () => void }>();
  #idle: (() => void)[] = [];

  begin(): Busy {
    this.#working++;
    return {
      until: (until) =>
        new Promise((resolve) => {
          this.#waiting.add({ until, wake: resolve });
          this.#rest();
        }),
      end: () => this.#rest(),
    };
  }

  /** Resolves when nobody works. */
  async idle(): Promise<void> {
    if (this.#working > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Wakes those whose time has come. */
  wake(now: number): void {
    for (const one of this.#waiting) {
      if (one.until > now) continue;
      this.#waiting.delete(one);
      this.#working++;
      one.wake();
    }
  }

  #rest(): void {
    this.#working--;
    if (this.#working > 0) return;
    for (const resolve of this.#idle) resolve();
    this.#idle = [];
  }
}
