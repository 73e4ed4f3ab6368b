import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Message } from '../../lambdas/model/message.ts';
import { send, sendSummary, Teller } from '../../lambdas/pipeline/tell.ts';
import { now, seconds, settings, thisIncident } from './build.ts';
import { Desk } from './desk.ts';
import { message } from './notify/build.ts';
import { deskPorts, straightWorkflow } from './straight-workflow.ts';

const { topic } = settings();

/** A topic that takes messages, or refuses them while `deaf` says so. */
function telling() {
  const desk = new Desk();
  const state = { deaf: false, sent: [] as Message[], told: [] as (readonly string[])[] };
  const notifier = {
    send: async (each: Message) => {
      if (state.deaf) throw new Error('SNS is down');
      state.sent.push(each);
    },
  };
  const ports = deskPorts(desk, { notifier });
  const { workflow, operations } = straightWorkflow(desk, ports);
  /** Tells of each entry in a message of its own. */
  const teller = new Teller(workflow, (given, entries) => {
    state.told.push(entries.map(({ id }) => id));
    return send(given, async () => entries.map(({ id }) => message(id, 'checkout', { topic })));
  });
  const subjects = () => state.sent.map(({ id }) => id);
  return { desk, state, ports, teller, operations, subjects };
}

const entry = (id: string, kind: 'DiagnosisMade' | 'HandedOver' | 'CheckMade'): LedgerEntry =>
  ({ kind, id, incident: thisIncident, service: 'checkout', at: now }) as LedgerEntry;

describe('a workflow that tells people', () => {
  it('says nothing of what people need not know', async () => {
    const { teller, operations } = telling();
    await teller.tell('tell 1', [entry('check', 'CheckMade')]);
    await teller.tellTheRest();
    expect(operations).toEqual([]);
  });

  it('waits its turn when another message has just gone', async () => {
    const { desk, ports, teller, operations, subjects } = telling();
    await send(ports, async () => [message('other', 'cart', { topic })]);
    await teller.tell('tell 1', [entry('opened', 'DiagnosisMade')]);
    expect(subjects()).toEqual(['other', 'opened']);
    expect(operations).toEqual(['tell 1, 1', 'tell 1, after 1', 'tell 1, 2']);
    expect(desk.at - now).toBe(seconds(1));
  });

  it('is held up by a topic that is deaf for a moment only, and tries once in each lap until it hears', async () => {
    const { desk, state, teller, operations, subjects } = telling();
    state.deaf = true;
    await teller.tell('tell 1', [entry('opened', 'DiagnosisMade')]);
    await teller.tell('tell 2', []);
    desk.at += seconds(30);
    expect(operations).toEqual([
      ...['tell 1, 1', 'tell 1, after 1', 'tell 1, 2', 'tell 1, after 2', 'tell 1, 3'],
      'tell 2, 1',
    ]);
    state.deaf = false;
    await teller.tell('tell 3', []);
    await teller.tell('tell 4', []);
    expect(subjects()).toEqual(['opened']);
    expect(operations.at(-1)).toBe('tell 3, 1');
  });

  it('never tells of an end before the beginning that could not be told, and tries on after the end', async () => {
    const { state, teller, subjects } = telling();
    state.deaf = true;
    await teller.tell('tell 1', [entry('opened', 'DiagnosisMade')]);
    await teller.tell('tell 2', [entry('end', 'HandedOver')]);
    state.deaf = false;
    await teller.tellTheRest();
    expect(subjects()).toEqual(['opened', 'end']);
    expect(state.told.at(-1)).toEqual(['opened', 'end']);
  });

  it('does not wait for a summary', async () => {
    const { desk, state, ports, teller, operations } = telling();
    for (let n = 0; n < 19; n++) {
      await send(ports, async () => [message(`${n}`, 'cart', { topic })]);
      desk.at += seconds(1);
    }
    await teller.tell('tell 1', [entry('opened', 'DiagnosisMade'), entry('end', 'HandedOver')]);
    await teller.tellTheRest();
    expect(operations).toEqual(['tell 1, 1']);
    expect(state.sent).toHaveLength(19);
    desk.at += seconds(58);
    await sendSummary(ports, topic);
    expect(state.sent).toHaveLength(19);
    desk.at += seconds(1);
    await sendSummary(ports, topic);
    await sendSummary(ports, topic);
    expect(state.sent.slice(19)).toMatchObject([{ kind: 'summary', dedupKey: 'incident-opened,incident-end' }]);
  });

  it('loses no line of a summary that could not be published', async () => {
    const { desk, state, ports } = telling();
    const lines = [message('a', 'cart', { topic }), message('b', 'cart', { topic })].map(
      ({ topic: _topic, body: _body, ...line }) => line,
    );
    await ports.outbox.update(topic, () => ({ record: { sent: [], pending: lines }, result: null }));
    state.deaf = true;
    await expect(sendSummary(ports, topic)).rejects.toThrow('SNS is down');
    state.deaf = false;
    await sendSummary(ports, topic);
    expect(state.sent).toEqual([]);
    desk.at += seconds(60);
    await sendSummary(ports, topic);
    expect(state.sent).toMatchObject([{ dedupKey: 'incident-a,incident-b' }]);
  });
});
