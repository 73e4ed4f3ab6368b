import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Duration, type Instant, inMillis } from '../contract/time.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import { ofLegalSize } from './item-size.ts';
import { n, numberIn, s, textIn } from './items.ts';
import { entryKey, ignoredKey, orderKey, releaseKey, requestKey } from './ledger-keys.ts';
import type { Item, Key, Table } from './table.ts';

/** How long history is kept. Only history: what is open, paused, pending or condemned never goes by itself. */
const historyFor: Duration = { days: 400 };
const ignoredFor: Duration = { days: 30 };

/** DynamoDB's own clock for history: seconds, and late by hours or days, so that nothing may depend on it. */
export const expiring = (at: Instant, kept: Duration = historyFor) => ({
  expiresAt: n(Math.ceil((at + inMillis(kept)) / 1000)),
});

const isNew = { ConditionExpression: 'attribute_not_exists(pk)' } as const;

const put = (table: Table, key: Key, attributes: Item): TransactWriteItem => ({
  Put: { TableName: table.name, Item: ofLegalSize({ ...key, ...attributes }), ...isNew },
});

/** One entry as text: exact, whatever numbers are in it; and three attributes for people who look into the table. */
const written = (entry: LedgerEntry): Item => ({
  kind: s(entry.kind),
  service: s(entry.service),
  at: n(entry.at),
  entry: s(JSON.stringify(entry)),
});

/** All that one entry writes: itself, first, and what follows from it. `ended` names orders that end in the same append. */
export function writesOf(
  table: Table,
  entry: LedgerEntry,
  seq: number,
  ended: ReadonlySet<string> = new Set(),
): readonly TransactWriteItem[] {
  const key = entryKey(entry.incident, entry.id);
  const itself = put(table, key, { ...written(entry), seq: n(seq), ...expiring(entry.at) });
  if (entry.kind === 'ActionStarted') {
    const state = ended.has(entry.order.id) ? { state: s('ended'), ...expiring(entry.at) } : { state: s('pending') };
    const order = { ...state, order: s(JSON.stringify(entry.order)) };
    return [itself, put(table, orderKey(entry.incident, entry.order.id), order)];
  }
  if (entry.kind === 'ActionCompleted' && !ended.has(entry.orderId))
    return [itself, endOrder(table, orderKey(entry.incident, entry.orderId), entry.at)];
  if (entry.kind === 'ApprovalRequested') {
    const { id, expiresAt } = entry.request;
    const asked = { state: s('asked'), until: n(expiresAt), ...expiring(entry.at) };
    return [itself, put(table, requestKey(entry.incident, id), asked)];
  }
  if (entry.kind === 'ApprovalVoided') return [itself, voidRequest(table, requestKey(entry.incident, entry.requestId))];
  if (entry.kind === 'ReleaseCondemned')
    return [itself, put(table, releaseKey(entry.service, entry.incident, entry.id), written(entry))];
  return [itself];
}

/** A signal that opened nothing is kept under its service. */
export const ignoredItem = (table: Table, entry: LedgerEntry): TransactWriteItem =>
  put(table, ignoredKey(entry.service, entry.id), { ...written(entry), ...expiring(entry.at, ignoredFor) });

/** With its result an order is over: whoever comes with it later finds nothing to do. */
const endOrder = (table: Table, key: Key, at: Instant): TransactWriteItem => ({
  Update: {
    TableName: table.name,
    Key: { ...key },
    UpdateExpression: 'SET #state = :ended, #expiresAt = :expiresAt',
    ExpressionAttributeNames: { '#state': 'state', '#expiresAt': 'expiresAt' },
    ExpressionAttributeValues: { ':ended': s('ended'), ':expiresAt': expiring(at).expiresAt },
  },
});

/** Whoever comes with an approval of it later finds it void. */
const voidRequest = (table: Table, key: Key): TransactWriteItem => ({
  Update: {
    TableName: table.name,
    Key: { ...key },
    UpdateExpression: 'SET #state = :voided',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':voided': s('voided') },
  },
});

/** Entries as they were appended. */
export const inOrder = (items: readonly Item[]): readonly LedgerEntry[] =>
  [...items].sort((a, b) => numberIn(a, 'seq') - numberIn(b, 'seq')).map(entryIn);

export const entryIn = (item: Item): LedgerEntry => JSON.parse(textIn(item, 'entry')) as LedgerEntry;
