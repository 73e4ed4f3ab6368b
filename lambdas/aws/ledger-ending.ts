import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Incident } from '../model/incident.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { EndResult } from '../ports/ledger.ts';
import { n } from './items.ts';
import { changeOpen, type Step } from './ledger-change.ts';
import { expiring, writesOf } from './ledger-entry-items.ts';
import { ended } from './ledger-fleet-items.ts';
import { headerKey, periodKey } from './ledger-keys.ts';
import type { OpenItem } from './ledger-open-item.ts';
import { listed } from './open-incidents.ts';
import type { Key, Table } from './table.ts';

/** What an ending says: it was written (or had been), a signal has joined that the caller has not seen, or an act is in flight. */
export type Ending = { readonly said: EndResult; readonly written: readonly LedgerEntry[] };

const over: Ending = { said: 'closed', written: [] };
const unsettled: Ending = { said: 'unsettled', written: [] };
const moreSignals: Ending = { said: 'more-signals', written: [] };

/** `RecoveryConfirmed` frees the service, `HandedOver` keeps it. */
export const close = (table: Table, entry: LedgerEntry, signalsSeen: number): Promise<Ending> =>
  changeOpen(table, entry.service, async (open): Promise<Step<Ending>> => {
    const current = await currentOf(table, open, entry);
    if (current === undefined || current.incident.status === 'handed-over') return { answer: over };
    if (current.signals > signalsSeen) return { answer: moreSignals };
    if (entry.kind !== 'HandedOver' && current.inFlight !== null) return { answer: unsettled };
    return end(table, current, entry, entry.kind === 'HandedOver' ? 'handed-over' : 'closed');
  });

/** Frees the service of a handed-over incident. */
export const release = (table: Table, entry: LedgerEntry, signalsSeen: number): Promise<Ending> =>
  changeOpen(table, entry.service, async (open): Promise<Step<Ending>> => {
    const current = await currentOf(table, open, entry);
    if (current === undefined) return { answer: over };
    if (current.incident.status !== 'handed-over')
      throw new Error(`The incident ${entry.incident} is not handed over.`);
    if (current.signals > signalsSeen) return { answer: moreSignals };
    if (current.inFlight !== null) return { answer: unsettled };
    return end(table, current, entry, 'closed');
  });

/** The open item if it still is of this incident; `undefined` when the incident is over. */
async function currentOf(
  table: Table,
  open: OpenItem | undefined,
  { incident }: LedgerEntry,
): Promise<OpenItem | undefined> {
  if (open?.incident.id === incident) return open.incident.status === 'closed' ? undefined : open;
  if ((await table.get(headerKey(incident))) === undefined)
    throw new Error(`The incident ${incident} is not in the ledger.`);
  return undefined;
}

function end(table: Table, open: OpenItem, entry: LedgerEntry, status: Incident['status']): Step<Ending> {
  const { id, service, openedAt } = open.incident;
  const next = { ...open, incident: { ...open.incident, status }, seq: open.seq + 1 };
  const writes = [
    ...writesOf(table, entry, open.seq),
    listed(table, next.incident, status === 'closed' ? entry.at : null),
  ];
  if (status === 'closed') {
    writes.push(
      closing(table, periodKey(service, openedAt, id), entry),
      closing(table, headerKey(id), entry),
      ended(table, service, entry.at),
    );
  }
  return { answer: { said: 'closed', written: [entry] }, next, writes };
}

/** From now on it is history. */
const closing = (table: Table, key: Key, { at }: LedgerEntry): TransactWriteItem => ({
  Update: {
    TableName: table.name,
    Key: { ...key },
    UpdateExpression: 'SET #closedAt = :at, #expiresAt = :expiresAt',
    ExpressionAttributeNames: { '#closedAt': 'closedAt', '#expiresAt': 'expiresAt' },
    ExpressionAttributeValues: { ':at': n(at), ':expiresAt': expiring(at).expiresAt },
  },
});
