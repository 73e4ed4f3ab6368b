import type { EntryOf } from '../../../lambdas/model/ledger-entry.ts';
import type { Order } from '../../../lambdas/model/order.ts';
import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import { eachDeed, isWayBack, secondsKnown, serviceOf } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/**
 * In approve mode nothing is changed without an approval: given before the change and in time, for that very proposal, in the
 * world it was asked in. One approval is for a whole rung.
 */
export const approvedChanges: Invariant = {
  name: 'approved-changes',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const order = deed.written?.order;
      if (order === undefined || isWayBack(deed)) return undefined;
      const { mode, actionModes } = order.settings;
      return (actionModes[deed.action] ?? mode) === 'approve' ? unapproved(record, deed, order) : undefined;
    }),
};

function unapproved(record: RunRecord, deed: Deed, { proposal, rung }: Order): string | undefined {
  const { ledger } = record;
  const asked = ledger.filter(
    (entry): entry is EntryOf<'ApprovalRequested'> =>
      entry.kind === 'ApprovalRequested' &&
      entry.incident === deed.incident &&
      entry.request.rung === rung &&
      entry.request.proposals.some(({ key }) => key === (proposal.repeats ?? proposal.key)),
  );
  const approved = asked.filter(({ request }) => wasApproved(ledger, deed, request.id, request.expiresAt));
  if (approved.length === 0) return 'without an approval that counts';
  const [{ request }] = approved.slice(-1) as [EntryOf<'ApprovalRequested'>];
  const service = serviceOf(record, deed);
  if (service === undefined || request.proposals[0]?.key !== proposal.key) return undefined;
  const { desired } = request.world;
  const asAsked = secondsKnown(record, deed).some(
    (second) => service.scheduler.desiredAt(record.startedAt + second * 1000) === desired,
  );
  return asAsked ? undefined : `as approved when ${desired} tasks were desired, which was so no more`;
}

/** Was it given before the change, in time, first of all answers, and not voided before it was claimed? */
function wasApproved(ledger: RunRecord['ledger'], deed: Deed, requestId: string, expiresAt: number): boolean {
  const words = ledger.filter(
    (entry) => 'requestId' in entry && entry.incident === deed.incident && entry.requestId === requestId,
  );
  const [first] = words;
  const voided = words.some(({ kind, at }) => kind === 'ApprovalVoided' && at < (deed.claimedAt ?? deed.at));
  return first?.kind === 'ApprovalGiven' && first.at <= Math.min(expiresAt, deed.at) && !voided;
}
