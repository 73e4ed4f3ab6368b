import { befell, eachDeed, knownUpTo, serviceOf } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** A restart brings up the image that ran before it. A tag that moved since the last look nobody could know of. */
export const restartSameRelease: Invariant = {
  name: 'restart-same-release',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const rollouts = serviceOf(record, deed)?.rollouts;
      if (rollouts === undefined || deed.change !== 'forceNewDeployment') return undefined;
      const place = rollouts.all.findIndex(({ startedAt }) => startedAt <= deed.at);
      const restart = rollouts.all[place];
      const before = rollouts.all.slice(place + 1).find(({ status }) => status === 'successful');
      if (restart === undefined || before === undefined || restart.digest === before.digest) return undefined;
      return befell(record, 'image-moved', deed.service, knownUpTo(record, deed), deed.at) &&
        record.faults.every(
          (fault) => fault.kind !== 'image-moved' || record.startedAt + fault.at >= knownUpTo(record, deed),
        )
        ? undefined
        : 'though the tag of its image names other contents now';
    }),
};
