import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import { changeOpen } from './ledger-change.ts';
import { ignoredItem, writesOf } from './ledger-entry-items.ts';
import { headerKey } from './ledger-keys.ts';
import { inFlightName } from './ledger-open-item.ts';
import type { Clash, Table } from './table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const mostWrites = 100;

/** Adds entries, all or none, and gives those that were new. Their ids make a repetition harmless. */
export async function append(table: Table, entries: readonly LedgerEntry[]): Promise<readonly LedgerEntry[]> {
  for (const entry of entries.filter(isLoose)) await table.transact([ignoredItem(table, entry)]);
  const [first, ...more] = entries.filter((entry) => !isLoose(entry));
  return first === undefined ? [] : appendToIncident(table, first, more);
}

/** Does it say what became of the act that is in flight? An unknown result doesn't. */
const settles = (entry: LedgerEntry, inFlight: string | null): boolean =>
  entry.kind === 'ActionCompleted' &&
  entry.result.kind !== 'unknown' &&
  inFlight === inFlightName(entry.incident, entry.orderId);

/** Belongs to no incident: it opened none. */
const isLoose = ({ kind }: LedgerEntry): boolean => kind === 'SignalIgnored';

async function appendToIncident(table: Table, first: LedgerEntry, more: readonly LedgerEntry[]) {
  const { service, incident, kind } = first;
  const stranger = more.find((entry) => entry.incident !== incident || entry.service !== service);
  if (stranger !== undefined)
    throw new Error(`Entries of ${incident} and ${stranger.incident} cannot be appended in one go.`);
  if ((await table.get(headerKey(incident))) === undefined)
    throw new Error(`${kind} belongs to the incident ${incident}, which is not in the ledger.`);
  let fresh: readonly LedgerEntry[] = [...new Map([first, ...more].map((entry) => [entry.id, entry])).values()];
  let groups: readonly (readonly TransactWriteItem[])[] = [];
  return changeOpen(
    table,
    service,
    (open) => {
      if (fresh.length === 0) return { answer: fresh };
      if (open === undefined) throw new Error(`The ledger knows no incident of ${service}.`);
      groups = grouped(table, fresh, open.seq);
      const writes = groups.flat();
      if (writes.length >= mostWrites) throw new Error(`${fresh.length} entries are too many to append in one go.`);
      const inFlight = fresh.some((entry) => settles(entry, open.inFlight)) ? null : open.inFlight;
      return { answer: fresh, next: { ...open, seq: open.seq + fresh.length, inFlight }, writes };
    },
    (clashes) => {
      fresh = withoutThoseThere(fresh, groups, clashes);
    },
  );
}

/** The writes of each entry. An order that begins and ends in one go is written once, ended. */
function grouped(table: Table, entries: readonly LedgerEntry[], seq: number) {
  const started = new Set(entries.flatMap((entry) => (entry.kind === 'ActionStarted' ? [entry.order.id] : [])));
  const ended = new Set(
    entries.flatMap((entry) => (entry.kind === 'ActionCompleted' && started.has(entry.orderId) ? [entry.orderId] : [])),
  );
  return entries.map((entry, index) => writesOf(table, entry, seq + index, ended));
}

/** Leaves out the entries whose own item, the first of their writes, is there already. */
function withoutThoseThere(
  entries: readonly LedgerEntry[],
  groups: readonly (readonly TransactWriteItem[])[],
  clashes: readonly Clash[],
): readonly LedgerEntry[] {
  let place = 0;
  return entries.filter((entry, index) => {
    const [itself, ...followers] = clashes.slice(place, place + (groups[index]?.length ?? 0));
    place += groups[index]?.length ?? 0;
    if (itself === undefined && followers.some((clash) => clash !== undefined))
      throw new Error(`What the entry ${entry.id} of ${entry.incident} brings with it is in the ledger already.`);
    return itself === undefined;
  });
}
