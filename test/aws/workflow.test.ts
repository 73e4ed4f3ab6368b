import { LocalDurableTestRunner, WaitingOperationStatus } from '@aws/durable-execution-sdk-js-testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActionFunctions } from '../../lambdas/aws/action-functions.ts';
import { durable } from '../../lambdas/aws/workflow.ts';
import type { OrderRef } from '../../lambdas/model/order.ts';
import type { Workflow } from '../../lambdas/ports/workflow.ts';

beforeAll(() => LocalDurableTestRunner.setupTestEnvironment({ skipTime: true }));
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());

/** Ports that note who used them. */
class Notes {
  readonly all: string[] = [];
  failures = 0;

  async note(what: string): Promise<string> {
    this.all.push(what);
    if (this.failures-- > 0) throw new Error(`${what} failed`);
    return what;
  }
}

const functions: ActionFunctions = {
  'deregister-target': 'deregister:7',
  'register-target': 'register:7',
  'replace-task': 'replace:7',
  'restart-service': 'restart:7',
  'roll-back-deployment': 'roll-back:7',
  'roll-forward-deployment': 'roll-forward:7',
};
const ref: OrderRef = { incidentId: '20260105-120000-abcdefgh', orderId: '1' };

async function run<O>(
  notes: Notes,
  body: (workflow: Workflow<Notes>) => Promise<O>,
  deregister: (given: OrderRef) => unknown = () => ({}),
) {
  const runner = new LocalDurableTestRunner<O>({ handlerFunction: durable(body, () => ({ ports: notes, functions })) });
  let invoked = 0;
  runner.registerFunction('deregister:7', async (given: OrderRef) => {
    invoked++;
    return deregister(given);
  });
  const result = await runner.run({ payload: {} });
  return {
    status: result.getStatus(),
    result: result.getStatus() === 'SUCCEEDED' ? result.getResult() : null,
    invoked,
  };
}

describe('the workflow over a durable execution', () => {
  it('runs a step once, whatever is replayed after it', async () => {
    const notes = new Notes();
    const { result } = await run(notes, async (workflow) => {
      const first = await workflow.step('first', (ports) => ports.note('first'));
      await workflow.sleep('wait', { minutes: 5 });
      await workflow.tell('second', async (ports) => {
        await ports.note('second');
      });
      return first;
    });
    expect(result).toBe('first');
    expect(notes.all).toEqual(['first', 'second']);
  });

  it('repeats a step that failed', async () => {
    const notes = new Notes();
    notes.failures = 2;
    const { result } = await run(notes, (workflow) => workflow.step('look', (ports) => ports.note('look')));
    expect(result).toBe('look');
    expect(notes.all).toEqual(['look', 'look', 'look']);
  });

  it('fails when a step fails for good', async () => {
    const notes = new Notes();
    notes.failures = 100;
    const { status } = await run(notes, (workflow) => workflow.step('look', (ports) => ports.note('look')));
    expect(status).toBe('FAILED');
    expect(notes.all).toHaveLength(8);
  });

  it('hands the order on and brings the result back', async () => {
    const done = { kind: 'done', receipt: { kind: 'changed', at: 1, seen: 'draining' } };
    const seen: OrderRef[] = [];
    const { result, invoked } = await run(
      new Notes(),
      async (workflow) => {
        const answer = await workflow.act('act 1', 'deregister-target', ref);
        await workflow.sleep('wait', { minutes: 5 });
        return answer;
      },
      (given) => {
        seen.push(given);
        return done;
      },
    );
    expect(result).toEqual(done);
    expect({ invoked, seen }).toEqual({ invoked: 1, seen: [ref] });
  });

  it('takes a function that died for an unknown result, and does not call it again', async () => {
    const { result, invoked } = await run(
      new Notes(),
      (workflow) => workflow.act('act 1', 'deregister-target', ref),
      () => {
        throw new Error('Task timed out after 60.00 seconds');
      },
    );
    expect(result).toEqual({ kind: 'unknown', error: expect.stringContaining('Task timed out') });
    expect(invoked).toBe(1);
  });

  it.each([[null], ['done'], [{ kind: 'done' }], [{ kind: 'perhaps' }]])(
    'takes the answer %j for an unknown result',
    async (answer) => {
      const { result } = await run(
        new Notes(),
        (workflow) => workflow.act('act 1', 'deregister-target', ref),
        () => answer,
      );
      expect(result).toMatchObject({ kind: 'unknown', error: expect.stringContaining('answer is unusable') });
    },
  );

  /** Waits for a word; `wake` is called while the execution is suspended. The runner does not skip this time: it passes. */
  async function waits(
    register: 'waits' | 'answered',
    within: { readonly seconds: number } | { readonly hours: number },
    wake: (runner: LocalDurableTestRunner<unknown>) => Promise<void> = async () => {},
  ) {
    const notes = new Notes();
    const runner = new LocalDurableTestRunner<unknown>({
      handlerFunction: durable(
        async (workflow: Workflow<Notes>) => {
          const before = await workflow.step('before', (ports) => ports.note('before'));
          const word = await workflow.waitForWord('word 1', within, async (ports, callbackId) => {
            await ports.note(`registered ${callbackId === '' ? 'nobody' : 'somebody'}`);
            return register;
          });
          return [before, word, await workflow.step('after', (ports) => ports.note('after'))];
        },
        () => ({ ports: notes, functions }),
      ),
    });
    const running = runner.run({ payload: {} });
    await wake(runner);
    const result = await running;
    return { answer: result.getResult(), all: notes.all };
  }

  it('is woken from its wait by whoever has the callback’s id, and registers once', async () => {
    const { answer, all } = await waits('waits', { hours: 1 }, async (runner) => {
      const operation = runner.getOperation('word 1');
      await operation.waitForData(WaitingOperationStatus.STARTED);
      await operation.sendCallbackSuccess();
    });
    expect(answer).toEqual(['before', 'word', 'after']);
    expect(all).toEqual(['before', 'registered somebody', 'after']);
  });

  it('goes on when nobody has woken it in time', async () => {
    const { answer } = await waits('waits', { seconds: 1 });
    expect(answer).toEqual(['before', 'time-out', 'after']);
  });

  it('does not wait for a word that is there already', async () => {
    const { answer } = await waits('answered', { hours: 1 });
    expect(answer).toEqual(['before', 'word', 'after']);
  });

  it('takes a callback that somebody fails for none: the ledger says what was answered', async () => {
    const { answer } = await waits('waits', { hours: 1 }, async (runner) => {
      const operation = runner.getOperation('word 1');
      await operation.waitForData(WaitingOperationStatus.STARTED);
      await operation.sendCallbackFailure();
    });
    expect(answer).toEqual(['before', 'time-out', 'after']);
  });
});
