/** Somebody who works, and says when it waits. */
export type Worker = {
  /** Resolves when the time has come. */
  readonly until: (instant: number) => Promise<void>;
  /** It works again, before its time. */
  readonly wake: () => void;
  /** It works no more, wherever it was. */
  readonly end: () => void;
};

type Waiting = { readonly worker: Worker; readonly until: number; readonly wake: () => void };

/** Who works and who waits: time may be set forward only while nobody works. */
export class Waits {
  readonly #working = new Set<Worker>();
  #waiting: readonly Waiting[] = [];
  #idle: (() => void)[] = [];

  begin(): Worker {
    const worker: Worker = {
      until: (until) =>
        new Promise((wake) => {
          this.#waiting = [...this.#waiting, { worker, until, wake }];
          this.#rest(worker);
        }),
      wake: () => this.#wake(this.#waiting.filter((one) => one.worker === worker)),
      end: () => {
        this.#waiting = this.#waiting.filter((one) => one.worker !== worker);
        this.#rest(worker);
      },
    };
    this.#working.add(worker);
    return worker;
  }

  /** Resolves when nobody works. */
  async idle(): Promise<void> {
    if (this.#working.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Wakes those whose time has come. */
  wake(now: number): void {
    this.#wake(this.#waiting.filter(({ until }) => until <= now));
  }

  #wake(due: readonly Waiting[]): void {
    this.#waiting = this.#waiting.filter((one) => !due.includes(one));
    for (const { worker, wake } of due) {
      this.#working.add(worker);
      wake();
    }
  }

  #rest(worker: Worker): void {
    this.#working.delete(worker);
    if (this.#working.size > 0) return;
    for (const resolve of this.#idle) resolve();
    this.#idle = [];
  }
}
