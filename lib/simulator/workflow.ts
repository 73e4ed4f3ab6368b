import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { Duration } from '../../lambdas/contract/time.ts';
import { inMillis } from '../../lambdas/contract/time.ts';
import type { ActResult, OrderRef } from '../../lambdas/model/order.ts';
import type { Plain, Workflow } from '../../lambdas/ports/workflow.ts';
import type { SimulatedCallbacks } from './adapters/callbacks.ts';
import type { VirtualClock } from './clock.ts';
import type { Process } from './process.ts';

export type Checkpoint = { readonly name: string; readonly result: unknown };

/** The code took another way than the one it took before: in AWS such a run fails for good. */
export class NotDeterministic extends Error {}

/** What outlives a process: the journal, time, and the other functions. */
export type Outside = {
  readonly clock: VirtualClock;
  readonly journal: Checkpoint[];
  /** Started once: whoever asks again under the same name gets the same answer, as with a chained invocation. */
  readonly invoke: (name: string, kind: ActionKind, ref: OrderRef) => Promise<ActResult>;
  readonly callbacks: SimulatedCallbacks;
};

/** Waits between the attempts of a step, in seconds; after the last one it rejects. */
const retryAfter = [1, 2, 4, 8, 16] as const;

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/** One process's life of a durable run: replays the journal, then goes on. What it does between checkpoints is lost with it. */
export class SimulatedWorkflow<P extends object> implements Workflow<P> {
  readonly #outside: Outside;
  readonly #process: Process;
  readonly #ports: P;
  #next = 0;

  constructor(outside: Outside, process: Process, ports: P) {
    this.#outside = outside;
    this.#process = process;
    this.#ports = process.sees(ports);
  }

  step<T>(name: string, body: (ports: P) => Promise<T & Plain<T>>): Promise<T> {
    return this.#once(name, () => this.#withRetries(() => body(this.#ports)));
  }

  tell(name: string, body: (ports: P) => Promise<void>): Promise<void> {
    return this.#once(name, () => this.#withRetries(() => body(this.#ports)));
  }

  /** As in AWS, a wait is remembered when it starts: a death during it does not make it longer. */
  async sleep(name: string, duration: Duration): Promise<void> {
    const { clock } = this.#outside;
    const until = await this.#once(name, async () => clock.now() + inMillis(duration));
    if (until > clock.now()) await clock.sleep(until - clock.now());
  }

  /** As in AWS, a callback outlives the process that waits for it, and whether it was woken in time is known afterwards. */
  async waitForWord(
    name: string,
    duration: Duration,
    register: (ports: P, callbackId: string) => Promise<'waits' | 'answered'>,
  ): Promise<'word' | 'time-out'> {
    const { clock, callbacks } = this.#outside;
    const id = await this.#once(name, async () => callbacks.open(clock.now() + inMillis(duration)));
    const registered = await this.#once(`${name}, registered`, () =>
      this.#withRetries(() => register(this.#ports, id)),
    );
    return registered === 'answered' ? 'word' : callbacks.outcome(id);
  }

  act(name: string, kind: ActionKind, ref: OrderRef): Promise<ActResult> {
    return this.#once(name, () => this.#outside.invoke(name, kind, { ...ref }));
  }

  async #once<T>(name: string, run: () => Promise<T>): Promise<T> {
    const n = this.#next++;
    const { journal } = this.#outside;
    const known = journal[n];
    if (known && known.name !== name)
      throw new NotDeterministic(`operation ${n + 1} was "${known.name}" and is now "${name}"`);
    if (!known) {
      const result = await this.#process.call(name, async () => throughJson(await run()));
      journal[n] = { name, result };
    }
    return journal[n]?.result as T;
  }

  async #withRetries<T>(run: () => Promise<T>): Promise<T> {
    for (const seconds of retryAfter) {
      try {
        return await run();
      } catch {
        await this.#outside.clock.sleep(seconds * 1000);
      }
    }
    return run();
  }
}
