import { ownMetrics } from '../contract/own-metrics.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import { count } from './count.ts';
import type { Listener } from './ledger.ts';

/** Which counts an entry raises. A held action ends as one of the others, and is counted then. */
const counts: Readonly<Partial<Record<LedgerEntry['kind'], readonly string[]>>> = {
  IncidentOpened: [ownMetrics.incidentsOpened],
  RecoveryConfirmed: [ownMetrics.incidentsRecovered],
  HandedOver: [ownMetrics.incidentsHandedOver],
  ActionDenied: [ownMetrics.actionsDetected],
  ActionWithheld: [ownMetrics.actionsDetected],
  ActionStarted: [ownMetrics.actionsDetected, ownMetrics.actionsEnforced],
};

/** Nobody may hear of these but through an alarm on Paramedic itself: without a configuration the topic may be unknown. */
const blind = (entry: LedgerEntry): readonly string[] =>
  entry.kind === 'HandedOver' && entry.reason === 'settings.missing' ? [ownMetrics.settingsUnusable] : [];

/**
 * Counts entries as they are written. A replay writes no entry a second time, so it counts nothing twice.
 */
export const entryMetrics =
  (pipeline: string): Listener =>
  (entries) => {
    const raised: Record<string, number> = {};
    for (const entry of entries) {
      for (const name of [...(counts[entry.kind] ?? []), ...blind(entry)]) raised[name] = (raised[name] ?? 0) + 1;
    }
    count(pipeline, raised);
  };
