import type { Instant } from '../../lambdas/contract/time.ts';
import type { EntryOf, LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { ActionResult } from './result.ts';

type Proposed = EntryOf<'ActionDenied' | 'ActionHeld' | 'ActionWithheld'>;

/** What was proposed and ruled upon without being ordered. */
const isProposed = (entry: LedgerEntry): entry is Proposed =>
  entry.kind === 'ActionDenied' || entry.kind === 'ActionHeld' || entry.kind === 'ActionWithheld';

/**
 * Every proposal of a run and what became of it, in the order of the ledger. `changed` are the ids of the orders that really
 * changed the world.
 */
export function actionsOf(
  ledger: readonly LedgerEntry[],
  changed: ReadonlySet<string>,
  start: Instant,
): readonly ActionResult[] {
  const seconds = (at: Instant): number => (at - start) / 1000;
  const ends = endsByOrder(ledger);
  return ledger.flatMap((entry): readonly ActionResult[] => {
    if (isProposed(entry)) {
      const { at, service, incident, proposal, ruling } = entry;
      const { kind, subjectName: subject } = proposal;
      const { verdict } = ruling;
      const reason = verdict.kind === 'allow' ? (ruling.withheldFor ?? 'mode.observe') : verdict.reason;
      const facts = { at: seconds(at), service, incident, kind, subject };
      return [{ ...facts, verdict: verdict.kind, reason, ordered: false, enforced: false, check: null }];
    }
    if (entry.kind !== 'ActionStarted') return [];
    const { at, service, incident, order } = entry;
    const { kind, subjectName: subject } = order.proposal;
    const end = ends.get(`${incident}|${order.id}`);
    const refused = end?.result?.kind === 'refused' ? end.result.reason : null;
    const verdict = refused === null ? 'allow' : 'deny';
    const enforced = changed.has(`${incident}|${order.id}`);
    const facts = { at: seconds(at), service, incident, kind, subject };
    return [{ ...facts, verdict, reason: refused, ordered: true, enforced, check: end?.check ?? null }];
  });
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
