import { eachDeed } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** Nothing is claimed for an incident that has ended: a person owns it, or nobody need. */
export const nothingAfterTheEnd: Invariant = {
  name: 'nothing-after-the-end',

  broken: (record) =>
    eachDeed(record, ({ incidentEnded }) => (incidentEnded ? 'for an incident that had ended' : undefined)),
};
