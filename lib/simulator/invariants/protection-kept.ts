import { eachDeed, isWayBack, knownUpTo, takesOut } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** A task that its team protects is neither stopped nor taken out in order to be stopped. */
export const protectionKept: Invariant = {
  name: 'protection-kept',

  broken: (record) =>
    eachDeed(record, (deed) =>
      takesOut(deed) && !isWayBack(deed) && (deed.protectedSince ?? deed.at) < knownUpTo(record, deed)
        ? 'though the task was protected'
        : undefined,
    ),
};
