import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { Invariant } from './invariant.ts';

/** A lap that was under way when the person asked may still order what it had decided, in ms. */
const slack = 90_000;

/** Once a person wants taken back what was done in an incident, nothing new is begun in it. */
export const undoIsHeeded: Invariant = {
  name: 'undo-is-heeded',

  broken: ({ incidents }) =>
    incidents.flatMap(({ incident, entries }) => {
      const asked = entries.find(({ kind }) => kind === 'UndoRequested');
      if (asked === undefined) return [];
      return entries
        .filter((entry) => isNew(entry) && entry.at > asked.at + slack)
        .map(({ at }) => ({
          at,
          says: `An act was begun in the incident ${incident.id}, whose undo was asked for at ${new Date(asked.at).toISOString()}.`,
        }));
    }),
};

const isNew = (entry: LedgerEntry): boolean => entry.kind === 'ActionStarted' && entry.order.undoes === null;
