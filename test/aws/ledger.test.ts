import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { awsLedger } from '../../lambdas/aws/ledger.ts';
import { awsOpenIncidents } from '../../lambdas/aws/open-incidents.ts';
import { Table } from '../../lambdas/aws/table.ts';
import { controlsAttributes, installedControls, serviceControls } from '../../lambdas/contract/controls-item.ts';
import type { Incident } from '../../lambdas/model/incident.ts';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import {
  answered,
  askedFor,
  checkMade,
  completed,
  condemnedRelease,
  handedOver,
  incidentId,
  order,
  ordered,
  recovered,
  released,
  signal,
  start,
} from '../contract/ledger-samples.ts';
import { noPause, useRecordedAccount } from '../recorded/recorded-account.ts';
import { cancelled, type Item, type Reasons, RememberedItems } from '../recorded/remembered-items.ts';

// The laws of the ledger are shown on moto, whose table judges conditions: test/moto/contract/ledger*.test.ts.

const aws = useRecordedAccount();
const writing = 'dynamodb.TransactWriteItems';
let items: RememberedItems;
let written: LedgerEntry[];
beforeEach(() => {
  items = new RememberedItems();
  aws.answer(items.answers);
  written = [];
});
const client = () => new DynamoDBClient({ ...repeatable, endpoint: aws.endpoint });
const ledger = () => awsLedger(new Table('ledger', client(), noPause()), (entries) => written.push(...entries));
const open = () => ledger().open(signal(1), incidentId(1), start);
const failed = (item?: Item) => ({ Code: 'ConditionalCheckFailed', ...(item === undefined ? {} : { Item: item }) });
/** The next write is refused for this, and all that follow are made. */
function refuseOnce(...reasons: Reasons): void {
  const refused = () => {
    aws.answer(items.answers);
    return cancelled(...reasons);
  };
  aws.answer({ ...items.answers, [writing]: refused });
}
/** The sort keys of items that expire. */
const expiring = () =>
  new Set(items.all().flatMap(({ sk, expiresAt }) => (expiresAt === undefined ? [] : [sk?.S?.split('#')[0]])));

describe('a claim', () => {
  const incident: Incident = { id: incidentId(1), service: 'checkout', openedAt: start, fence: 1, status: 'started' };
  const approval = { requestId: 'request-1', by: 'ann', at: start };

  it('fences, begins the order and checks both pauses and its approval in one transaction', async () => {
    await ledger().claim(order(incident, 'order-1', { approval }), start);
    const [body] = aws.bodies(writing) as {
      TransactItems: Record<string, { Key: { pk: { S: string }; sk: { S: string } } }>[];
    }[];
    const touched = body?.TransactItems.flatMap((item) => Object.entries(item));
    expect(touched?.map(([kind, { Key }]) => `${kind} ${Key.pk.S} ${Key.sk.S}`)).toEqual([
      'Update SERVICE#checkout OPEN',
      `Update INCIDENT#${incident.id} ORDER#order-1`,
      'ConditionCheck CONTROLS EVERYTHING',
      'ConditionCheck CONTROLS SERVICE#checkout',
      'Update FLEET SERVICE#checkout',
      `ConditionCheck INCIDENT#${incident.id} REQUEST#request-1`,
    ]);
    expect(aws.operations()).toEqual([writing]);
  });

  const holds = (change: Item = {}): Item => ({
    incident: { S: incident.id },
    fence: { N: '1' },
    status: { S: 'started' },
    inFlight: { S: `${incident.id}/order-0` },
    ...change,
  });
  const paused: Item = { ...controlsAttributes({ ...installedControls, paused: true }) };
  it.each<[string, string, Reasons]>([
    ['another incident has the service', 'fenced', [failed(holds({ incident: { S: incidentId(2) } }))]],
    ['the incident has a later fence', 'fenced', [failed(holds({ fence: { N: '2' } }))]],
    ['the incident was handed over', 'fenced', [failed(holds({ status: { S: 'handed-over' } }))]],
    ['nothing is open', 'fenced', [failed()]],
    ['another act is in flight', 'unsettled', [failed(holds())]],
    ['the order was begun', 'taken', ['None', failed()]],
    ['the order was begun, and is in flight', 'taken', [failed(holds()), failed()]],
    ['everything is paused', 'paused', ['None', 'None', failed(paused)]],
    [
      'the service is paused',
      'paused',
      ['None', 'None', 'None', failed({ ...paused, sk: { S: serviceControls('a') } })],
    ],
    ['the pause item is not there', 'unreadable', ['None', 'None', failed()]],
    [
      'the pause item makes no sense',
      'unreadable',
      ['None', 'None', 'None', failed({ ...paused, paused: { S: 'yes' } })],
    ],
    ['its approval is void', 'unapproved', ['None', 'None', 'None', 'None', 'None', failed()]],
  ])('when %s is %s', async (_, says, reasons) => {
    aws.answer({ [writing]: cancelled(...reasons) });
    expect(await ledger().claim(order(incident, 'order-1', { approval }), start)).toBe(says);
  });
});

describe('what the ledger writes', () => {
  it('expires after 400 days where it is history, and never while it is open, pending or condemned', async () => {
    const incident = await open();
    const given = order(incident);
    await ledger().append([ordered(given), condemnedRelease(incident, 'condemned'), checkMade(incident, 'a')]);
    expect(expiring()).toEqual(new Set(['ENTRY']));
    // In seconds, as DynamoDB counts.
    const entry = items.all().find(({ sk }) => sk?.S === 'ENTRY#a');
    expect(Number(entry?.expiresAt?.N)).toBe((start + 60_000) / 1000 + 400 * 86_400);
    await ledger().append([completed(given)]);
    expect(expiring()).toEqual(new Set(['ENTRY', 'ORDER']));
    await ledger().close(recovered(incident), 1);
    expect(expiring()).toEqual(new Set(['ENTRY', 'ORDER', 'INCIDENT', 'HEADER', 'OPEN']));
  });

  it('is told to its listener once, and not when it was there already', async () => {
    const incident = await open();
    await ledger().append([checkMade(incident, 'a')]);
    // The open item had moved on, and so had the first of the two entries.
    refuseOnce(failed(), failed(), 'None');
    await ledger().append([checkMade(incident, 'a'), checkMade(incident, 'b')]);
    await ledger().close(recovered(incident), 1);
    await ledger().close(recovered(incident), 1);
    expect(written.map(({ id }) => id)).toEqual(['a', 'b', 'end']);
  });

  it('is decided anew when the open item has changed meanwhile', async () => {
    const incident = await open();
    refuseOnce(failed());
    await ledger().markStarted(incident.id);
    expect(await ledger().incident(incident.id)).toMatchObject({ status: 'started' });
    aws.answer({ ...items.answers, [writing]: cancelled(failed()) });
    await expect(ledger().join(signal(2))).rejects.toThrow('The ledger of checkout kept changing under our hands.');
  });

  it('opens no incident under an id that was used, and lets no order come in twice', async () => {
    refuseOnce('None', failed());
    await expect(open()).rejects.toThrow(`An incident ${incidentId(1)} exists already.`);
    const incident = await open();
    refuseOnce('None', 'None', failed());
    await expect(ledger().append([ordered(order(incident))])).rejects.toThrow('is in the ledger already.');
  });

  it('is no second answer: whoever was slower is told that nothing was asked any more', async () => {
    const incident = await open();
    refuseOnce('None', failed());
    expect(await ledger().answer(answered(incident, 'ApprovalGiven'))).toBe('stands-no-more');
  });

  it('frees no service that was not handed over, nor one in which a signal was not seen', async () => {
    const incident = await open();
    await expect(ledger().release(released(incident), 1)).rejects.toThrow('is not handed over');
    await ledger().close(handedOver(incident), 1);
    expect(await ledger().release(released(incident), 0)).toBe('more-signals');
    expect(await ledger().release(released(incident), 1)).toBe('closed');
  });
});

describe('what the ledger refuses to write', () => {
  it('are entries of an incident it does not know, of two at once, too many, and one that is too large', async () => {
    const incident = await open();
    const other = { ...incident, id: incidentId(2) };
    const many = Array.from({ length: 100 }, (_, n) => checkMade(incident, `${n}`));
    const large = { ...checkMade(incident, 'large'), says: 'x'.repeat(410_000) };
    await expect(ledger().append([checkMade(other, 'a')])).rejects.toThrow('which is not in the ledger');
    await expect(ledger().append([checkMade(incident, 'a'), checkMade(other, 'b')])).rejects.toThrow('in one go');
    await expect(ledger().append(many)).rejects.toThrow('100 entries are too many');
    await expect(ledger().append([large])).rejects.toThrow(`INCIDENT#${incident.id} / ENTRY#large has`);
    await expect(ledger().close(recovered(other), 1)).rejects.toThrow(`${other.id} is not in the ledger`);
    expect((await ledger().entries(incident.id)).map(({ kind }) => kind)).toEqual(['SignalReceived']);
  });
});

describe('what the ledger tells of', () => {
  it('is what was heard: a signal that comes twice, one that was overtaken, and one after the end', async () => {
    const opened = await open();
    const { id } = opened;
    const incident = expect.objectContaining({ id });
    expect(await ledger().join(signal(1))).toEqual({ kind: 'duplicate', incident });
    expect(await ledger().join(signal(3))).toEqual({ kind: 'joined', incident });
    expect(await ledger().join(signal(2))).toEqual({ kind: 'overtaken', incident });
    expect(await ledger().join(signal(1))).toEqual({ kind: 'duplicate', incident });
    expect(await ledger().open(signal(4), incidentId(2), start)).toMatchObject({ id });
    await ledger().close(recovered(opened), 3);
    expect(await ledger().join(signal(5))).toEqual({ kind: 'nothing-open' });
    expect(Object.values(await ledger().heard('checkout'))).toEqual([start + 4]);
  });

  it('is what is open, and what was: an incident, its order, and a signal that opened none', async () => {
    const incident = await open();
    const given = order(incident);
    const ref = { incidentId: incident.id, orderId: given.id };
    await ledger().append([ordered(given)]);
    expect(await ledger().order(ref)).toEqual(given);
    await ledger().claim(given, start);
    expect(await ledger().close(recovered(incident), 1)).toBe('unsettled');
    await ledger().append([completed(given)]);
    expect(await ledger().order(ref)).toBeUndefined();
    await ledger().append([askedFor(incident)]);
    expect(await ledger().answer(answered(incident, 'ApprovalGiven'))).toBe('answered');
    const late = order(incident, 'order-2');
    await ledger().append([ordered(late), completed(late)]);
    expect(await ledger().order({ ...ref, orderId: 'order-2' })).toBeUndefined();
    const list = () => awsOpenIncidents(new Table('ledger', client())).list();
    await ledger().close(recovered(incident), 1);
    expect(await list()).toMatchObject([{ incident: incident.id, closedAt: recovered(incident).at }]);
    await ledger().open(signal(2), incidentId(2), start + 1);
    expect(await ledger().incident(incidentId(3))).toBeUndefined();
    expect(await ledger().incident(incident.id)).toMatchObject({ status: 'closed', fence: 1 });
    expect(await ledger().incident(incidentId(2))).toMatchObject({ status: 'starting', fence: 2 });
    expect(await list()).toMatchObject([{ incident: incidentId(2), status: 'starting', closedAt: null }]);
    const ignored = { kind: 'SignalIgnored', id: 'i', incident: '', service: 'checkout', at: start } as const;
    await ledger().append([{ ...ignored, because: 'nothing-open', says: 'Nothing is open.' }]);
    const kept = items.all().find(({ sk }) => sk?.S === 'IGNORED#i');
    expect(Number(kept?.expiresAt?.N)).toBe(start / 1000 + 30 * 86_400);
  });
});

it('an item that is not as it was written is an error that names it', async () => {
  const { id } = await open();
  items.put({ pk: { S: `INCIDENT#${id}` }, sk: { S: 'ENTRY#x' }, seq: { N: '9' } });
  await expect(ledger().entries(id)).rejects.toThrow(`The ledger's item INCIDENT#${id} / ENTRY#x has no text "entry".`);
});
