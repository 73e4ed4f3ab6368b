import { eachDeed } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** Nothing is changed that was claimed during a pause, or while nobody could tell whether there was one. */
export const pauseHoldsChanges: Invariant = {
  name: 'pause-holds-changes',

  broken: (record) =>
    eachDeed(record, ({ service, claimedAt }) => {
      if (claimedAt === null) return undefined;
      const held = record.held.some(
        (each) =>
          (each.service === null || each.service === service) &&
          each.from < claimedAt &&
          (each.until === null || each.until > claimedAt),
      );
      return held ? 'though it was claimed while changes were held' : undefined;
    }),
};
