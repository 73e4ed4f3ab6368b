import { inMillis } from '../../../lambdas/contract/time.ts';
import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import { eachDeed, isWayBack } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** What was undone is not done again to the same subject before its ban is over. Bans that may have decayed are not judged. */
export const bansKept: Invariant = {
  name: 'bans-kept',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const order = deed.written?.order;
      if (order === undefined || isWayBack(deed)) return undefined;
      const { first, most, decayEvery } = order.settings.limits.ban;
      const { key, repeats = key } = order.proposal;
      const undone = waysBackOf(record, deed, repeats);
      const [earliest, latest] = [undone[0], undone.at(-1)];
      if (earliest === undefined || latest === undefined) return undefined;
      if (deed.at - earliest.at >= inMillis(decayEvery)) return undefined;
      const ban = Math.min(inMillis(most), undone.length * inMillis(first));
      // It counts from when the way back was ordered, a little before it was done.
      const since =
        deed.at - (latest.written?.order.expiresAt ?? latest.at) + inMillis(order.settings.timing.orderExpires);
      return since < ban
        ? `${Math.round(since / 1000)} s after it was undone, where ${ban / 1000} s must pass`
        : undefined;
    }),
};

/** What took back the same act on the same subject, oldest first. */
const waysBackOf = ({ deeds }: RunRecord, deed: Deed, key: string): readonly Deed[] =>
  deeds.filter(
    (back) =>
      back.at < deed.begun &&
      back.service === deed.service &&
      isWayBack(back) &&
      deeds.some(
        ({ incident, order, written }) =>
          incident === back.incident &&
          order === back.written?.order.undoes &&
          (written?.order.proposal.repeats ?? written?.order.proposal.key) === key,
      ),
  );
