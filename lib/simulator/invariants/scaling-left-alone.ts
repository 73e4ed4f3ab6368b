import { eachDeed, isWayBack, knownUpTo, serviceOf } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** While Application Auto Scaling is at it, nothing is changed but that AWS may be told to stop a deployment. */
export const scalingLeftAlone: Invariant = {
  name: 'scaling-left-alone',

  broken: (record) =>
    eachDeed(record, (deed) => {
      if (deed.change === 'stopServiceDeployment' || isWayBack(deed)) return undefined;
      const activity = serviceOf(record, deed)?.scheduler.activities.find(
        ({ at, endedAt }) => at < knownUpTo(record, deed) && (endedAt === null || endedAt > deed.at),
      );
      return activity && `while it was being scaled to ${activity.desired}`;
    }),
};
