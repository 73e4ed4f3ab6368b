import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import { eachDeed, putBackByEcs } from './deeds.ts';
import type { Invariant } from './invariant.ts';

const keyOf = ({ written }: Deed): string | undefined => written?.order.proposal.key;

/** ECS may have taken back what nobody heard the end of: then it looks as if it had never been done. */
const wasTakenBack = (record: RunRecord, earlier: Deed, { at }: Deed): boolean =>
  earlier.change === 'deregisterTargets' &&
  earlier.tasks.some((task) => putBackByEcs(record, earlier, task, earlier.at, at));

/** What was proposed is done once in an incident, however often it is ordered. */
export const oncePerProposal: Invariant = {
  name: 'once-per-proposal',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const earlier = record.deeds.slice(0, record.deeds.indexOf(deed));
      const same = earlier.find(
        (other) =>
          other.incident === deed.incident &&
          (other.order === deed.order || (keyOf(other) === keyOf(deed) && !wasTakenBack(record, other, deed))),
      );
      if (same === undefined) return undefined;
      return same.order === deed.order ? 'a second time for the same order' : 'a second time for the same proposal';
    }),
};
