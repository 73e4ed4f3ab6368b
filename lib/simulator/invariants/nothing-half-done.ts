import type { Instant } from '../../../lambdas/contract/time.ts';
import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { KeptIncident } from '../adapters/ledger-store.ts';
import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import { cameBack, serviceOf } from './deeds.ts';
import type { Breach, Invariant } from './invariant.ts';

/**
 * When an incident ends, no task is left out of the load balancer that ECS would never replace: it was put back, came back, or
 * was stopped, or a person is told that it is still out.
 */
export const nothingHalfDone: Invariant = {
  name: 'nothing-half-done',

  broken: (record) => record.incidents.flatMap((kept) => leftBehind(record, kept)),
};

const isEnd = ({ kind }: LedgerEntry): boolean => kind === 'RecoveryConfirmed' || kind === 'HandedOver';

function leftBehind(record: RunRecord, { incident, entries }: KeptIncident): readonly Breach[] {
  const end = entries.find(isEnd);
  if (end === undefined) return [];
  const told = end.kind === 'HandedOver' ? end.leftUndone.length : 0;
  const deeds = record.deeds.filter((deed) => deed.incident === incident.id);
  const out = deeds.filter((deed) => deed.change === 'deregisterTargets' && isStillOut(record, deed, deeds, end.at));
  return out.length <= told
    ? []
    : [
        {
          at: end.at,
          says: `The incident ${incident.id} of ${incident.service} ended (${end.kind}) and ${out.length} of its tasks are out of the load balancer; ${told} are told of.`,
        },
      ];
}

/** The task runs on at the end, and nothing since has put it back or stopped it. */
function isStillOut(record: RunRecord, deed: Deed, deeds: readonly Deed[], end: Instant): boolean {
  const fleet = serviceOf(record, deed)?.fleet;
  const task = [...(fleet?.tasks ?? []), ...(fleet?.stopped ?? [])].find(({ arn }) => deed.tasks.includes(arn));
  if (task === undefined || (!task.live && (task.stoppedAt ?? end) < end + leaving)) return false;
  if (cameBack(record, deed, task.arn, deed.at, end)) return false;
  const later = deeds.filter((other) => other.at >= deed.at && other !== deed && other.tasks.includes(task.arn));
  return !later.some(({ change }) => change === 'registerTargets' || change === 'stopTask');
}

/** A task that is going by itself may take so long, in ms, until it has stopped. */
const leaving = 330_000;
