import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { Ledger } from '../ports/ledger.ts';
import { append } from './ledger-append.ts';
import { answer, awaited, awaitWord } from './ledger-approvals.ts';
import { close, release } from './ledger-ending.ts';
import { markStarted } from './ledger-mark-started.ts';
import { claim, order, withdraw } from './ledger-orders.ts';
import { condemned, entries, heard as heardOf, incident, incidents, recent } from './ledger-reads.ts';
import { join, open } from './ledger-signals.ts';
import type { Table } from './table.ts';

/** Hears of entries once, when they were really written; never of a repetition. */
export type Listener = (written: readonly LedgerEntry[]) => void;

/** The ledger in DynamoDB; `ledger-keys.ts` shows how it lies there. */
export const awsLedger = (table: Table, heard: Listener = () => {}): Ledger => ({
  join: (signal) => join(table, signal),
  open: (signal, id, at, place = null) => open(table, signal, id, at, place),
  heard: (service) => heardOf(table, service),
  markStarted: (id) => markStarted(table, id),
  incident: (id) => incident(table, id),
  append: async (added) => heard(await append(table, added)),
  entries: (id) => entries(table, id),
  recent: (service, since) => recent(table, service, since),
  condemned: (service) => condemned(table, service),
  incidents: (service, since) => incidents(table, service, since),
  order: (ref) => order(table, ref),
  claim: (claimed, at) => claim(table, claimed, at),
  withdraw: (ref) => withdraw(table, ref),
  answer: async (entry) => {
    const written = await answer(table, entry);
    heard(written);
    return written.length > 0 ? 'answered' : 'stands-no-more';
  },
  awaitWord: (request, callbackId) => awaitWord(table, request, callbackId),
  awaited: (id) => awaited(table, id),
  close: async (entry, signalsSeen) => {
    const { said, written } = await close(table, entry, signalsSeen);
    heard(written);
    return said;
  },
  release: async (entry, signalsSeen) => {
    const { said, written } = await release(table, entry, signalsSeen);
    heard(written);
    return said;
  },
});
