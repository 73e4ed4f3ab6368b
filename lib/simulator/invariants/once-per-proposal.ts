import type { Deed } from '../deed.ts';
import { cameBack, eachDeed } from './deeds.ts';
import type { Invariant } from './invariant.ts';

const keyOf = ({ written }: Deed): string | undefined => written?.order.proposal.key;

/** Registering a copy changes nothing yet: it is half of the change, and is done once as well. */
const isHalf = ({ change }: Deed): boolean => change === 'registerTaskDefinition';

/**
 * What was proposed is done once in an incident, however often it is ordered, and at most one copy is registered for it; a
 * target that came back is taken out again.
 */
export const oncePerProposal: Invariant = {
  name: 'once-per-proposal',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const earlier = record.deeds.slice(0, record.deeds.indexOf(deed));
      const same = earlier.findLast(
        (other) =>
          other.incident === deed.incident &&
          isHalf(other) === isHalf(deed) &&
          (other.order === deed.order || keyOf(other) === keyOf(deed)),
      );
      if (same === undefined) return undefined;
      const isBack = deed.tasks.some((task) => cameBack(record, deed, task, same.at, deed.at));
      if (same.order !== deed.order && deed.change === 'deregisterTargets' && isBack) return undefined;
      return same.order === deed.order ? 'a second time for the same order' : 'a second time for the same proposal';
    }),
};
