/** Seconds of log lines that are kept: a little more than the hour for which stopped tasks are listed. */
const kept = 4096;
const largest = 65_535;

/** What is counted of a second, side by side: requests, errors and slow ones. */
const columns = 3;

export type LineCounts = { requests: number; errors: number; slow: number };

/** Requests that end in one second; `bad` are failed or slow. */
type Ending = LineCounts & { bad: number };

/** Requests that a task has taken and not answered yet, by the second in which it will. */
export class InFlight {
  readonly #bySecond = new Map<number, Ending>();

  add(second: number, more: Ending): void {
    const known = this.#bySecond.get(second);
    if (known === undefined) {
      this.#bySecond.set(second, more);
      return;
    }
    known.requests += more.requests;
    known.errors += more.errors;
    known.slow += more.slow;
    known.bad += more.bad;
  }

  /** The second in which the last of them is answered; undefined when there is none. */
  get last(): number | undefined {
    return this.#bySecond.size === 0 ? undefined : Math.max(...this.#bySecond.keys());
  }

  /** Those that are answered in that second leave. */
  take(second: number): LineCounts | undefined {
    const ended = this.#bySecond.get(second);
    if (ended !== undefined) this.#bySecond.delete(second);
    return ended;
  }

  /** All of them are cut off. */
  cut(): readonly Ending[] {
    const all = [...this.#bySecond.values()];
    this.#bySecond.clear();
    return all;
  }
}

/** Requests that were cut off: how many would have been answered without an error, and how many of these in time. */
export class CutOff {
  #answered = 0;
  #fine = 0;

  add(inFlight: InFlight): void {
    for (const { requests, errors, bad } of inFlight.cut()) {
      this.#answered += requests - errors;
      this.#fine += requests - bad;
    }
  }

  /** Those since the last time. */
  take(): { readonly answered: number; readonly fine: number } {
    const cut = { answered: this.#answered, fine: this.#fine };
    this.#answered = 0;
    this.#fine = 0;
    return cut;
  }
}

const add = (counts: Uint16Array, place: number, more: number): void => {
  counts[place] = Math.min(largest, (counts[place] ?? 0) + more);
};

/** How many lines a task wrote in each second: one line per answered request. Seconds count from the start of the run. */
export class TaskLines {
  /** Made with the first line: many tasks of a crash loop never write one. */
  #kept: Uint16Array | undefined;
  /** The newest second written. */
  #newest = -1;

  write(second: number, requests: number, errors: number, slow: number): void {
    this.#kept ??= new Uint16Array(columns * kept);
    this.#forgetBetween(this.#newest, second);
    this.#newest = Math.max(this.#newest, second);
    const place = columns * (second % kept);
    add(this.#kept, place, requests);
    add(this.#kept, place + 1, errors);
    add(this.#kept, place + 2, slow);
  }

  /** Lines of the seconds [from, until). */
  count(from: number, until: number): LineCounts {
    const counts = { requests: 0, errors: 0, slow: 0 };
    const first = Math.max(0, from, this.#newest - kept + 1);
    for (let second = first; second < until && second <= this.#newest; second++) {
      const place = columns * (second % kept);
      counts.requests += this.#kept?.[place] ?? 0;
      counts.errors += this.#kept?.[place + 1] ?? 0;
      counts.slow += this.#kept?.[place + 2] ?? 0;
    }
    return counts;
  }

  /** The newest of the seconds [from, until) that has a line. */
  newest(from: number, until: number): number | undefined {
    const oldest = Math.max(0, from, this.#newest - kept + 1);
    for (let second = Math.min(until - 1, this.#newest); second >= oldest; second--)
      if ((this.#kept?.[columns * (second % kept)] ?? 0) > 0) return second;
    return undefined;
  }

  /** Places are used again after a turn of the ring: seconds without a line must not show what stood there before. */
  #forgetBetween(newest: number, second: number): void {
    if (second < kept) return;
    for (let skipped = Math.max(newest + 1, second - kept + 1); skipped <= second; skipped++) {
      const place = columns * (skipped % kept);
      this.#kept?.fill(0, place, place + columns);
    }
  }
}
