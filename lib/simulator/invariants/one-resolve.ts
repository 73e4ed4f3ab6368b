import type { RunRecord } from '../run-record.ts';
import type { Invariant } from './invariant.ts';
import { toldIn } from './told.ts';

/** An incident that recovered is resolved once for those who were told of it; one that was handed over is theirs to resolve. */
export const oneResolve: Invariant = {
  name: 'one-resolve',

  broken: (record) =>
    record.incidents.flatMap(({ incident, entries }) => {
      const recovered = entries.some(({ kind }) => kind === 'RecoveryConfirmed');
      const resolved = resolves(record, incident.id);
      const at = entries.at(-1)?.at ?? incident.openedAt;
      const told = `The incident ${incident.id} of ${incident.service}`;
      if (!recovered && resolved > 0) return [{ at, says: `${told} was resolved for people and has not recovered.` }];
      // SNS knows no duplicates: a process that dies between publishing and the note of it publishes again.
      const mayRepeat = record.deaths + record.lostAnswers;
      return resolved > 1 + mayRepeat ? [{ at, says: `${told} was resolved ${resolved} times.` }] : [];
    }),
};

/** In a message of its own or in a summary: each counts. */
const resolves = ({ published }: RunRecord, id: string): number =>
  published
    .flatMap(({ message }) => toldIn(message))
    .filter(({ incident, status }) => incident === id && status === 'resolve').length;
