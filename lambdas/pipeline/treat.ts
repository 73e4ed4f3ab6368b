import type { ReasonCode } from '../contract/reasons.ts';
import type { ServiceSettings } from '../contract/settings.ts';
import { after, type Duration, type Instant } from '../contract/time.ts';
import type { Approval } from '../model/approval.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { Load } from '../model/load.ts';
import type { Order } from '../model/order.ts';
import type { Proposal } from '../model/proposal.ts';
import type { Ruling } from '../model/verdict.ts';
import { askFirst } from './ask-first.ts';
import { guard } from './guard/guard.ts';
import { measuredLoad } from './guard/measured-load.ts';
import { whyWithheld } from './guard/withheld.ts';
import type { Lap, Move, Stopped } from './lap.ts';

/** How often an order of one proposal may be refused by its own function before it is given up. */
const refusals = 3;

/** What the guardrails say of a proposal now. */
export function ruleOn(lap: Lap, proposal: Proposal, rung: string, undoes: string | null): Ruling {
  const { settings, seen, incident, toolkit } = lap;
  const { controls, fleet } = seen;
  const facts = { ...lap.given, controls, fleet, incidentId: incident.id, load: loadSeen(lap), rung, undoes };
  return guard(proposal, { ...facts, settings }, toolkit.guardrails);
}

const loadSeen = ({ seen }: Lap): Load => measuredLoad(seen.symptoms, seen.standing);

/** The order that a way back takes back, and its incident where that is another one. */
export type TakesBack = Pick<Order, 'undoes' | 'undoesOf'>;

/**
 * Guards a proposal and turns it into an order, a question to people, a wait, or nothing. Every answer is written down. `rest`
 * are the acts that belong to it and come after it: where one of them needs an approval, the first is not done without.
 */
export function treat(
  lap: Lap,
  proposal: Proposal,
  rung: string,
  back: TakesBack = { undoes: null },
  rest: readonly Proposal[] = [],
): Move | Stopped {
  const ruling = ruleOn(lap, proposal, rung, back.undoes);
  const { verdict } = ruling;
  if (verdict.kind === 'deny') {
    lap.write({ ...lap.entry('denied'), kind: 'ActionDenied', proposal, ruling });
    return { kind: 'stopped', reason: verdict.reason, says: verdict.says };
  }
  if (verdict.kind === 'hold') return hold(lap, proposal, ruling, verdict);
  if (ruling.bite === 'withhold') {
    lap.write({ ...lap.entry(`withheld.${proposal.kind}`), kind: 'ActionWithheld', proposal, ruling });
    return { kind: 'stopped', ...whyWithheld(ruling) };
  }
  const lastRefusal = refusedSoOften(lap, proposal);
  if (lastRefusal !== undefined) return lastRefusal;
  const still = lap.toolkit.planners[proposal.kind].recheck(proposal, lap.given);
  if (still.kind === 'later') return lap.waitUntil(still.until);
  if (still.kind === 'changed') return { kind: 'stopped', reason: still.reason, says: still.because };
  // What is done once more rests on the approval of its rung.
  const asks =
    proposal.repeats === undefined &&
    [proposal, ...rest].some((act) => ruleOn(lap, act, rung, back.undoes).bite === 'ask');
  const asked = asks ? askFirst(lap, { rung, acts: [proposal, ...rest], ruling }) : undefined;
  if (asked !== undefined && asked.kind !== 'approved') return asked;
  // Already so is ordered too: its function finds nothing to do and says so, and the check follows as ever.
  return order(lap, { proposal, ruling, rung, back, approval: asked?.by ?? approvalOf(lap, rung) });
}

/** An approval is for the whole rung: what completes it rests on the same one. */
const approvalOf = ({ state: { attempts } }: Lap, rung: string): Approval | undefined =>
  attempts.findLast(({ order }) => order.rung === rung && order.undoes === null)?.order.approval;

type Ordered = {
  readonly proposal: Proposal;
  readonly ruling: Ruling;
  readonly rung: string;
  readonly back: TakesBack;
  readonly approval: Approval | undefined;
};

function order(lap: Lap, { proposal, ruling, rung, back, approval }: Ordered): Move {
  const { incident, settings, at } = lap;
  const { fleet } = lap.seen;
  const written: Order = {
    version: 1,
    id: `${lap.number}`,
    incidentId: incident.id,
    service: settings.id,
    fence: incident.fence,
    expiresAt: after(at, settings.timing.orderExpires),
    settings,
    proposal,
    load: loadSeen(lap),
    rung,
    ...back,
    ...(approval === undefined || back.undoes !== null ? {} : { approval }),
    ...(fleet.kind === 'read' ? { services: fleet.services } : {}),
  };
  lap.write({ ...lap.entry('started'), kind: 'ActionStarted', order: written, ruling });
  return lap.act(written);
}

type Hold = Extract<Ruling['verdict'], { kind: 'hold' }>;

/** Waits while it is held; gives up when patience ends, or at once when the hold would outlast it. */
function hold(lap: Lap, proposal: Proposal, ruling: Ruling, verdict: Hold): Move | Stopped {
  const since = heldSince(lap.seen.entries, proposal, verdict.reason);
  if (since === undefined) lap.write({ ...lap.entry('held'), kind: 'ActionHeld', proposal, ruling });
  const givenUpAt = after(since ?? lap.at, patienceFor(verdict.reason, lap.settings));
  if (lap.at > givenUpAt || verdict.until > givenUpAt) {
    // Who is held together may have become more since the hold began: people are told of all of them.
    if (since !== undefined && verdict.among !== undefined)
      lap.write({ ...lap.entry('held'), kind: 'ActionHeld', proposal, ruling });
    return { kind: 'stopped', reason: verdict.reason, says: verdict.says };
  }
  return lap.waitUntil(verdict.until);
}

/** What others write in between, and a diagnosis that is made anew. */
const besides: ReadonlySet<LedgerEntry['kind']> = new Set([
  'SignalReceived',
  'DiagnosisMade',
  'ApprovalGiven',
  'ApprovalRejected',
]);

/** Since when the same proposal is held for the same reason without a break. */
function heldSince(entries: readonly LedgerEntry[], proposal: Proposal, reason: ReasonCode): Instant | undefined {
  const last = entries.findLast(({ kind }) => !besides.has(kind));
  if (last?.kind !== 'ActionHeld' || last.proposal.key !== proposal.key) return undefined;
  const { verdict } = last.ruling;
  return verdict.kind === 'hold' && verdict.reason === reason ? last.at : undefined;
}

/** A deployment or a replacement ends by itself in its own time; anything else is somebody's to mend. */
function patienceFor(reason: ReasonCode, { timing }: ServiceSettings): Duration {
  if (reason === 'deployment.in-progress' || reason === 'deployment.someone-else') return timing.deploymentWithin;
  // Verifying what goes on elsewhere takes as long as AWS may take to heal.
  if (reason === 'velocity.spent') return timing.healingWithin;
  return reason === 'targets.too-many-disrupted' ? timing.healingWithin : timing.patience;
}

/** The last refusal, once orders of this proposal have been refused by their own function too often. */
function refusedSoOften(lap: Lap, proposal: Proposal): Stopped | undefined {
  const orders = new Set<string>();
  for (const entry of lap.seen.entries) {
    if (entry.kind === 'ActionStarted' && entry.order.proposal.key === proposal.key) orders.add(entry.order.id);
  }
  const refused = lap.seen.entries.filter(
    (entry) =>
      entry.kind === 'ActionCompleted' &&
      orders.has(entry.orderId) &&
      entry.result.kind === 'refused' &&
      // Another service was quicker to take the place: it says nothing about this one. What came back is taken out again.
      entry.result.reason !== 'velocity.spent' &&
      entry.result.reason !== 'target.came-back',
  );
  const last = refused.at(-1);
  if (refused.length < refusals || last?.kind !== 'ActionCompleted' || last.result.kind !== 'refused') return undefined;
  return { kind: 'stopped', reason: last.result.reason, says: last.result.says };
}
