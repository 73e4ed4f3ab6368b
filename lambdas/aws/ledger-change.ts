import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type OpenItem, putOpen, readOpen } from './ledger-open-item.ts';
import type { Clash, Table } from './table.ts';

/** What a writer makes of the service's open item: nothing but an answer, or its successor and what goes with it. */
export type Step<T> =
  | { readonly answer: T }
  | { readonly answer: T; readonly next: OpenItem; readonly writes: readonly TransactWriteItem[] };

/** Rivals of one service at a time; each attempt that fails means that another writer succeeded. */
const attempts = 60;

/**
 * Reads the service's open item, decides, and writes in one transaction that fails if the item has changed since; then all
 * is read and decided again. `met` hears of the clashes of the further writes before that, in their order.
 */
export async function changeOpen<T>(
  table: Table,
  service: string,
  decide: (open: OpenItem | undefined) => Step<T> | Promise<Step<T>>,
  met: (clashes: readonly Clash[]) => void = () => {},
): Promise<T> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const open = await readOpen(table, service);
    const step = await decide(open);
    if (!('next' in step)) return step.answer;
    const clashes = await table.transact([putOpen(table, open, step.next), ...step.writes]);
    if (clashes === undefined) return step.answer;
    met(clashes.slice(1));
    await table.breathe(attempt);
  }
  throw new Error(`The ledger of ${service} kept changing under our hands.`);
}
