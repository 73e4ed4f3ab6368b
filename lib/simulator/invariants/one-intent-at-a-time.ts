import { eachDeed } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** No change is made on a service while it is not known whether another one was: not even when its workflow has died since. */
export const oneIntentAtATime: Invariant = {
  name: 'one-intent-at-a-time',

  broken: (record) =>
    eachDeed(record, ({ unsettled: [other] }) =>
      other === undefined
        ? undefined
        : `while nobody knew whether ${other.proposal.kind} (${other.proposal.subjectName}) had been done`,
    ),
};
