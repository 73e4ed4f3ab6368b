import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { awsLedger } from '../../../lambdas/aws/ledger.ts';
import type { Item } from '../../../lambdas/aws/table.ts';
import type { Incident } from '../../../lambdas/model/incident.ts';
import type { Ledger } from '../../../lambdas/ports/ledger.ts';
import {
  checkMade,
  handedOver,
  incidentId,
  minute,
  order,
  ordered,
  recovered,
  released,
  signal,
  start,
} from '../../contract/ledger-samples.ts';
import { transactions } from '../gaps/transactions.ts';
import { Account } from '../harness/account.ts';
import { LedgerTable } from '../harness/ledger-table.ts';

const writing = 'dynamodb.TransactWriteItems';
/** As the deployed client, but it gives up long before a test does. */
const impatient = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_500, throwOnRequestTimeout: true },
};

let account: Account;
let made = 0;
beforeAll(async () => {
  account = await Account.open('200000000003', [transactions()]);
});
afterEach(() => account.calm());
afterAll(() => account.close());

const open = (ledger: Ledger): Promise<Incident> => ledger.open(signal(1), incidentId(1), start);

/** A write of the ledger: what must be there before it, what it says the first time, and what whoever repeats it hears. */
type Write = {
  readonly name: string;
  readonly before: (ledger: Ledger) => Promise<unknown>;
  readonly write: (ledger: Ledger) => Promise<unknown>;
  readonly first: unknown;
  readonly again: unknown;
};

const incident: Incident = { id: incidentId(1), service: 'checkout', openedAt: start, fence: 1, status: 'starting' };
const given = order(incident);

const writes: readonly Write[] = [
  { name: 'open', before: async () => {}, write: open, first: incident, again: incident },
  {
    name: 'join',
    before: open,
    write: (ledger) => ledger.join(signal(minute)),
    first: { kind: 'joined', incident },
    again: { kind: 'duplicate', incident },
  },
  {
    name: 'markStarted',
    before: open,
    write: (ledger) => ledger.markStarted(incident.id),
    first: undefined,
    again: undefined,
  },
  {
    name: 'append',
    before: open,
    write: (ledger) => ledger.append([checkMade(incident, 'a'), ordered(given)]),
    first: undefined,
    again: undefined,
  },
  {
    name: 'claim',
    before: async (ledger) => {
      await open(ledger);
      await ledger.append([ordered(given)]);
    },
    write: (ledger) => ledger.claim(given, start),
    first: 'claimed',
    again: 'taken',
  },
  {
    name: 'close',
    before: open,
    write: (ledger) => ledger.close(recovered(incident), 1),
    first: 'closed',
    again: 'closed',
  },
  {
    name: 'release',
    before: async (ledger) => {
      await open(ledger);
      await ledger.close(handedOver(incident), 1);
    },
    write: (ledger) => ledger.release(released(incident), 1),
    first: 'closed',
    again: 'closed',
  },
];

/** A table in which the write is about to be made; everybody who looks at it sees the same. */
async function about({ before }: Write) {
  const table = await LedgerTable.create(account, `ledger-${++made}`);
  await before(awsLedger(table.seenBy()));
  const ledger = awsLedger(table.seenBy('test', impatient));
  account.requests.length = 0;
  return { ledger, table, before: await table.items() };
}

/** What is in the table when nothing goes wrong. */
async function undisturbed(write: Write): Promise<readonly Item[]> {
  const { ledger, table } = await about(write);
  expect(await write.write(ledger)).toEqual(write.first);
  return table.items();
}

describe.each(writes)('$name, when DynamoDB is in trouble', (write) => {
  let wanted: readonly Item[];
  beforeAll(async () => {
    wanted = await undisturbed(write);
  });

  it.each(['throttled', 'unavailable', 'unreachable', 'hang'] as const)(
    'is made once, later, when it was %s',
    async (fault) => {
      const { ledger, table } = await about(write);
      account.strike(writing, fault, 1);
      expect(await write.write(ledger)).toEqual(write.first);
      expect(await table.items()).toEqual(wanted);
      expect(account.asked(writing).map(({ answeredBy }) => answeredBy)).toEqual(['fault', 'moto']);
    },
  );

  it.each(['throttled', 'unavailable', 'unreachable', 'hang'] as const)(
    'is refused, and nothing is written, when it stays %s',
    async (fault) => {
      const { ledger, table, before } = await about(write);
      account.strike(writing, fault);
      await expect(write.write(ledger)).rejects.toThrow();
      expect(account.asked(writing)).toHaveLength(impatient.maxAttempts);
      account.calm();
      expect(await table.items()).toEqual(before);
      expect(await write.write(ledger)).toEqual(write.first);
      expect(await table.items()).toEqual(wanted);
    },
  );

  it('is refused at once when it is denied', async () => {
    const { ledger, table, before } = await about(write);
    account.strike(writing, 'denied');
    await expect(write.write(ledger)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(account.asked(writing)).toHaveLength(1);
    expect(await table.items()).toEqual(before);
  });

  it('is made once when the answer to it is lost, and says so', async () => {
    const { ledger, table } = await about(write);
    account.strike(writing, 'answer-lost', 1);
    expect(await write.write(ledger)).toEqual(write.first);
    expect(await table.items()).toEqual(wanted);
    const tokens = account
      .asked(writing)
      .map(({ body }) => (body as { ClientRequestToken: string }).ClientRequestToken);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
  });

  it('is made once when every answer is lost and somebody repeats it, who hears that it was made', async () => {
    const { ledger, table } = await about(write);
    account.strike(writing, 'answer-lost');
    await expect(write.write(ledger)).rejects.toThrow();
    account.calm();
    expect(await table.items()).toEqual(wanted);
    expect(await write.write(ledger)).toEqual(write.again);
    expect(await table.items()).toEqual(wanted);
  });
});

// A claim reads nothing: all it depends on is a condition of its write.
describe.each(writes.filter(({ name }) => name !== 'claim'))('$name', (write) => {
  it.each(['denied', 'unavailable'] as const)('writes nothing when what it depends on is %s', async (fault) => {
    const { ledger, table, before } = await about(write);
    account.strike('dynamodb.GetItem', fault);
    await expect(write.write(ledger)).rejects.toThrow(/met a fault/);
    account.calm();
    expect(await table.items()).toEqual(before);
    expect(account.asked(writing)).toEqual([]);
  });
});

describe('a claim', () => {
  it('never has two actors, though answers are lost on the way to twenty of them', async () => {
    const [claim] = writes.filter(({ name }) => name === 'claim');
    const { ledger, table } = await about(claim as Write);
    account.strike(writing, 'answer-lost', 15);
    const claims = await Promise.allSettled(Array.from({ length: 20 }, () => ledger.claim(given, start)));
    const said = claims.map((one) => (one.status === 'fulfilled' ? one.value : 'unknown'));
    expect(said.filter((one) => one === 'claimed').length).toBeLessThanOrEqual(1);
    expect(said.every((one) => ['claimed', 'taken', 'unknown'].includes(one))).toBe(true);
    const item = (await table.items()).find(({ sk }) => sk?.S === `ORDER#${given.id}`);
    expect(item?.state).toEqual({ S: 'started' });
    account.calm();
    expect(await ledger.claim(given, start)).toBe('taken');
  });
});

describe('what is read', () => {
  const reads = [
    ['incident', (ledger: Ledger) => ledger.incident(incident.id), 'dynamodb.GetItem'],
    ['order', (ledger: Ledger) => ledger.order({ incidentId: incident.id, orderId: given.id }), 'dynamodb.GetItem'],
    ['entries', (ledger: Ledger) => ledger.entries(incident.id), 'dynamodb.Query'],
    ['recent', (ledger: Ledger) => ledger.recent('checkout', start), 'dynamodb.Query'],
    ['incidents', (ledger: Ledger) => ledger.incidents('checkout', start), 'dynamodb.Query'],
    ['condemned', (ledger: Ledger) => ledger.condemned('checkout'), 'dynamodb.Query'],
  ] as const;

  it.each(reads)('%s is read again after a passing fault, and never taken for nothing', async (_, read, operation) => {
    const { ledger } = await about(writes[4] as Write);
    const calm = await read(ledger);
    for (const fault of ['throttled', 'unavailable', 'unreachable', 'hang', 'answer-lost'] as const) {
      account.strike(operation, fault, 1);
      expect(await read(ledger)).toEqual(calm);
    }
    for (const fault of ['denied', 'unavailable'] as const) {
      account.strike(operation, fault);
      await expect(read(ledger)).rejects.toThrow(/met a fault/);
    }
  });

  it('is an error where there is no table', async () => {
    const { table } = await about(writes[0] as Write);
    const elsewhere = awsLedger(Object.assign(table.seenBy('test', impatient), { name: 'no-such-table' }));
    await expect(elsewhere.incident(incident.id)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(elsewhere.entries(incident.id)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(open(elsewhere)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
