import { eachDeed } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** What lies between the last look and the claim, with every repetition, in ms. */
const slack = 30_000;

/** Nothing is done for an order that was claimed after its time: somebody may have settled by then that it never was. */
export const orderInTime: Invariant = {
  name: 'order-in-time',

  broken: (record) =>
    eachDeed(record, ({ claimedAt, written }) => {
      const expires = written?.order.expiresAt;
      if (claimedAt === null || expires === undefined || claimedAt <= expires + slack) return undefined;
      return `for an order that had expired ${Math.round((claimedAt - expires) / 1000)} s before`;
    }),
};
