import type { Instant } from '../contract/time.ts';
import type { Incident } from '../model/incident.ts';
import type { EntryOf, LedgerEntry } from '../model/ledger-entry.ts';
import { inBatches } from './answers.ts';
import { numberIn, textIn } from './items.ts';
import { entryIn, inOrder } from './ledger-entry-items.ts';
import { headerKey, incidentPartition, prefixes, servicePartition, sortable } from './ledger-keys.ts';
import { readOpen } from './ledger-open-item.ts';
import type { Item, Table } from './table.ts';

/** Incidents that are read at the same time. */
const atOnce = 8;

export async function incident(table: Table, id: string): Promise<Incident | undefined> {
  const header = await table.get(headerKey(id));
  if (header === undefined) return undefined;
  const service = textIn(header, 'service');
  const open = await readOpen(table, service);
  if (open?.incident.id === id) return open.incident;
  return { id, service, openedAt: numberIn(header, 'openedAt'), fence: numberIn(header, 'fence'), status: 'closed' };
}

/** When each alarm of the service changed its state last, as far as it was heard. */
export async function heard(table: Table, service: string): Promise<Readonly<Record<string, Instant>>> {
  const newest = (await readOpen(table, service))?.newest ?? {};
  return Object.fromEntries(Object.entries(newest).map(([alarm, { at }]) => [alarm, at]));
}

export const entries = async (table: Table, id: string): Promise<readonly LedgerEntry[]> =>
  inOrder(await table.query(incidentPartition(id), prefixes.entry));

/** When incidents of the service were open, those that opened at or after `since`, oldest first. */
export async function incidents(table: Table, service: string, since: Instant) {
  return (await periods(table, service, since)).map((item) => ({
    id: textIn(item, 'incident'),
    openedAt: numberIn(item, 'openedAt'),
    closedAt: item.closedAt === undefined ? null : numberIn(item, 'closedAt'),
  }));
}

export async function recent(table: Table, service: string, since: Instant): Promise<readonly LedgerEntry[]> {
  const ids = (await periods(table, service, since)).map((item) => textIn(item, 'incident'));
  const found: LedgerEntry[] = [];
  for (const batch of inBatches(ids, atOnce)) {
    found.push(...(await Promise.all(batch.map((id) => entries(table, id)))).flat());
  }
  return found;
}

const periods = (table: Table, service: string, since: Instant): Promise<readonly Item[]> =>
  table.query(servicePartition(service), prefixes.incident, sortable(since));

export async function condemned(table: Table, service: string): Promise<readonly EntryOf<'ReleaseCondemned'>[]> {
  const items = await table.query(servicePartition(service), prefixes.release);
  return items.map(entryIn).filter((entry) => entry.kind === 'ReleaseCondemned');
}
