import type { Freeze } from '../../../lambdas/contract/settings.ts';
import { type Instant, inMillis } from '../../../lambdas/contract/time.ts';
import { eachDeed, isWayBack, knownUpTo } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** Nothing is changed in the times that the configuration names; a way back is free. */
export const freezeHoldsChanges: Invariant = {
  name: 'freeze-holds-changes',

  broken: (record) =>
    eachDeed(record, (deed) => {
      if (isWayBack(deed)) return undefined;
      const span = [knownUpTo(record, deed), deed.at];
      const held = deed.written?.order.settings.freezes.find((freeze) => span.every((at) => isIn(freeze, at)));
      return held && `in a time in which nothing is changed (${held.why})`;
    }),
};

function isIn(freeze: Freeze, at: Instant): boolean {
  if ('from' in freeze) return freeze.from <= at && at < freeze.until;
  const begins = new Date(at);
  begins.setUTCDate(begins.getUTCDate() - ((begins.getUTCDay() - freeze.weekday + 7) % 7));
  begins.setUTCHours(0, freeze.minute, 0, 0);
  const since = at - begins.getTime();
  const week = 7 * 86_400_000;
  return (since + week) % week < inMillis(freeze.lasts);
}
