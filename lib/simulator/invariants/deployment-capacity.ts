import { eachDeed, floorFor, replacesAll, secondsKnown, serviceOf } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** A deployment that Paramedic begins keeps the healthy floor, and has room to begin with. */
export const deploymentCapacity: Invariant = {
  name: 'deployment-capacity',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const service = serviceOf(record, deed);
      if (service === undefined || !replacesAll(deed)) return undefined;
      const { minimumHealthyPercent, maximumPercent } = service.spec;
      const faults = secondsKnown(record, deed).map((second) => {
        const desired = service.scheduler.desiredAt(record.startedAt + second * 1000);
        const [kept, floor] = [Math.ceil((desired * minimumHealthyPercent) / 100), floorFor(deed, desired)];
        if (kept < floor) return `though it keeps only ${kept} of ${desired} tasks where ${floor} must remain`;
        return Math.floor((desired * maximumPercent) / 100) > desired ? undefined : 'without room for one task more';
      });
      return faults.includes(undefined) ? undefined : faults.at(-1);
    }),
};
