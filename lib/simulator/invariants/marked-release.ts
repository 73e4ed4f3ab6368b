import { eachDeed, serviceOf } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** A release that is marked as not to be rolled back is never rolled back from. */
export const markedRelease: Invariant = {
  name: 'marked-release',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const subject = deed.written?.order.proposal.subject;
      if (subject === undefined || !('way' in subject)) return undefined;
      const left = serviceOf(record, deed)?.rollouts.all.find(({ release }) => release.taskDefinition === subject.from);
      const why = left?.release.noRollback ?? null;
      return why === null ? undefined : `though ${left?.release.revision} says: ${why}`;
    }),
};
