import type { Instant } from '../../lambdas/contract/time.ts';
import type { EntryOf, LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { ActionResult } from './result.ts';

type Started = EntryOf<'ActionStarted'>;
type Proposed = EntryOf<'ActionDenied' | 'ActionHeld' | 'ActionWithheld'>;

/** What was proposed and ruled upon without being ordered. */
const isProposed = (entry: LedgerEntry): entry is Proposed =>
  entry.kind === 'ActionDenied' || entry.kind === 'ActionHeld' || entry.kind === 'ActionWithheld';

/**
 * Every proposal of a run and what became of it, in the order of the ledger; what is ordered again in the same rung stands
 * where it was first ordered. `changed` are the ids of the orders that really changed the world.
 */
export function actionsOf(
  ledger: readonly LedgerEntry[],
  changed: ReadonlySet<string>,
  start: Instant,
): readonly ActionResult[] {
  const seconds = (at: Instant): number => (at - start) / 1000;
  const ends = endsByOrder(ledger);
  /** Rung, action and subject → its result, by its place. */
  const places = new Map<string, number>();
  const results: ActionResult[] = [];
  for (const entry of ledger) {
    if (isProposed(entry)) results.push(proposed(entry, seconds));
    if (entry.kind !== 'ActionStarted') continue;
    const id = `${entry.incident}|${entry.order.id}`;
    const result = ordered(entry, ends.get(id), changed.has(id), seconds);
    const what = `${entry.incident}|${entry.order.rung}|${result.kind}|${subjectOf(entry)}`;
    const place = places.get(what) ?? results.length;
    places.set(what, place);
    const before = results[place];
    results[place] = before === undefined ? result : together(before, result);
  }
  return results;
}

function proposed(
  { at, service, incident, proposal, ruling }: Proposed,
  seconds: (at: Instant) => number,
): ActionResult {
  const { verdict } = ruling;
  return {
    at: seconds(at),
    service,
    incident,
    kind: proposal.kind,
    subject: proposal.subjectName,
    verdict: verdict.kind,
    reason: verdict.kind === 'allow' ? (ruling.withheldFor ?? 'mode.observe') : verdict.reason,
    ordered: false,
    times: 1,
    enforced: false,
    check: null,
  };
}

function ordered(
  { at, service, incident, order }: Started,
  end: End | undefined,
  enforced: boolean,
  seconds: (at: Instant) => number,
): ActionResult {
  const refused = end?.result?.kind === 'refused' ? end.result.reason : null;
  return {
    at: seconds(at),
    service,
    incident,
    kind: order.proposal.kind,
    subject: order.proposal.subjectName,
    verdict: refused === null ? 'allow' : 'deny',
    reason: refused,
    ordered: true,
    times: 1,
    enforced,
    check: end?.check ?? null,
  };
}

/** The task, or what else it is done to: of a task all targets or one may be left to treat. */
const subjectOf = ({ order: { proposal } }: Started): string =>
  'task' in proposal.subject ? proposal.subject.task.task : proposal.key;

/** What was ordered again: it was done if it was once. */
function together(before: ActionResult, after: ActionResult): ActionResult {
  const { verdict, reason } = before.enforced && !after.enforced ? before : after;
  const times = before.times + after.times;
  return { ...before, verdict, reason, times, enforced: before.enforced || after.enforced, check: after.check };
}

type End = { result?: EntryOf<'ActionCompleted'>['result']; check?: EntryOf<'CheckMade'>['check'] };

/** The result and the last check of each order, by incident and order. */
function endsByOrder(ledger: readonly LedgerEntry[]): ReadonlyMap<string, End> {
  const ends = new Map<string, End>();
  for (const entry of ledger) {
    if (entry.kind !== 'ActionCompleted' && entry.kind !== 'CheckMade') continue;
    const key = `${entry.incident}|${entry.orderId}`;
    const end = ends.get(key) ?? {};
    if (entry.kind === 'ActionCompleted') end.result = entry.result;
    else end.check = entry.check;
    ends.set(key, end);
  }
  return ends;
}
