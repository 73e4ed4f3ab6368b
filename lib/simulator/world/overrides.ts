/** What is in force while something lasts: each cause has a value of its own, so that overlapping causes end one by one. */
export class Overrides<T> {
  readonly #values = new Map<object, T>();
  #all: readonly T[] = [];

  set(cause: object, value: T): void {
    this.#values.delete(cause);
    this.#values.set(cause, value);
    this.#all = [...this.#values.values()];
  }

  clear(cause: object): void {
    this.#values.delete(cause);
    this.#all = [...this.#values.values()];
  }

  /** Every value in force, oldest first. */
  get all(): readonly T[] {
    return this.#all;
  }

  /** The newest value in force. */
  get newest(): T | undefined {
    return this.#all.at(-1);
  }
}
