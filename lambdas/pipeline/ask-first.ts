import type { ReasonCode } from '../contract/reasons.ts';
import { after, type Instant } from '../contract/time.ts';
import type { Approval, ApprovalRequest, Asked } from '../model/approval.ts';
import type { Proposal } from '../model/proposal.ts';
import type { Ruling } from '../model/verdict.ts';
import { changedSince, worldSeen } from './guard/world-seen.ts';
import type { Lap, Move, Stopped } from './lap.ts';
import { clockTime } from './notify/wording.ts';

/** So often a person is asked anew because the world has changed; in one that changes faster than people answer, they act themselves. */
const mostVoided = 3;

/** What is to be approved: the act whose turn it is, and those that belong to it. */
export type Question = { readonly rung: string; readonly acts: readonly Proposal[]; readonly ruling: Ruling };

/**
 * The approval to do this now; or the wait for one; or why there will be none. One approval is for the whole rung: half a rung
 * would be worse than none.
 */
export function askFirst(
  lap: Lap,
  question: Question,
): Move | Stopped | { readonly kind: 'approved'; readonly by: Approval } {
  const [first] = question.acts;
  const asked = first && requestFor(lap, question.rung, first);
  if (first === undefined || asked === undefined || asked.word?.kind === 'voided') return ask(lap, question);
  const { request, word } = asked;
  const changed = changedSince(request, first, lap.seen.standing);
  if (word?.kind === 'rejected') return stop(lap, asked, 'approval.rejected', rejection(word));
  if (changed !== undefined) {
    voided(lap, request, changed);
    return ask(lap, question);
  }
  if (word !== null) return { kind: 'approved', by: { requestId: request.id, by: word.by, at: word.at } };
  if (lap.at <= request.expiresAt) return lap.await(request);
  return stop(lap, asked, 'approval.expired', `Nobody had answered by ${clockTime(request.expiresAt)} UTC.`);
}

/** Has a person said no? Then the incident is theirs, whatever else would be proposed by now. */
export function rejectedBy(lap: Lap): Stopped | undefined {
  const asked = lap.state.requests.at(-1);
  return asked?.word?.kind === 'rejected' ? stop(lap, asked, 'approval.rejected', rejection(asked.word)) : undefined;
}

/** A proposal that is no longer made needs no answer, and an approval of it that was not used counts no more. */
export function voidUnlessProposed(lap: Lap, rung: string | undefined): void {
  const open = openRequest(lap);
  if (open !== undefined && open.rung !== rung) voided(lap, open, 'The diagnosis is another one by now.');
}

/** The newest request that stands, or was approved and not acted upon. */
function openRequest({ state: { requests, attempts } }: Lap): ApprovalRequest | undefined {
  const asked = requests.at(-1);
  if (asked === undefined || asked.word?.kind === 'rejected' || asked.word?.kind === 'voided') return undefined;
  const used = attempts.some(({ order }) => order.approval?.requestId === asked.request.id);
  return used ? undefined : asked.request;
}

/** The newest request of the rung that names this act. */
const requestFor = ({ state }: Lap, rung: string, { key }: Proposal): Asked | undefined =>
  state.requests.findLast(
    ({ request }) => request.rung === rung && request.proposals.some((proposal) => proposal.key === key),
  );

function ask(lap: Lap, { rung, acts, ruling }: Question): Move | Stopped {
  const [first] = acts;
  const void_ = lap.state.requests.filter(({ word }) => word?.kind === 'voided');
  const last = void_.at(-1);
  if (first === undefined) return { kind: 'stopped', reason: 'selection.empty', says: '' };
  if (void_.length >= mostVoided && last !== undefined) {
    const says = `The world has changed ${void_.length} times while somebody was asked.`;
    return stop(lap, last, 'approval.void', says);
  }
  const request: ApprovalRequest = {
    id: `${lap.number}`,
    rung,
    proposals: acts,
    expiresAt: answerBy(lap),
    world: worldSeen(first, lap.seen.standing),
  };
  lap.write({ ...lap.entry('asked'), kind: 'ApprovalRequested', request, ruling });
  return lap.await(request);
}

/** An incident that has lasted for as long as it may is handed over, whoever still thinks. */
const answerBy = ({ at, incident, settings: { timing } }: Lap): Instant =>
  Math.min(after(at, timing.approvalWithin), after(incident.openedAt, timing.incidentWithin));

function voided(lap: Lap, { id: requestId }: ApprovalRequest, says: string): void {
  lap.write({ ...lap.entry('voided'), kind: 'ApprovalVoided', requestId, says });
}

/** What was wanted and will not be done: withheld, as in observe mode. */
function stop(lap: Lap, { request, ruling }: Asked, reason: ReasonCode, says: string): Stopped {
  for (const proposal of request.proposals) {
    if (isWithheld(lap, proposal, reason)) continue;
    const withheld = { ...ruling, bite: 'withhold', withheldFor: reason } as const;
    lap.write({ ...lap.entry(`withheld.${proposal.kind}`), kind: 'ActionWithheld', proposal, ruling: withheld });
  }
  return { kind: 'stopped', reason, says };
}

/** Said before: what was half done is put back first, and the hand-over comes a lap later. */
const isWithheld = ({ entries }: Lap, { key }: Proposal, reason: ReasonCode): boolean =>
  entries.some(
    (entry) => entry.kind === 'ActionWithheld' && entry.proposal.key === key && entry.ruling.withheldFor === reason,
  );

const rejection = ({ by, why }: { readonly by: string; readonly why: string }): string =>
  `${by} has rejected it: ${why}`;
