import type { Instant } from '../../lambdas/contract/time.ts';
import type { Incident } from '../../lambdas/model/incident.ts';
import type { EntryOf, LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { IncidentResult, RunOutcome } from './result.ts';

const kindIs =
  <K extends LedgerEntry['kind']>(kind: K) =>
  (entry: LedgerEntry): entry is EntryOf<K> =>
    entry.kind === kind;

/** The last diagnosis that stood; `undetermined` counts when none was better. */
function diagnosisOf(entries: readonly LedgerEntry[]): IncidentResult['diagnosis'] {
  const kinds = entries.filter(kindIs('DiagnosisMade')).map(({ diagnosis }) => diagnosis.kind);
  return kinds.findLast((kind) => kind !== 'undetermined') ?? kinds.at(-1) ?? null;
}

/** Every incident of a run as its entries tell it, in the order they were opened. */
export function incidentsOf(
  incidents: readonly Incident[],
  ledger: readonly LedgerEntry[],
  start: Instant,
): readonly IncidentResult[] {
  const seconds = (at: Instant): number => (at - start) / 1000;
  return incidents.map(({ id, service, openedAt }) => {
    const entries = ledger.filter(({ incident }) => incident === id);
    const recovery = entries.find(kindIs('RecoveryConfirmed'));
    const handOver = entries.find(kindIs('HandedOver'));
    const end = handOver ?? recovery;
    return {
      id,
      service,
      diagnosis: diagnosisOf(entries),
      outcome: handOver ? 'handed-over' : recovery ? 'recovered' : 'open',
      openedAt: seconds(openedAt),
      closedAt: end ? seconds(end.at) : null,
      reason: handOver?.reason ?? null,
    };
  });
}

/** The worst ending of all incidents; one that nobody ended is worst of all. */
export function worstOf(incidents: readonly IncidentResult[]): RunOutcome {
  const worstFirst = ['open', 'handed-over', 'recovered'] as const;
  return worstFirst.find((outcome) => incidents.some((incident) => incident.outcome === outcome)) ?? 'no-incident';
}
