import { eachDeed, isWayBack, knownUpTo, serviceOf } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** While a deployment runs, nothing is changed but that AWS may be told to stop it and go back. */
export const handsOffDeployments: Invariant = {
  name: 'hands-off-deployments',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const rollouts = serviceOf(record, deed)?.rollouts;
      if (rollouts === undefined || deed.change === 'stopServiceDeployment' || isWayBack(deed)) return undefined;
      const running = rollouts.all.find(
        ({ startedAt, finishedAt }) =>
          startedAt < knownUpTo(record, deed) && (finishedAt === null || finishedAt > deed.at),
      );
      return running && `while a deployment of ${running.release.revision} was running`;
    }),
};
