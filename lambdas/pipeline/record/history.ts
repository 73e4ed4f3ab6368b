import type { Instant } from '../../contract/time.ts';
import type { Attempt, CondemnedRelease, History, PastAct } from '../../model/incident-state.ts';
import type { EntryOf, LedgerEntry } from '../../model/ledger-entry.ts';
import { fold } from './evolve.ts';

/**
 * What the ledger knows of a service across incidents. `recent` holds entries of its latest incidents, `condemned` those of
 * all time. Refused orders were no acts, but for those that AWS rejected: they count as failures.
 */
export const history = (
  recent: readonly LedgerEntry[],
  condemned: readonly EntryOf<'ReleaseCondemned'>[],
  incidents: History['incidents'],
): History => ({
  acts: byIncident(recent).flatMap(([incident, entries]) => [
    ...rejected(incident, entries),
    ...fold(entries).attempts.map((a) => pastAct(incident, a)),
  ]),
  incidents,
  condemned: condemnedReleases([...condemned, ...recent.filter((e) => e.kind === 'ReleaseCondemned')]),
});

/** Incidents in the order in which their first entry comes. */
function byIncident(entries: readonly LedgerEntry[]): readonly (readonly [string, readonly LedgerEntry[]])[] {
  const groups = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.incident);
    if (group) group.push(entry);
    else groups.set(entry.incident, [entry]);
  }
  return [...groups];
}

const pastAct = (incident: string, { order, startedAt, result, check }: Attempt): PastAct => ({
  incident,
  order,
  at: startedAt,
  result,
  check,
});

/** Orders whose function asked AWS for the change and was turned down. */
function rejected(incident: string, entries: readonly LedgerEntry[]): readonly PastAct[] {
  const started = new Map(
    entries.flatMap((entry) => (entry.kind === 'ActionStarted' ? [[entry.order.id, entry] as const] : [])),
  );
  const results = new Map(
    entries.flatMap((entry) => (entry.kind === 'ActionCompleted' ? [[entry.orderId, entry.result] as const] : [])),
  );
  return [...results].flatMap(([id, result]) => {
    const intent = started.get(id);
    if (intent === undefined || result.kind !== 'refused' || result.reason !== 'change.rejected') return [];
    return [{ incident, order: intent.order, at: intent.at, result, check: null }];
  });
}

/** Each once, oldest first: whoever asks for the first time gets it. */
function condemnedReleases(entries: readonly EntryOf<'ReleaseCondemned'>[]): readonly CondemnedRelease[] {
  const each = new Map(entries.map((entry) => [`${entry.incident}|${entry.id}`, entry]));
  return [...each.values()].sort(byTime).map(({ incident, at, taskDefinition, copyOf, content, images, changed }) => ({
    incident,
    at,
    taskDefinition,
    copyOf,
    content,
    images,
    changed,
  }));
}

const byTime = (a: { readonly at: Instant }, b: { readonly at: Instant }): number => a.at - b.at;
