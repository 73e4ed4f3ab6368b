import { eachDeed, knownUpTo, lastedThrough, takesOut } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** While traffic is shifted away from a zone, nothing is taken out. */
export const shiftedZone: Invariant = {
  name: 'shifted-zone',

  broken: (record) =>
    eachDeed(record, (deed) =>
      takesOut(deed) && lastedThrough(record, 'zonal-shift', deed.service, knownUpTo(record, deed), deed.at)
        ? 'while traffic was shifted away from a zone'
        : undefined,
    ),
};
