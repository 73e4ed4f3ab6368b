import { eachDeed } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** Every change carries out an order of its own kind that is in the ledger and was claimed. */
export const recordedIntent: Invariant = {
  name: 'recorded-intent',

  broken: (record) =>
    eachDeed(record, ({ action, at, incident, order, written }) => {
      if (written?.state !== 'started') return `without a claimed order (${written?.state ?? 'none'})`;
      const { kind } = written.order.proposal;
      if (kind !== action) return `for an order to ${kind}`;
      const intent = record.ledger.some(
        (entry) =>
          entry.kind === 'ActionStarted' && entry.incident === incident && entry.order.id === order && entry.at <= at,
      );
      return intent ? undefined : 'without an intent in the ledger';
    }),
};
