import type { FleetRecord } from '../contract/fleet-record.ts';
import type { FleetLimits } from '../contract/settings.ts';
import type { Instant } from '../contract/time.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { Fleet } from '../ports/fleet.ts';
import { giveBack, settle, settleAll } from './guard/in-flight.ts';

type Change = (record: FleetRecord, limits: FleetLimits, at: Instant) => FleetRecord;

/**
 * What these entries say of acts in flight is told to all services: that one was verified, was never made, or is verified by
 * nobody any more since its incident has ended. Safe to repeat, and no reason to stop when it cannot be written: an act of
 * which nothing is heard has failed when its time is over.
 */
export async function settleFleet(
  fleet: Pick<Fleet, 'update'>,
  entries: readonly LedgerEntry[],
  limits: FleetLimits,
  at: Instant,
): Promise<void> {
  const changes = entries.flatMap(changeOf);
  if (changes.length === 0) return;
  try {
    await fleet.update((record) => ({
      record: changes.reduce((each, change) => change(each, limits, at), record),
      result: null,
    }));
  } catch {
    // See above.
  }
}

function changeOf(entry: LedgerEntry): readonly Change[] {
  const { incident } = entry;
  switch (entry.kind) {
    case 'CheckMade': {
      const ref = { incidentId: incident, orderId: entry.orderId };
      // ECS took it back: it says nothing of whether it was right.
      if (entry.check === 'came-back') return [(record) => giveBack(record, ref)];
      const failed = entry.check !== 'helped';
      return [(record, limits, at) => settle(record, ref, failed, limits, at)];
    }
    case 'ActionCompleted': {
      if (entry.result.kind !== 'refused') return [];
      const ref = { incidentId: incident, orderId: entry.orderId };
      if (entry.result.reason === 'order.withdrawn') return [(record) => giveBack(record, ref)];
      // Its function gives back the place of what it refused; what still has one was begun, and never made.
      return [(record, limits, at) => settle(record, ref, true, limits, at)];
    }
    case 'HandedOver':
    case 'RecoveryConfirmed':
      return [(record, limits, at) => settleAll(record, incident, limits, at)];
    default:
      return [];
  }
}
