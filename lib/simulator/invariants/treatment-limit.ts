import { inMillis } from '../../../lambdas/contract/time.ts';
import { eachDeed, isWayBack } from './deeds.ts';
import type { Invariant } from './invariant.ts';
import { treatmentsBefore } from './treatments.ts';

/** A service is not treated more often within a time than the configuration says. */
export const treatmentLimit: Invariant = {
  name: 'treatment-limit',

  broken: (record) =>
    eachDeed(record, (deed) => {
      if (deed.written === undefined || isWayBack(deed)) return undefined;
      const { count, within } = deed.written.order.settings.limits.repeatLimit;
      const since = deed.at - inMillis(within);
      const treated = treatmentsBefore(record, deed).filter(({ orderedAt }) => orderedAt > since).length;
      return treated >= count ? `after ${treated} treatments where ${count} are allowed` : undefined;
    }),
};
