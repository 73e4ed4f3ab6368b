import { inMillis } from '../../../lambdas/contract/time.ts';
import { eachDeed, isWayBack } from './deeds.ts';
import type { Invariant } from './invariant.ts';
import { treatmentsBefore } from './treatments.ts';

/** After an incident that was treated, the next one is left alone for as long as the configuration says. */
export const restBetweenIncidents: Invariant = {
  name: 'rest-between-incidents',

  broken: (record) =>
    eachDeed(record, (deed) => {
      if (deed.written === undefined || isWayBack(deed)) return undefined;
      const rest = inMillis(deed.written.order.settings.limits.cooldown);
      const last = Math.max(...treatmentsBefore(record, deed).map(({ orderedAt }) => orderedAt));
      const since = deed.at - last;
      return since < rest
        ? `${Math.round(since / 1000)} s after the treatment of an earlier incident, where ${rest / 1000} s must pass`
        : undefined;
    }),
};
