import type { ActionKind } from '../contract/names.ts';
import { NotDone } from '../contract/not-done.ts';
import { guardReads } from '../contract/permissions.ts';
import { type ReasonCode, reasons } from '../contract/reasons.ts';
import type { Instant } from '../contract/time.ts';
import type { Standing } from '../model/facts.ts';
import type { ActResult, Drift, Order, OrderRef } from '../model/order.ts';
import type { Ruling } from '../model/verdict.ts';
import type { ClaimResult } from '../ports/ledger.ts';
import type { ActionPorts } from '../ports/ports.ts';
import type { ActCase, Action } from './act/action.ts';
import { approvalFlaw } from './check-approval.ts';
import { look } from './diagnose/look.ts';
import { guard } from './guard/guard.ts';
import type { GuardFacts, Guardrail } from './guard/guardrail.ts';
import { guardrails as all } from './guard/guardrails.ts';
import { giveBack, reserve } from './guard/in-flight.ts';
import { whyWithheld } from './guard/withheld.ts';
import { lookAround } from './look-around.ts';
import { remember } from './remember.ts';

const clashes = {
  taken: 'order.taken',
  fenced: 'order.fenced',
  unapproved: 'approval.void',
  unsettled: 'intent.unsettled',
  paused: 'controls.paused',
  unreadable: 'controls.unreadable',
} as const satisfies Record<Exclude<ClaimResult, 'claimed'>, ReasonCode>;

/** How often the world is read again to see a change that AWS has accepted. */
const confirmations = 3;

/**
 * One order carried out, or refused: the last guard. Reads the order, looks again, rechecks, guards again on fresh facts,
 * claims, and only then changes one thing. Claiming comes last, so that nothing lies between fence and change.
 */
export async function perform<K extends ActionKind>(
  action: Action<K>,
  ref: OrderRef,
  ports: ActionPorts<K>,
  guardrails: readonly Guardrail[] = all,
): Promise<ActResult> {
  const verdict = await judge(action, ref, ports, guardrails);
  if ('standing' in verdict) {
    const result = await change(action, verdict.order, verdict.standing, ports);
    if (result.kind === 'refused') await leavePlace(ref, ports);
    return result;
  }
  return verdict.kind === 'refused' && verdict.reason !== 'order.unknown' ? refuse(verdict, ref, ports) : verdict;
}

/** May the order be carried out? Everything is looked at again. What cannot be read refuses. */
async function judge<K extends ActionKind>(
  action: Action<K>,
  ref: OrderRef,
  ports: ActionPorts<K>,
  guardrails: readonly Guardrail[],
): Promise<ActResult | { readonly standing: Standing; readonly order: Order<K> }> {
  try {
    const order = await ports.ledger.order(ref);
    if (!isFor(action, order)) return refused('order.unknown');
    const verdict = await admit(action, order, ports, guardrails);
    return 'standing' in verdict ? { ...verdict, order } : verdict;
  } catch (error) {
    return refused('world.unreadable', `The order was not begun: ${wording(error)}`);
  }
}

/**
 * "Refused" says that nothing was changed, and nothing will be. A function may run twice for one order: only while the order is
 * pending, and can then no more be begun, is that true.
 */
async function refuse(
  verdict: ActResult,
  ref: OrderRef,
  ports: Pick<ActionPorts<never>, 'ledger' | 'fleet'>,
): Promise<ActResult> {
  try {
    if (!(await ports.ledger.withdraw(ref))) return { kind: 'unknown', error: reasons['order.taken'] };
    await leavePlace(ref, ports);
    return verdict;
  } catch (error) {
    return { kind: 'unknown', error: `Whether the order was begun could not be read: ${wording(error)}` };
  }
}

/** Everything that can stop an order, the claim last. */
async function admit<K extends ActionKind>(
  action: Action<K>,
  order: Order<K>,
  ports: ActionPorts<K>,
  guardrails: readonly Guardrail[],
): Promise<ActResult | { readonly standing: Standing }> {
  const { settings, proposal } = order;
  const { standing, controls } = await look(ports, settings, guardReads[action.kind]);
  if (standing.at > order.expiresAt) return refused('order.expired');
  const given: ActCase = { settings, standing, history: await remember(ports.ledger, settings, standing.at) };

  const still = action.recheck(proposal, given);
  if (still.kind === 'already-so') return done('already-so', standing.at, 'it was so already');
  if (still.kind === 'changed') return refused(still.reason, still.because);
  if (still.kind === 'later') return refused(still.reason);

  const { incidentId, load, rung, undoes, services = 0 } = order;
  const fleet = await lookAround(ports.fleet, async () => services);
  const facts: GuardFacts = { ...given, controls, fleet, incidentId, load, rung, undoes };
  const ruling = guard(proposal, facts, guardrails);
  const stopped = stoppedBy(ruling);
  if (stopped !== undefined) return stopped;
  const flaw = await approvalFlaw(order, ruling.bite, standing, ports.ledger);
  if (flaw !== undefined) return refused(flaw.reason, flaw.says);
  const noPlace = await takePlace(order, facts, ports, guardrails);
  if (noPlace !== undefined) return noPlace;

  const claim = await ports.ledger.claim(order, standing.at);
  if (claim === 'claimed') return { standing };
  return refused(clashes[claim]);
}

function stoppedBy(ruling: Ruling): ActResult | undefined {
  const { verdict, bite } = ruling;
  if (verdict.kind !== 'allow') return refused(verdict.reason, verdict.says);
  if (bite !== 'withhold') return undefined;
  const { reason, says } = whyWithheld(ruling);
  return refused(reason, says || undefined);
}

/**
 * A place among the acts in flight, taken for real: what was read of the others may be old, so the guardrails are asked once more
 * with the record at the moment it is written. What they do not stop goes on even where no place can be written for it.
 */
async function takePlace<K extends ActionKind>(
  order: Order<K>,
  facts: GuardFacts,
  ports: Pick<ActionPorts<K>, 'fleet'>,
  guardrails: readonly Guardrail[],
): Promise<ActResult | undefined> {
  const ruledWith = (fleet: GuardFacts['fleet']) => stoppedBy(guard(order.proposal, { ...facts, fleet }, guardrails));
  try {
    return await ports.fleet.update((record) => {
      const fleet = facts.fleet.kind === 'read' ? { ...facts.fleet, record } : facts.fleet;
      const result = ruledWith(fleet);
      return { record: result === undefined ? reserve(record, order, facts.standing.at) : record, result };
    });
  } catch (error) {
    return ruledWith({ kind: 'unreadable', because: wording(error) });
  }
}

/** Nothing was changed. What cannot be given back now counts until its time is over. */
async function leavePlace(ref: OrderRef, { fleet }: Pick<ActionPorts<never>, 'fleet'>): Promise<void> {
  try {
    await fleet.update((record) => ({ record: giveBack(record, ref), result: null }));
  } catch {
    // It makes Paramedic slower, not bolder.
  }
}

/**
 * The one change. An answer of 200 is not a change either: it must be seen. What fails or is not seen now is unknown, and is
 * settled by looking again later.
 */
async function change<K extends ActionKind>(
  action: Action<K>,
  { proposal, settings, id: orderId, incidentId }: Order<K>,
  standing: Standing,
  ports: ActionPorts<K>,
): Promise<ActResult> {
  try {
    await action.apply(proposal, ports.change, standing, { incidentId, orderId });
    for (let time = 1; time <= confirmations; time++) {
      const now = (await look(ports, settings, [])).standing;
      const seen = action.confirm(proposal, now);
      if (seen !== undefined) return done('changed', now.at, seen, action.drift?.(proposal, now));
    }
    return { kind: 'unknown', error: 'AWS accepted the change, but it is not to be seen yet' };
  } catch (error) {
    if (error instanceof NotDone) return refused('change.rejected', error.message);
    return { kind: 'unknown', error: wording(error) };
  }
}

const wording = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const isFor = <K extends ActionKind>(action: Action<K>, order: Order | undefined): order is Order<K> =>
  order?.proposal.kind === action.kind;

const done = (kind: 'changed' | 'already-so', at: Instant, seen: string, drift?: Drift): ActResult => ({
  kind: 'done',
  receipt: { kind, at, seen, ...(drift === undefined ? {} : { drift }) },
});

const refused = (reason: ReasonCode, says: string = reasons[reason]): ActResult => ({ kind: 'refused', reason, says });
