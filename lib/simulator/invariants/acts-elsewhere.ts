import { type Instant, inMillis } from '../../../lambdas/contract/time.ts';
import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import { isWayBack } from './deeds.ts';

/** How long what was found out at one service may take, in ms, until it is written down for all of them. */
export const spreading = 60_000;

/** It begins something: it takes nothing back, and completes nothing that has helped so far, or that ECS took back. */
export const beginsRung = (record: RunRecord, deed: Deed): boolean =>
  deed.written !== undefined && !isWayBack(deed) && !completes(record, deed);

function completes(record: RunRecord, { incident, at, written }: Deed): boolean {
  const rung = written?.order.rung;
  const before = record.deeds.filter(
    (other) => other.incident === incident && other.at < at && other.written?.order.rung === rung,
  );
  return before.some((other) =>
    checksOf(record, other).some(({ check }) => check === 'helped' || check === 'came-back'),
  );
}

/** What verifying the act said. */
export const checksOf = ({ ledger }: RunRecord, { incident, order }: Deed) =>
  ledger.flatMap((entry) =>
    entry.kind === 'CheckMade' && entry.incident === incident && entry.orderId === order ? [entry] : [],
  );

/** When the act was verified, or its incident ended without that; never later than the act itself says. */
export function inFlightUntil(record: RunRecord, deed: Deed): Instant {
  const ends = record.ledger.filter((entry) => isEndOf(entry, deed)).map(({ at }) => at);
  const order = deed.written?.order;
  const latest = order === undefined ? deed.at : order.expiresAt + inMillis(order.proposal.expects.by);
  return Math.min(latest, ...ends);
}

/** An incident may be ended by another function between the claim and the change. */
function isEndOf(entry: LedgerEntry, { incident, order, at, claimedAt }: Deed): boolean {
  if (entry.incident !== incident) return false;
  if (entry.kind === 'CheckMade' || entry.kind === 'ActionCompleted')
    return entry.orderId === order && (entry.kind === 'CheckMade' || entry.result.kind === 'refused');
  return entry.at >= (claimedAt ?? at) && (entry.kind === 'HandedOver' || entry.kind === 'RecoveryConfirmed');
}
