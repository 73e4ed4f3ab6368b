import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../contract/time.ts';
import type { Neighbourhood } from '../model/fleet.ts';
import type { Incident } from '../model/incident.ts';
import type { EntryOf } from '../model/ledger-entry.ts';
import type { Signal } from '../model/signal.ts';
import type { Joined } from '../ports/ledger.ts';
import { n, s } from './items.ts';
import { changeOpen, type Step } from './ledger-change.ts';
import { writesOf } from './ledger-entry-items.ts';
import { opened } from './ledger-fleet-items.ts';
import { entryKey, headerKey, periodKey } from './ledger-keys.ts';
import type { OpenItem } from './ledger-open-item.ts';
import { listed } from './open-incidents.ts';
import type { Table } from './table.ts';

/** Adds a signal to what is open; in one transaction with its entry and the count that closing depends on. */
export const join = (table: Table, signal: Signal): Promise<Joined> =>
  changeOpen(table, signal.service, (open) => joinTo(table, open, signal));

async function joinTo(table: Table, open: OpenItem | undefined, signal: Signal): Promise<Step<Joined>> {
  if (open === undefined) return { answer: { kind: 'nothing-open' } };
  const { incident } = open;
  // An alarm's newest state outlives its incident: an event that comes twice must not open a second one.
  const heard = open.newest[signal.alarm];
  if (heard?.id === signal.id) return { answer: { kind: 'duplicate', incident } };
  if (heard !== undefined && heard.at > signal.at) {
    const entry = received(incident, signal);
    const known = await table.get(entryKey(entry.incident, entry.id));
    return { answer: { kind: known === undefined ? 'overtaken' : 'duplicate', incident } };
  }
  if (incident.status === 'closed') return { answer: { kind: 'nothing-open' } };
  const answer = { kind: 'joined', incident } as const;
  return { answer, next: hearing(open, signal), writes: writesOf(table, received(incident, signal), open.seq) };
}

/** Opens an incident with a signal, or joins the one that was opened first. */
export const open = (
  table: Table,
  signal: Signal,
  id: string,
  at: Instant,
  place: Neighbourhood | null,
): Promise<Incident> =>
  changeOpen(
    table,
    signal.service,
    async (before) => {
      if (before !== undefined && before.incident.status !== 'closed') {
        return { ...(await joinTo(table, before, signal)), answer: before.incident };
      }
      const fence = (before?.incident.fence ?? 0) + 1;
      const incident: Incident = { id, service: signal.service, openedAt: at, fence, status: 'starting' };
      const next = hearing(
        { incident, signals: 0, seq: 0, newest: before?.newest ?? {}, inFlight: before?.inFlight ?? null },
        signal,
      );
      const entry = writesOf(table, received(incident, signal), 0);
      const writes = [...births(table, incident), ...entry, opened(table, incident, place), listed(table, incident)];
      return { answer: incident, next, writes };
    },
    ([header]) => {
      if (header !== undefined) throw new Error(`An incident ${id} exists already.`);
    },
  );

/** Where an incident is found by its id, and when it was open. The first clashes when the id was used before. */
function births(table: Table, { id, service, openedAt, fence }: Incident): readonly TransactWriteItem[] {
  const header = { ...headerKey(id), service: s(service), openedAt: n(openedAt), fence: n(fence) };
  const period = { ...periodKey(service, openedAt, id), incident: s(id), openedAt: n(openedAt) };
  const isNew = { TableName: table.name, ConditionExpression: 'attribute_not_exists(pk)' };
  return [{ Put: { Item: header, ...isNew } }, { Put: { Item: period, ...isNew } }];
}

const hearing = (open: OpenItem, signal: Signal): OpenItem => ({
  ...open,
  signals: open.signals + 1,
  seq: open.seq + 1,
  newest: { ...open.newest, [signal.alarm]: { id: signal.id, at: signal.at } },
});

const received = ({ id, service }: Incident, signal: Signal): EntryOf<'SignalReceived'> => ({
  kind: 'SignalReceived',
  id: `signal ${signal.id}`,
  incident: id,
  service,
  at: signal.at,
  signal,
});
