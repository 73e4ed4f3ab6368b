import { eachDeed, secondsKnown, serviceOf, takesOut } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/**
 * Where no request crosses zones, taking a task out never leaves its zone without a healthy one: it must have had another at some
 * second that its function may have seen.
 */
export const zoneServes: Invariant = {
  name: 'zone-serves',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const service = serviceOf(record, deed);
      if (service === undefined || !takesOut(deed) || deed.healthy.after >= deed.healthy.before) return undefined;
      const { fleet, truth } = service;
      const zones = [...fleet.tasks, ...fleet.stopped].filter(({ arn }) => deed.tasks.includes(arn)).map((t) => t.zone);
      const bared = zones.find((zone) => secondsKnown(record, deed).every((s) => truth.healthyIn(zone, s) === 1));
      return bared && `as the last healthy task of zone ${bared}`;
    }),
};
