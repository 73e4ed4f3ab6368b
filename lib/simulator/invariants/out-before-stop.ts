import { eachDeed, knownUpTo } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/**
 * No task is stopped while one of its targets can be given requests. One that has only begun to be given some since the last look
 * nobody could know of; one that is registered and has passed no check yet is given none.
 */
export const outBeforeStop: Invariant = {
  name: 'out-before-stop',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const { servingSince } = deed;
      if (servingSince === null || servingSince > knownUpTo(record, deed)) return undefined;
      return 'while one of its targets could be given requests';
    }),
};
