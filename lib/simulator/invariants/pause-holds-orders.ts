import type { Invariant } from './invariant.ts';

/** A look takes so long at most, in ms, with every repetition: what was ordered later knew of the pause. */
const longestLook = 90_000;

/** Nothing is ordered during a pause, nor while nobody can tell: a person who has paused reads of no new intent. */
export const pauseHoldsOrders: Invariant = {
  name: 'pause-holds-orders',

  broken: ({ ledger, held, startedAt }) =>
    ledger.flatMap((entry) => {
      if (entry.kind !== 'ActionStarted') return [];
      const { at, service, order } = entry;
      const pause = held.find(
        (each) =>
          (each.service === null || each.service === service) &&
          each.from + longestLook < at &&
          (each.until === null || each.until > at),
      );
      if (pause === undefined) return [];
      const [ordered, since] = [at, pause.from].map((instant) => Math.round((instant - startedAt) / 1000));
      return [{ at, says: `At ${ordered} s ${order.proposal.kind} was ordered on ${service}, held since ${since} s.` }];
    }),
};
