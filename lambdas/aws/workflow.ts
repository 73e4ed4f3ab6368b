import {
  CallbackError,
  createRetryStrategy,
  type DurableContext,
  InvokeError,
  JitterStrategy,
  withDurableExecution,
} from '@aws/durable-execution-sdk-js';
import type { ActResult } from '../model/order.ts';
import type { Workflow } from '../ports/workflow.ts';
import { asActResult } from './act-result.ts';
import type { ActionFunctions } from './action-functions.ts';

/** About two minutes of trouble with AWS before a step is given up. No step changes the world, so each may be repeated. */
const retryStrategy = createRetryStrategy({
  maxAttempts: 8,
  initialDelay: { seconds: 1 },
  maxDelay: { seconds: 30 },
  backoffRate: 2,
  jitter: JitterStrategy.FULL,
});

/** The workflow port over one durable execution (https://docs.aws.amazon.com/lambda/latest/dg/durable-functions.html). */
export const workflowOver = <P>(context: DurableContext, ports: P, functions: ActionFunctions): Workflow<P> => ({
  step: async (name, body) => context.step(name, () => body(ports), { retryStrategy }),
  tell: async (name, body) => {
    await context.step(name, () => body(ports).then(() => null), { retryStrategy });
  },
  sleep: async (name, duration) => {
    await context.wait(name, duration);
  },
  waitForWord: async (name, duration, register) => {
    const [word, callbackId] = await context.createCallback(name, { timeout: duration });
    const registered = await context.step(`${name}, registered`, () => register(ports, callbackId), { retryStrategy });
    if (registered === 'answered') return 'word';
    try {
      await word;
      return 'word';
    } catch (error) {
      if (error instanceof CallbackError) return 'time-out';
      throw error;
    }
  },
  act: async (name, kind, ref): Promise<ActResult> => {
    try {
      // A chained invoke is checkpointed before it is made and never repeated.
      return asActResult(await context.invoke<typeof ref, unknown>(name, functions[kind], ref));
    } catch (error) {
      if (error instanceof InvokeError) return { kind: 'unknown', error: error.message };
      throw error;
    }
  },
});

/** Turns a function over the workflow port into a durable Lambda handler. `wire` is called at run time, not at import. */
export const durable = <P, I, O>(
  body: (workflow: Workflow<P>, input: I) => Promise<O>,
  wire: () => { readonly ports: P; readonly functions: ActionFunctions },
) =>
  withDurableExecution<I, O>((input, context) => {
    const { ports, functions } = wire();
    return body(workflowOver(context, ports, functions), input);
  });
