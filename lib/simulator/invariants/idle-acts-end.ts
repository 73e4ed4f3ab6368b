import { inMillis } from '../../../lambdas/contract/time.ts';
import type { RunRecord } from '../run-record.ts';
import { eachDeed, isWayBack, knownUpTo } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** After so many acts on a service that had no effect, as the ledger has it, a person is next. */
export const idleActsEnd: Invariant = {
  name: 'idle-acts-end',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const limit = deed.written?.order.settings.limits.ineffective;
      if (limit === undefined || isWayBack(deed)) return undefined;
      const known = knownUpTo(record, deed);
      const since = deed.at - inMillis(limit.within);
      const idle = record.ledger.filter(
        (entry) =>
          entry.kind === 'CheckMade' &&
          entry.check === 'no-change' &&
          entry.service === deed.service &&
          entry.at < known &&
          wasTreatment(record, entry.incident, entry.orderId, since),
      ).length;
      return idle >= limit.count ? `after ${idle} acts without effect, where ${limit.count} are enough` : undefined;
    }),
};

/** It was ordered since then, and took nothing back. */
const wasTreatment = ({ ledger }: RunRecord, incident: string, orderId: string, since: number): boolean =>
  ledger.some(
    (entry) =>
      entry.kind === 'ActionStarted' &&
      entry.incident === incident &&
      entry.order.id === orderId &&
      entry.order.undoes === null &&
      entry.at > since,
  );
