import { textIn } from './items.ts';
import { changeOpen, type Step } from './ledger-change.ts';
import { headerKey } from './ledger-keys.ts';
import { listed } from './open-incidents.ts';
import type { Table } from './table.ts';

/** starting → started; nothing in any other status, nor for an incident that is over. */
export async function markStarted(table: Table, id: string): Promise<void> {
  const header = await table.get(headerKey(id));
  if (header === undefined) return;
  await changeOpen(table, textIn(header, 'service'), (open): Step<void> => {
    if (open?.incident.id !== id || open.incident.status !== 'starting') return { answer: undefined };
    const incident = { ...open.incident, status: 'started' } as const;
    return { answer: undefined, next: { ...open, incident }, writes: [listed(table, incident)] };
  });
}
