import type { EntryOf, LedgerEntry } from '../model/ledger-entry.ts';
import type { RequestRef } from '../ports/ledger.ts';
import { n, s, textIn } from './items.ts';
import { changeOpen, type Step } from './ledger-change.ts';
import { writesOf } from './ledger-entry-items.ts';
import { requestKey, wordKey } from './ledger-keys.ts';
import type { Item, Table } from './table.ts';

/** The entries that were written: the answer, if its request stood, or none. */
export function answer(
  table: Table,
  entry: EntryOf<'ApprovalGiven' | 'ApprovalRejected'>,
): Promise<readonly LedgerEntry[]> {
  let fell = false;
  return changeOpen(
    table,
    entry.service,
    (open): Step<readonly LedgerEntry[]> => {
      const { incident } = open ?? {};
      const isOpen =
        incident?.id === entry.incident && (incident.status === 'starting' || incident.status === 'started');
      if (open === undefined || !isOpen || fell) return { answer: [] };
      const writes = [stands(table, entry), ...writesOf(table, entry, open.seq)];
      return { answer: [entry], next: { ...open, seq: open.seq + 1 }, writes };
    },
    (clashes) => {
      fell = clashes.some((clash) => clash !== undefined);
    },
  );
}

/** The request is answered if nobody was faster and its time is not over. */
const stands = (table: Table, { kind, incident, requestId, at }: EntryOf<'ApprovalGiven' | 'ApprovalRejected'>) => ({
  Update: {
    TableName: table.name,
    Key: { ...requestKey(incident, requestId) },
    UpdateExpression: 'SET #state = :answer',
    ConditionExpression: '#state = :asked AND #until >= :at',
    ExpressionAttributeNames: { '#state': 'state', '#until': 'until' },
    ExpressionAttributeValues: {
      ':asked': s('asked'),
      ':answer': s(kind === 'ApprovalGiven' ? 'given' : 'rejected'),
      ':at': n(at),
    },
  },
});

/** Writes first and reads then: an answer that comes in between finds whom to wake, or is found. */
export async function awaitWord(table: Table, { incidentId, requestId }: RequestRef, callbackId: string) {
  const Item: Item = { ...wordKey(incidentId), callback: s(callbackId) };
  await table.transact([{ Put: { TableName: table.name, Item: { ...Item } } }]);
  const request = await table.get(requestKey(incidentId, requestId));
  return request !== undefined && textIn(request, 'state') === 'asked' ? 'waits' : 'answered';
}

export async function awaited(table: Table, incidentId: string): Promise<string | undefined> {
  const item = await table.get(wordKey(incidentId));
  return item && textIn(item, 'callback');
}
