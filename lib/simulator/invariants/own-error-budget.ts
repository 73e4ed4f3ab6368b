import { inMillis } from '../../../lambdas/contract/time.ts';
import { beginsRung, checksOf, spreading } from './acts-elsewhere.ts';
import { eachDeed, isRepeated, isWayBack } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** Nothing new is begun while too much of what was done lately has failed, whichever services it was done to. */
export const ownErrorBudget: Invariant = {
  name: 'own-error-budget',

  broken: (record) =>
    eachDeed(record, (deed) => {
      if (deed.written === undefined || !beginsRung(record, deed)) return undefined;
      const { share, atLeast, within } = deed.written.order.settings.fleet.errorBudget;
      const known = record.deeds
        .filter((other) => !isWayBack(other) && !isRepeated(other))
        .flatMap((other) => checksOf(record, other).slice(0, 1))
        .filter(({ check }) => check !== 'came-back')
        .filter(({ at }) => at <= deed.begun - spreading && at > deed.at - inMillis(within));
      const failed = known.filter(({ check }) => check !== 'helped').length;
      // What was verified in the last minute may have helped, and made it bearable again.
      const helpedSince = record.ledger.some(
        ({ kind, at }) => kind === 'CheckMade' && at > deed.begun - spreading && at <= deed.at,
      );
      return known.length >= atLeast && failed > share * known.length && !helpedSince
        ? `though ${failed} of ${known.length} acts had failed lately`
        : undefined;
    }),
};
