import { cameBack, eachDeed, knownUpTo } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** No task is stopped while one of its targets can be given requests; what came back since the last look nobody could know of. */
export const outBeforeStop: Invariant = {
  name: 'out-before-stop',

  broken: (record) =>
    eachDeed(record, (deed) => {
      if (deed.change !== 'stopTask') return undefined;
      const known = deed.serving.filter((task) => !cameBack(record, deed, task, knownUpTo(record, deed), deed.at));
      return known.length > 0 ? 'while one of its targets could be given requests' : undefined;
    }),
};
