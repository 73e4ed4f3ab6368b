import { eachDeed } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** No change is made on a service while another has no result yet. */
export const oneChangeAtATime: Invariant = {
  name: 'one-change-at-a-time',

  broken: (record) =>
    eachDeed(record, ({ unfinished: [other] }) =>
      other === undefined ? undefined : `while ${other.proposal.kind} on the same service had no result yet`,
    ),
};
