import { eachDeed, isWayBack, knownUpTo, lastedThrough } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** While CloudFormation changes the service's stack, nothing is changed but that AWS may be told to stop a deployment. */
export const stackLeftAlone: Invariant = {
  name: 'stack-left-alone',

  broken: (record) =>
    eachDeed(record, (deed) => {
      if (deed.change === 'stopServiceDeployment' || isWayBack(deed)) return undefined;
      return lastedThrough(record, 'stack-update', deed.service, knownUpTo(record, deed), deed.at)
        ? 'while its stack was being changed'
        : undefined;
    }),
};
