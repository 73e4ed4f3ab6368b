import type { ServiceSettings } from '../contract/settings.ts';
import type { Controls } from '../model/controls.ts';
import type { Standing, Symptoms, TargetEvidence } from '../model/facts.ts';
import type { FleetFacts } from '../model/fleet.ts';
import type { Incident } from '../model/incident.ts';
import type { History, IncidentState } from '../model/incident-state.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { RecoverPorts } from '../ports/ports.ts';
import { examine, tellsOf } from './diagnose/examine.ts';
import { look } from './diagnose/look.ts';
import { registeredAgain, takenOut } from './half-done.ts';
import { lookAround } from './look-around.ts';
import { fold } from './record/evolve.ts';
import { remember } from './remember.ts';

/** All that one lap knows. Taken inside a step, so `standing.at` is the lap's clock. */
export type Observation = {
  readonly standing: Standing;
  readonly controls: Controls;
  readonly symptoms: Symptoms;
  readonly evidence: TargetEvidence;
  readonly entries: readonly LedgerEntry[];
  readonly state: IncidentState;
  readonly history: History;
  readonly fleet: FleetFacts;
  /** False once the service has left the configuration. */
  readonly configured: boolean;
};

/** Looks at the world, at the metrics and into the ledger. Rejects when one of them cannot be read. */
export async function observe(
  ports: RecoverPorts,
  incident: Incident,
  settings: ServiceSettings,
): Promise<Observation> {
  const [seen, entries, remembered, configured, fleet] = await Promise.all([
    look(ports, settings),
    ports.ledger.entries(incident.id),
    remember(ports.ledger, settings, ports.clock.now()),
    isConfigured(ports, settings.id),
    lookAround(ports.fleet, () => ports.fleet.services()),
  ]);
  const state = fold(entries);
  const last = state.attempts.at(-1);
  const examined = await examine(ports, settings, seen.standing, {
    acted: last?.resultAt ?? null,
    logs: !needsNoLogs(state, seen.standing),
  });
  return { ...seen, ...examined, entries, state, history: remembered, configured, fleet };
}

/**
 * A log query takes seconds. There is no time for it while what was taken out is registered again, or was taken out once more;
 * and it has nothing to say while it is not known whether an act was done, or no line from after it can be visible.
 */
function needsNoLogs({ attempts }: IncidentState, standing: Standing): boolean {
  const out = takenOut(attempts);
  if (out !== undefined && out.order.proposal.repeats !== undefined) return true;
  if (out !== undefined && registeredAgain(out.order, standing) !== 'none') return true;
  const last = attempts.at(-1);
  if (last === undefined || last.check !== null) return false;
  return last.result?.kind !== 'done' || !tellsOf(last.resultAt ?? 0, standing.at);
}

/** Only a clear "not configured" counts: one that is invalid or cannot be read now is the one the incident began with. */
async function isConfigured(ports: Pick<RecoverPorts, 'settings'>, service: string): Promise<boolean> {
  try {
    return (await ports.settings.of(service)) !== undefined;
  } catch {
    return true;
  }
}
