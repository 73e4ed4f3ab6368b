import { eachDeed, floorFor, secondsKnown, serviceOf, takesOut } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/**
 * Taking a task out never leaves fewer healthy ones than must remain. What was lost after the last look nobody could know of:
 * it must have been enough at some second from then on.
 */
export const healthyFloor: Invariant = {
  name: 'healthy-floor',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const service = serviceOf(record, deed);
      const { before, after } = deed.healthy;
      if (service === undefined || !takesOut(deed) || after >= before) return undefined;
      const { scheduler, truth } = service;
      const desiredAt = (second: number): number => scheduler.desiredAt(record.startedAt + second * 1000);
      const enough = secondsKnown(record, deed).some(
        (second) => truth.healthy(second) - (before - after) >= floorFor(deed, desiredAt(second)),
      );
      const floor = floorFor(deed, scheduler.desiredAt(deed.at));
      return enough || after >= floor ? undefined : `leaving ${after} healthy tasks where ${floor} must remain`;
    }),
};
