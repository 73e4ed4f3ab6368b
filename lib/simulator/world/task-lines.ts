/** Seconds of log lines that are kept: a little more than the hour for which stopped tasks are listed. */
const kept = 4096;
const largest = 65_535;

export type LineCounts = { requests: number; errors: number; slow: number };

const add = (counts: Uint16Array, slot: number, more: number): void => {
  counts[slot] = Math.min(largest, (counts[slot] ?? 0) + more);
};

/** How many lines a task wrote in each second: one line per answered request. Seconds count from the start of the run. */
export class TaskLines {
  /** Made with the first line: many tasks of a crash loop never write one. */
  #kept: { readonly requests: Uint16Array; readonly errors: Uint16Array; readonly slow: Uint16Array } | undefined;
  /** The newest second written. */
  #newest = -1;

  write(second: number, requests: number, errors: number, slow: number): void {
    this.#kept ??= { requests: new Uint16Array(kept), errors: new Uint16Array(kept), slow: new Uint16Array(kept) };
    this.#forgetBetween(this.#newest, second);
    this.#newest = Math.max(this.#newest, second);
    const slot = second % kept;
    add(this.#kept.requests, slot, requests);
    add(this.#kept.errors, slot, errors);
    add(this.#kept.slow, slot, slow);
  }

  /** Lines of the seconds [from, until). */
  count(from: number, until: number): LineCounts {
    const counts = { requests: 0, errors: 0, slow: 0 };
    const first = Math.max(0, from, this.#newest - kept + 1);
    for (let second = first; second < until && second <= this.#newest; second++) {
      const slot = second % kept;
      counts.requests += this.#kept?.requests[slot] ?? 0;
      counts.errors += this.#kept?.errors[slot] ?? 0;
      counts.slow += this.#kept?.slow[slot] ?? 0;
    }
    return counts;
  }

  /** The newest of the seconds [from, until) that has a line. */
  newest(from: number, until: number): number | undefined {
    const oldest = Math.max(0, from, this.#newest - kept + 1);
    for (let second = Math.min(until - 1, this.#newest); second >= oldest; second--)
      if ((this.#kept?.requests[second % kept] ?? 0) > 0) return second;
    return undefined;
  }

  /** Slots are used again after a turn of the ring: seconds without a line must not show what stood there before. */
  #forgetBetween(newest: number, second: number): void {
    const lines = this.#kept;
    if (lines === undefined) return;
    for (let skipped = Math.max(newest + 1, second - kept + 1); skipped <= second; skipped++) {
      const slot = skipped % kept;
      lines.requests[slot] = 0;
      lines.errors[slot] = 0;
      lines.slow[slot] = 0;
    }
  }
}
