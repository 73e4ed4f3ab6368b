/** A place where a process can die: the `n`-th call (from 1) it makes to a port or a workflow operation, and which side of it. */
export type Place = {
  readonly function: string;
  /** The n-th call of this execution; replayed calls do not count. */
  readonly n: number;
  /** What is called: `ledger.claim`, or the name of a workflow operation. */
  readonly call: string;
  readonly side: 'before' | 'after';
};

/** Says at each place whether the process dies there. */
export type Fate = (place: Place) => boolean;

/** Counts the calls of one execution across the processes that carry it. */
export type Count = { calls: number };

/** Synchronous calls that reach nothing outside the process. */
const inside: ReadonlySet<string> = new Set(['clock.now', 'ids.next', 'counts.count']);

/** A process that can die. Death can't be caught: what was awaited is never answered, and nothing after it runs. */
export class Process {
  readonly died: Promise<'died'>;
  readonly #function: string;
  readonly #fate: Fate;
  readonly #count: Count;
  #end: () => void = () => {};
  #alive = true;

  constructor(functionName: string, fate: Fate, count: Count = { calls: 0 }) {
    this.#function = functionName;
    this.#fate = fate;
    this.#count = count;
    this.died = new Promise((done) => {
      this.#end = () => done('died');
    });
  }

  /** Makes a call from inside the process, which may die on either side of it. */
  async call<T>(name: string, run: () => Promise<T>): Promise<T> {
    const n = ++this.#count.calls;
    await this.#pass({ function: this.#function, n, call: name, side: 'before' });
    const result = await run();
    await this.#pass({ function: this.#function, n, call: name, side: 'after' });
    return result;
  }

  /** Ends it from outside, wherever it is. */
  stop(): void {
    this.#alive = false;
    this.#end();
  }

  async #pass(place: Place): Promise<void> {
    if (this.#alive && this.#fate(place)) {
      this.#alive = false;
      this.#end();
    }
    if (!this.#alive) await new Promise(() => {});
  }

  /** The same ports, as this process sees them. */
  sees<T extends object>(ports: T): T {
    return callsGoThrough(ports, (name, run) => this.call(name, run));
  }
}

/** The way every call of a port takes; `name` is such as `ledger.append`. */
export type Way = (name: string, run: () => Promise<unknown>) => Promise<unknown>;

/** The same bundle of ports, with every asynchronous call going through `way`. */
export function callsGoThrough<T extends object>(ports: T, way: Way, path = ''): T {
  const known = new Map<PropertyKey, unknown>();
  const wrap = (value: unknown, target: T, name: string): unknown => {
    if (typeof value === 'function') {
      if (inside.has(name)) return value.bind(target);
      return (...args: unknown[]) => way(name, async () => Reflect.apply(value, target, args));
    }
    return typeof value === 'object' && value !== null && path === '' ? callsGoThrough(value, way, `${name}.`) : value;
  };
  return new Proxy(ports, {
    get: (target, key) => {
      if (!known.has(key)) known.set(key, wrap(Reflect.get(target, key), target, `${path}${String(key)}`));
      return known.get(key);
    },
  });
}
