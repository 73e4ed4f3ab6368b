import { type ReasonCode, reasons } from '../contract/reasons.ts';
import type { Asked } from '../model/approval.ts';
import type { Standing } from '../model/facts.ts';
import type { Order } from '../model/order.ts';
import type { Ruling } from '../model/verdict.ts';
import type { Ledger } from '../ports/ledger.ts';
import { changedSince } from './guard/world-seen.ts';
import { fold } from './record/evolve.ts';

type Flaw = { readonly reason: ReasonCode; readonly says: string };

/**
 * Why an order may not be carried out for want of an approval. The word of the order counts for nothing: the approval must be in
 * the ledger, for this very act, and the world must be the one it was given for.
 */
export async function approvalFlaw(
  order: Order,
  bite: Ruling['bite'],
  standing: Standing,
  ledger: Pick<Ledger, 'entries'>,
): Promise<Flaw | undefined> {
  if (bite !== 'ask' && order.approval === undefined) return undefined;
  const { requests } = fold(await ledger.entries(order.incidentId));
  return flawIn(
    order,
    requests.find(({ request }) => request.id === order.approval?.requestId),
    standing,
  );
}

function flawIn({ proposal, rung }: Order, asked: Asked | undefined, standing: Standing): Flaw | undefined {
  if (asked === undefined || asked.request.rung !== rung) return flaw('approval.missing');
  const { request, word } = asked;
  if (!request.proposals.some(({ key }) => key === (proposal.repeats ?? proposal.key))) return flaw('approval.missing');
  if (word?.kind === 'voided') return flaw('approval.void', word.says);
  if (word?.kind === 'rejected') return flaw('approval.rejected', `${word.by} has rejected it: ${word.why}`);
  if (word === null) return flaw('approval.missing');
  if (word.at > request.expiresAt) return flaw('approval.expired');
  const changed = changedSince(request, proposal, standing);
  return changed === undefined ? undefined : flaw('approval.void', changed);
}

const flaw = (reason: ReasonCode, says: string = reasons[reason]): Flaw => ({ reason, says });
