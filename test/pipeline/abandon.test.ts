import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Message } from '../../lambdas/model/message.ts';
import { abandon } from '../../lambdas/pipeline/abandon.ts';
import { sendSummary } from '../../lambdas/pipeline/tell.ts';
import type { WorkflowEndedPorts } from '../../lambdas/ports/ports.ts';
import type { PublishedSettings, SettingsReader } from '../../lambdas/ports/sight.ts';
import { simulatedOutbox } from '../../lib/simulator/adapters/outbox.ts';
import { done, now, onTask, order, seconds, settings, thisIncident } from './build.ts';
import { configured, Desk, signal } from './desk.ts';

/** An incident whose workflow died after the sick target was taken out, with that help, and before its task was replaced. */
async function died(send: (message: Message) => Promise<void>): Promise<{ desk: Desk; ports: WorkflowEndedPorts }> {
  const desk = new Desk();
  await desk.order(order(onTask('deregister-target', 1)));
  const entry = { incident: thisIncident, service: 'checkout', at: now };
  await desk.ledger.append([
    { ...entry, kind: 'IncidentOpened', id: 'opened', settings: settings(), openedAt: now },
    { ...entry, kind: 'ActionCompleted', id: '1.result', orderId: '1', result: done(now) },
    { ...entry, kind: 'CheckMade', id: '2.check', orderId: '1', check: 'helped', says: 'It helped.' },
  ]);
  return { desk, ports: portsAt(desk, send) };
}

/** Nothing is read of the configuration unless a test says so. */
const portsAt = (
  desk: Desk,
  send: (message: Message) => Promise<void>,
  of: SettingsReader['of'] = () => Promise.reject(new Error('not asked')),
): WorkflowEndedPorts => ({
  ...desk.look(),
  ledger: desk.ledger,
  settings: { of },
  notifier: { send },
  outbox: simulatedOutbox(),
  operatorApi: 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/live',
});

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

  it('waits for the summary where the topic has had its messages, and is told of once', async () => {
    const sent: Message[] = [];
    const { desk, ports } = await died(async (message) => void sent.push(message));
    const { topic } = settings();
    const flood = Array.from({ length: 19 }, (_, n) => ({ id: `other/${n}`, at: now - seconds(30), told: [] }));
    await ports.outbox.update(topic, (record) => ({ record: { ...record, sent: flood }, result: null }));
    await abandon(thisIncident, 'It failed.', ports);
    expect(sent).toEqual([]);
    desk.at += seconds(30);
    await sendSummary(ports, topic);
    await abandon(thisIncident, 'It failed.', ports);
    expect(sent).toMatchObject([
      { kind: 'summary', severity: 'critical', dedupKey: thisIncident, service: 'checkout' },
    ]);
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

describe('the incident of a workflow that died before its first entry', () => {
  const because = 'The configuration of checkout is invalid: settings.version is 2; it must be one of 1.';

  /** What is published of the service can be changed while the test goes on. */
  async function died(of: SettingsReader['of']) {
    const sent: Message[] = [];
    const published = { of };
    const desk = new Desk();
    await desk.ledger.open(signal(), thisIncident, now);
    const ports = portsAt(
      desk,
      async (message) => void sent.push(message),
      (service) => published.of(service),
    );
    const status = async () => (await desk.ledger.incident(thisIncident))?.status;
    return { desk, ports, sent, published, status };
  }

  it('is told of to those whom the published configuration names, once', async () => {
    const { ports, sent, status } = await died(configured().of);
    await abandon(thisIncident, 'It failed.', ports);
    await abandon(thisIncident, 'It failed.', ports);
    expect(await status()).toBe('closed');
    expect(sent).toMatchObject([
      { topic: settings().topic, kind: 'handed-over', status: 'trigger', body: expect.stringContaining('It failed.') },
    ]);
  });

  it('is told of where an invalid configuration still names a topic, with what is wrong with it', async () => {
    const { topic } = settings();
    const { ports, sent, status } = await died(async () => ({ kind: 'invalid', topic, because }));
    await abandon(thisIncident, 'It failed.', ports);
    await abandon(thisIncident, 'It failed.', ports);
    expect(await status()).toBe('closed');
    expect(sent).toMatchObject([{ topic, kind: 'handed-over', subject: expect.stringContaining('NEEDS YOU') }]);
    const body = sent[0]?.body.replaceAll(/\s+/g, ' ');
    expect(body).toContain(`It failed. ${because} (workflow.died)`);
    expect(body).toContain(signal().alarm);
  });

  const unread: PublishedSettings = { kind: 'invalid', topic: null, because };
  it.each<readonly [string, SettingsReader['of'], string]>([
    ['is missing', async () => undefined, 'The service "checkout" has no configuration.'],
    ['names no topic', async () => unread, because],
    ['cannot be read', () => Promise.reject(new Error('GetParameter: throttled')), 'GetParameter: throttled'],
  ])('frees its service when the configuration %s, and fails until there is one', async (_, of, says) => {
    const { desk, ports, sent, published, status } = await died(of);
    await expect(abandon(thisIncident, 'It failed.', ports)).rejects.toThrow(says);
    expect(await status()).toBe('closed');
    expect(await desk.ledger.join(signal({ id: 'later', at: now + 1 }))).toEqual({ kind: 'nothing-open' });
    await expect(abandon(thisIncident, 'It failed.', ports)).rejects.toThrow(says);
    expect(sent).toEqual([]);
    published.of = configured().of;
    await abandon(thisIncident, 'It failed.', ports);
    expect(sent.map(({ kind }) => kind)).toEqual(['handed-over']);
  });
});
