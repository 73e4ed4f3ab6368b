import { type Instant, inMillis } from '../../../lambdas/contract/time.ts';
import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { Published } from '../adapters/notifier.ts';
import type { RunRecord } from '../run-record.ts';
import { befell } from './deeds.ts';
import type { Invariant } from './invariant.ts';
import { toldIn } from './told.ts';

/** How long after the end a person may wait to hear of it, in ms; where a flood is on, the window and a minute or two more. */
const soon = 420_000;
const afterWindow = 180_000;

/** A person is told of every end of an incident in time, unless messages cannot be sent. */
export const personTold: Invariant = {
  name: 'person-told',

  broken: (record) =>
    record.incidents.flatMap(({ incident, entries }) => {
      const end = entries.find(({ kind }) => kind === 'RecoveryConfirmed' || kind === 'HandedOver');
      if (end === undefined) return [];
      const deadline = deadlineOf(record, end.at);
      if (deadline > record.endedAt || messagesHindered(record, incident.service, end.at, deadline)) return [];
      // What recovered before anybody was called need not be told of.
      if (end.kind === 'RecoveryConfirmed' && !entries.some(({ kind }) => kind === 'DiagnosisMade')) return [];
      const told = record.published.some((each) => each.at <= deadline && tellsOf(each, end));
      const says = `Nobody was told in time of the end (${end.kind}) of the incident ${incident.id} of ${incident.service}.`;
      return told ? [] : [{ at: end.at, says }];
    }),
};

/** A resolve after a recovery; after a hand-over anything else. The first that is handed over tells of others held for the same cause. */
function tellsOf({ at, message }: Published, end: LedgerEntry): boolean {
  const told = toldIn(message).filter(({ incident }) => incident === end.incident);
  if (end.kind === 'RecoveryConfirmed') return told.some(({ status }) => status === 'resolve');
  const needsYou = told.some(({ headline }) => headline.includes('NEEDS YOU'));
  return needsYou && (at >= end.at - 1000 || isHeldWithOthers(end));
}

const isHeldWithOthers = (end: LedgerEntry): boolean => end.kind === 'HandedOver' && end.reason === 'services.many';

/** Were there, around the end, as many messages as leave room for a summary only? */
function deadlineOf({ published, messages: { most, window } }: RunRecord, at: Instant): Instant {
  const length = inMillis(window);
  const around = published.filter((each) => each.at > at - length && each.at <= at + soon);
  const flood = around.some(
    ({ at: from }) => around.filter((each) => each.at >= from && each.at < from + length).length >= most - 1,
  );
  return at + soon + (flood ? length + afterWindow : 0);
}

/** Do calls to SNS or to the record of what was sent fail for a while after that? */
const messagesHindered = (record: RunRecord, service: string, at: Instant, deadline: Instant): boolean =>
  ['api-errors', 'api-throttled', 'api-timeouts', 'function-crashes'].some((kind) =>
    befell(record, kind, service, at, deadline),
  );
