import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { awsLedger } from '../../lambdas/aws/ledger.ts';
import { Table } from '../../lambdas/aws/table.ts';
import { controlsAttributes, installedControls } from '../../lambdas/contract/controls-item.ts';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import {
  checkMade,
  completed,
  condemnedRelease,
  incidentId,
  order,
  ordered,
  recovered,
  signal,
  start,
} from '../contract/ledger-samples.ts';
import { FakeDynamoDb } from './fake-dynamodb.ts';
import { noPause, useWire } from './wire.ts';
import { failure, type WireRequest } from './wire-server.ts';

const wire = useWire();
const writing = 'dynamodb.TransactWriteItems';
let dynamodb: FakeDynamoDb;
let written: LedgerEntry[];
beforeEach(() => {
  dynamodb = new FakeDynamoDb();
  dynamodb.put(controlsAttributes(installedControls));
  wire.server.respond((request) => dynamodb.respond(request));
  written = [];
});
const ledger = (config: object = {}) => {
  const client = new DynamoDBClient({ ...repeatable, ...config, endpoint: wire.endpoint });
  return awsLedger(new Table('ledger', client, noPause()), (entries) => written.push(...entries));
};
const open = () => ledger().open(signal(1), incidentId(1), start);
const expiring = () =>
  dynamodb
    .all()
    .filter((item) => item.expiresAt !== undefined)
    .map((item) => item.sk?.S?.split('#')[0]);

describe('the ledger in DynamoDB', () => {
  it('lets only history expire, never what is open, pending, condemned or paused', async () => {
    const incident = await open();
    const given = order(incident);
    await ledger().append([ordered(given), condemnedRelease(incident, 'condemned')]);
    expect(new Set(expiring())).toEqual(new Set(['ENTRY']));
    await ledger().append([completed(given)]);
    expect(expiring()).toContain('ORDER');
    await ledger().close(recovered(incident), 1);
    expect(new Set(expiring())).toEqual(new Set(['ENTRY', 'ORDER', 'INCIDENT', 'HEADER', 'OPEN']));
  });

  it('keeps history for 400 days, in the seconds DynamoDB counts in', async () => {
    const incident = await open();
    await ledger().append([checkMade(incident, 'a')]);
    const entry = dynamodb.all().find((item) => item.sk?.S === 'ENTRY#a');
    expect(Number(entry?.expiresAt?.N)).toBe((start + 60_000) / 1000 + 400 * 86_400);
  });

  it('opens a second incident with a higher fence after years without one', async () => {
    const first = await open();
    await ledger().close(recovered(first), 1);
    for (const item of dynamodb.all()) if (item.expiresAt !== undefined) dynamodb.remove(item);
    const second = await ledger().open(signal(2), incidentId(2), start + 2);
    expect(second.fence).toBe(first.fence + 1);
  });

  it('tries again when a transaction met another one', async () => {
    const incident = await open();
    dynamodb.conflicts = 3;
    await ledger().append([checkMade(incident, 'a')]);
    dynamodb.conflicts = 3;
    const given = order(incident);
    await ledger().append([ordered(given)]);
    dynamodb.conflicts = 3;
    expect(await ledger().claim(given, start)).toBe('claimed');
  });

  it.each(['drop', 'error'])('claims once when the answer to the claim was lost (%s)', async (how) => {
    const incident = await open();
    const given = order(incident);
    await ledger().append([ordered(given)]);
    wire.server.requests.length = 0;
    let lost = false;
    wire.server.respond((request) => {
      const answer = dynamodb.respond(request);
      if (request.operation !== writing || lost) return answer;
      lost = true;
      return how === 'drop' ? 'drop' : failure('InternalServerError', 'Oops.', 500);
    });
    expect(await ledger().claim(given, start)).toBe('claimed');
    const tokens = wire.server
      .bodies(writing)
      .map((body) => (body as { ClientRequestToken: string }).ClientRequestToken);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
  });

  it('asks about a claim that is still under way, and never begins it a second time', async () => {
    const incident = await open();
    const given = order(incident);
    await ledger().append([ordered(given)]);
    wire.server.requests.length = 0;
    let asked = 0;
    wire.server.respond((request) => {
      if (request.operation !== writing) return dynamodb.respond(request);
      asked++;
      if (asked === 1) dynamodb.respond(request);
      return asked <= 3
        ? failure('com.amazonaws.dynamodb.v20120810#TransactionInProgressException')
        : dynamodb.respond(request);
    });
    expect(await ledger({ maxAttempts: 1 }).claim(given, start)).toBe('claimed');
    const tokens = wire.server
      .bodies(writing)
      .map((body) => (body as { ClientRequestToken: string }).ClientRequestToken);
    expect(tokens).toHaveLength(4);
    expect(new Set(tokens).size).toBe(1);
  });

  it('makes a claim that cannot be settled an error, not an answer', async () => {
    const incident = await open();
    const given = order(incident);
    await ledger().append([ordered(given)]);
    wire.server.respond((request) => (request.operation === writing ? 'drop' : dynamodb.respond(request)));
    await expect(ledger({ maxAttempts: 2 }).claim(given, start)).rejects.toThrow();
  });

  it('fences, checks both pauses and begins the order in one transaction, the pause seen for what it is', async () => {
    const incident = await open();
    const given = order(incident);
    await ledger().append([ordered(given)]);
    wire.server.requests.length = 0;
    await ledger().claim(given, start);
    const [body] = wire.server.bodies(writing) as {
      TransactItems: Record<string, { Key: { pk: { S: string }; sk: { S: string } } }>[];
    }[];
    const touched = body?.TransactItems.map((item) => {
      const [kind, { Key }] = Object.entries(item)[0] ?? ['', { Key: { pk: { S: '' }, sk: { S: '' } } }];
      return `${kind} ${Key.pk.S} ${Key.sk.S}`;
    });
    expect(touched).toEqual([
      'Update SERVICE#checkout OPEN',
      `Update INCIDENT#${incident.id} ORDER#order-1`,
      'ConditionCheck CONTROLS EVERYTHING',
      'ConditionCheck CONTROLS SERVICE#checkout',
      'Update FLEET SERVICE#checkout',
    ]);
  });

  it('takes a pause item it cannot understand for unreadable', async () => {
    const incident = await open();
    const given = order(incident);
    await ledger().append([ordered(given)]);
    dynamodb.put({ pk: { S: 'CONTROLS' }, sk: { S: 'SERVICE#checkout' }, paused: { S: 'yes' } });
    expect(await ledger().claim(given, start)).toBe('unreadable');
  });

  it('tells of entries that were really written, and of no repetition', async () => {
    const incident = await open();
    await ledger().append([checkMade(incident, 'a')]);
    await ledger().append([checkMade(incident, 'a'), checkMade(incident, 'b')]);
    await ledger().close(recovered(incident), 1);
    await ledger().close(recovered(incident), 1);
    expect(written.map(({ id }) => id)).toEqual(['a', 'b', 'end']);
  });

  it('names an item that is not as it was written', async () => {
    const incident = await open();
    dynamodb.put({ pk: { S: `INCIDENT#${incident.id}` }, sk: { S: 'ENTRY#x' }, seq: { N: '9' } });
    await expect(ledger().entries(incident.id)).rejects.toThrow(
      `The ledger's item INCIDENT#${incident.id} / ENTRY#x has no text "entry".`,
    );
  });

  it('surfaces what DynamoDB denies', async () => {
    const denied = (request: WireRequest) =>
      request.operation === writing ? failure('AccessDeniedException', 'Not authorized.') : dynamodb.respond(request);
    wire.server.respond(denied);
    await expect(open()).rejects.toThrow('Not authorized.');
  });
});
