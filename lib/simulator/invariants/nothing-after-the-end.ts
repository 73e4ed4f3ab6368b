import { eachDeed } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** Nothing is changed for an incident that has ended: a person owns it, or nobody need. */
export const nothingAfterTheEnd: Invariant = {
  name: 'nothing-after-the-end',

  broken: (record) =>
    eachDeed(record, ({ incident, claimedAt }) => {
      const end = record.ledger.find(
        ({ kind, incident: of }) => of === incident && (kind === 'RecoveryConfirmed' || kind === 'HandedOver'),
      );
      return end !== undefined && claimedAt !== null && claimedAt > end.at + slack
        ? `for an incident that had ended (${end.kind})`
        : undefined;
    }),
};

/** The end bears the time at which it was decided; until it is in the ledger some seconds pass. */
const slack = 60_000;
