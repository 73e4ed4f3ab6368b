import { inMillis } from '../../lambdas/contract/time.ts';
import type { RecoverPorts } from '../../lambdas/ports/ports.ts';
import type { Workflow } from '../../lambdas/ports/workflow.ts';
import { simulatedOutbox } from '../../lib/simulator/adapters/outbox.ts';
import { configured, type Desk } from './desk.ts';

/** Everything `recover` reaches at a desk: nothing can be measured and nobody listens, unless a test says otherwise. */
export function deskPorts(desk: Desk, change: Partial<RecoverPorts> = {}): RecoverPorts {
  const unread = () => Promise.reject(new Error('not measured'));
  return {
    ...desk.look(),
    ledger: desk.ledger,
    settings: configured(),
    metrics: { recent: unread },
    taskLogs: { read: unread },
    notifier: { send: async () => {} },
    outbox: simulatedOutbox(),
    operatorApi: 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/live',
    ...change,
  };
}

/** A workflow that nothing interrupts: waits move the desk's clock, and every result goes through JSON as a checkpoint does. */
export function straightWorkflow(desk: Desk, ports: RecoverPorts) {
  const operations: string[] = [];
  const workflow: Workflow<RecoverPorts> = {
    step: async (name, body) => {
      operations.push(name);
      return JSON.parse(JSON.stringify(await body(ports)));
    },
    tell: async (name, body) => {
      operations.push(name);
      await body(ports);
    },
    sleep: async (name, duration) => {
      operations.push(name);
      desk.at += inMillis(duration);
    },
    waitForWord: async (name, duration, register) => {
      operations.push(name);
      if ((await register(ports, name)) === 'answered') return 'word';
      desk.at += inMillis(duration);
      return 'time-out';
    },
    act: async () => ({ kind: 'unknown', error: 'nobody acts here' }),
  };
  return { workflow, operations };
}
