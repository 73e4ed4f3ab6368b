import { inMillis } from '../../../lambdas/contract/time.ts';
import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import { eachDeed, isWayBack, knownUpTo } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** After so many acts on a service that failed within a time, as the ledger has it, nothing is done for as long. */
export const failuresEnd: Invariant = {
  name: 'failures-end',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const limit = deed.written?.order.settings.limits.failures;
      if (limit === undefined || isWayBack(deed)) return undefined;
      const known = knownUpTo(record, deed);
      const failed = record.ledger.filter(
        (entry) => entry.service === deed.service && entry.at < known && isFailure(entry),
      );
      // Counted by when they were ordered: an act whose order is older than that is none of these.
      const recent = failed.filter((entry) => orderedAt(record.ledger, entry) > deed.at - inMillis(limit.blockFor));
      const acts = new Set(recent.map((entry) => `${entry.incident}|${'orderId' in entry ? entry.orderId : ''}`));
      return acts.size >= limit.count
        ? `after ${acts.size} acts that failed, where ${limit.count} are enough`
        : undefined;
    }),
};

const isFailure = (entry: LedgerEntry): boolean =>
  (entry.kind === 'CheckMade' && entry.check === 'worse') ||
  (entry.kind === 'ActionCompleted' && entry.result.kind === 'refused' && entry.result.reason === 'change.rejected');

/** When the act that the entry speaks of was ordered. */
const orderedAt = (ledger: readonly LedgerEntry[], entry: LedgerEntry): number =>
  ledger.find(
    (other) =>
      other.kind === 'ActionStarted' &&
      other.incident === entry.incident &&
      'orderId' in entry &&
      other.order.id === entry.orderId,
  )?.at ?? 0;
