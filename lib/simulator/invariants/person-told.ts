import type { Instant } from '../../../lambdas/contract/time.ts';
import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import { befell } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** How long after the end a person may wait to hear of it, in ms: a digest goes once a minute, a flood takes longer. */
const soon = 300_000;

/** A person is told of every end of an incident, unless messages cannot be sent. */
export const personTold: Invariant = {
  name: 'person-told',

  broken: (record) =>
    record.incidents.flatMap(({ incident, entries }) => {
      const end = entries.find(({ kind }) => kind === 'RecoveryConfirmed' || kind === 'HandedOver');
      if (end === undefined || end.at + soon > record.endedAt) return [];
      if (messagesHindered(record, incident.service, end.at)) return [];
      // What recovered before anybody was called need not be told of.
      if (end.kind === 'RecoveryConfirmed' && !entries.some(({ kind }) => kind === 'DiagnosisMade')) return [];
      const told = record.published.some(
        ({ at, message }) =>
          (at >= end.at - 1000 || (isHeldWithOthers(end) && at >= incident.openedAt && message.kind !== 'opened')) &&
          message.dedupKey.split(',').includes(incident.id),
      );
      const says = `Nobody was told of the end (${end.kind}) of the incident ${incident.id} of ${incident.service}.`;
      return told ? [] : [{ at: end.at, says }];
    }),
};

/** The first of them that is handed over tells of the others that are held for the same cause. */
const isHeldWithOthers = (end: LedgerEntry): boolean => end.kind === 'HandedOver' && end.reason === 'services.many';

/** Do calls to SNS or to the record of what was sent fail for a while after that? */
const messagesHindered = (record: Parameters<Invariant['broken']>[0], service: string, at: Instant): boolean =>
  ['api-errors', 'api-throttled', 'api-timeouts', 'function-crashes'].some((kind) =>
    befell(record, kind, service, at, at + soon),
  );
