import type { ActionKind } from '../contract/names.ts';
import type { Duration } from '../contract/time.ts';
import type { Start } from '../model/incident.ts';
import type { ActResult, OrderRef } from '../model/order.ts';

/** What a checkpoint gives back as it was. Dates, maps, functions and `undefined` do not survive it. */
export type Plain<T> = T extends string | number | boolean | null
  ? T
  : T extends
        | undefined
        | bigint
        | symbol
        | Date
        | ReadonlyMap<unknown, unknown>
        | ReadonlySet<unknown>
        | ((...args: never[]) => unknown)
    ? never
    : { readonly [K in keyof T]: Plain<T[K]> };

/** A durable run. Code between operations is replayed, so the ports are handed to step bodies and to nothing else. */
export interface Workflow<P> {
  /** Runs at least once, then never again: the result is remembered. Retried with back-off; rejects when that is spent. */
  step<T>(name: string, body: (ports: P) => Promise<T & Plain<T>>): Promise<T>;
  /** A step without a result. */
  tell(name: string, body: (ports: P) => Promise<void>): Promise<void>;
  sleep(name: string, duration: Duration): Promise<void>;
  /**
   * Waits at no cost until somebody wakes it by the callback's id, for so long at most. `register` is a step: it writes down
   * who is to be woken, and says whether the word is there already.
   */
  waitForWord(
    name: string,
    duration: Duration,
    register: (ports: P, callbackId: string) => Promise<'waits' | 'answered'>,
  ): Promise<'word' | 'time-out'>;
  /** Invokes the one function that may do this, once. Never rejects: a lost answer is `unknown`. */
  act(name: string, kind: ActionKind, ref: OrderRef): Promise<ActResult>;
}

/** Wakes a workflow that waits for a word. Rejects when nobody waits under that id any more. */
export interface Callbacks {
  wake(callbackId: string): Promise<void>;
}

export interface WorkflowStarter {
  /** Idempotent by incident id. */
  start(start: Start): Promise<void>;
}
