import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Message } from '../../lambdas/model/message.ts';
import { abandon } from '../../lambdas/pipeline/abandon.ts';
import type { RecoverPorts } from '../../lambdas/ports/ports.ts';
import { simulatedOutbox } from '../../lib/simulator/adapters/outbox.ts';
import { done, minutes, now, onTask, order, seconds, settings, thisIncident } from './build.ts';
import { configured, Desk } from './desk.ts';

/** An incident whose workflow died after the sick target was taken out, with that help, and before its task was replaced. */
async function died(send: (message: Message) => Promise<void>): Promise<{ desk: Desk; ports: RecoverPorts }> {
  const desk = new Desk();
  await desk.order(order(onTask('deregister-target', 1)));
  const entry = { incident: thisIncident, service: 'checkout', at: now };
  await desk.ledger.append([
    { ...entry, kind: 'IncidentOpened', id: 'opened', settings: settings(), openedAt: now },
    { ...entry, kind: 'ActionCompleted', id: '1.result', orderId: '1', result: done(now) },
    { ...entry, kind: 'CheckMade', id: '2.check', orderId: '1', check: 'helped', says: 'It helped.' },
  ]);
  const unread = () => Promise.reject(new Error('not asked'));
  const ports = {
    ...desk.look(),
    ledger: desk.ledger,
    settings: configured(),
    metrics: { recent: unread },
    taskLogs: { read: unread },
    notifier: { send },
    outbox: simulatedOutbox(),
  };
  return { desk, ports };
}

describe('the incident of a workflow that died', () => {
  it('is handed over, frees its service and says that a task is still out', async () => {
    const sent: Message[] = [];
    const { desk, ports } = await died(async (message) => void sent.push(message));
    await abandon(thisIncident, 'It failed.', ports);
    expect((await desk.ledger.incident(thisIncident))?.status).toBe('closed');
    const end = (await desk.ledger.entries(thisIncident)).find(
      (each): each is Extract<LedgerEntry, { kind: 'HandedOver' }> => each.kind === 'HandedOver',
    );
    expect(end).toMatchObject({
      reason: 'workflow.died',
      leftUndone: [expect.stringMatching(/still out of the load balancer/)],
    });
    expect(sent.map(({ kind }) => kind)).toEqual(['handed-over']);
  });

  it('is told of until somebody could be told, and then no more', async () => {
    const sent: Message[] = [];
    let deaf = true;
    const { desk, ports } = await died(async (message) => {
      if (deaf) throw new Error('SNS is down');
      sent.push(message);
    });
    await expect(abandon(thisIncident, 'It failed.', ports)).rejects.toThrow('Nobody could be told yet');
    expect((await desk.ledger.incident(thisIncident))?.status).toBe('closed');
    deaf = false;
    desk.at += 60_000;
    await abandon(thisIncident, 'It failed.', ports);
    await abandon(thisIncident, 'It failed.', ports);
    expect(sent).toHaveLength(1);
  });

  it('is told of in a digest when the topic is flooded, and fails until that has gone out', async () => {
    const sent: Message[] = [];
    const { desk, ports } = await died(async (message) => void sent.push(message));
    const flood = Array.from({ length: 10 }, (_, n) => ({ id: `other/${n}`, at: now - seconds(30), digest: false }));
    const lately = [...flood, { id: 'digest', at: now - seconds(20), digest: true }];
    await ports.outbox.update(settings().topic, (record) => ({
      record: { ...record, sent: lately.map((each) => ({ ...each, delivered: true })) },
      result: null,
    }));
    await expect(abandon(thisIncident, 'It failed.', ports)).rejects.toThrow('Nobody could be told yet');
    expect(sent).toEqual([]);
    desk.at += minutes(1);
    await abandon(thisIncident, 'It failed.', ports);
    await abandon(thisIncident, 'It failed.', ports);
    expect(sent).toMatchObject([{ kind: 'digest', body: expect.stringContaining('checkout') }]);
  });

  it('is left alone when it had ended by itself', async () => {
    const sent: Message[] = [];
    const { desk, ports } = await died(async (message) => void sent.push(message));
    const entry = { incident: thisIncident, service: 'checkout', at: now };
    await desk.ledger.close({ ...entry, kind: 'RecoveryConfirmed', id: 'end', because: [], says: '' }, 1);
    await abandon(thisIncident, 'It was stopped.', ports);
    expect(sent).toEqual([]);
  });
});
