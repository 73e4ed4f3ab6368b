import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import { isWayBack } from './deeds.ts';

/** One rung that changed something in another incident of the service, by when its newest change was ordered. */
export type Treatment = { readonly incident: string; readonly rung: string; readonly orderedAt: Instant };

/** What Paramedic did to the service in incidents before this one; ways back do not count. */
export function treatmentsBefore(record: RunRecord, deed: Deed): readonly Treatment[] {
  const rungs = new Map<string, Treatment>();
  for (const other of record.deeds) {
    if (other === deed) break;
    if (other.service !== deed.service || other.incident === deed.incident || isWayBack(other)) continue;
    const rung = other.written?.order.rung ?? '';
    const { incident } = other;
    rungs.set(`${incident}|${rung}`, { incident, rung, orderedAt: orderedAt(record, other) });
  }
  return [...rungs.values()];
}

function orderedAt({ ledger }: RunRecord, { incident, order, begun }: Deed): Instant {
  const intent = ledger.find(
    (entry) => entry.kind === 'ActionStarted' && entry.incident === incident && entry.order.id === order,
  );
  return intent?.at ?? begun;
}
