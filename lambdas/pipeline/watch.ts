import type { ServiceSettings } from '../contract/settings.ts';
import type { Incident } from '../model/incident.ts';
import type { RecoverPorts } from '../ports/ports.ts';
import type { Workflow } from '../ports/workflow.ts';
import { fold } from './record/evolve.ts';
import { alarmsQuiet } from './verify/alarms-quiet.ts';

/** How often a handed-over incident is looked at before it is left to its OK events: with five minutes between, 24 hours. */
const mostLooks = 288;

/**
 * A handed-over incident keeps its service until its alarms are OK. An OK event that is lost must not keep it for ever, so
 * the workflow, which costs nothing while it waits, looks now and then. It changes nothing but the ledger.
 */
export async function watchUntilQuiet(
  workflow: Workflow<RecoverPorts>,
  incident: Incident,
  settings: ServiceSettings,
): Promise<void> {
  for (let look = 1; look <= mostLooks; look++) {
    await workflow.sleep(`watch ${look}`, settings.timing.watchEvery);
    if (await workflow.step(`look ${look}`, (ports) => releaseIfQuiet(ports, incident, settings))) return;
  }
}

/** True when there is nothing left to watch. */
async function releaseIfQuiet(ports: RecoverPorts, incident: Incident, settings: ServiceSettings): Promise<boolean> {
  const now = await ports.ledger.incident(incident.id);
  if (now === undefined || now.status === 'closed') return true;
  try {
    const symptoms = await ports.metrics.recent(settings, 15);
    const { signals, signalsSeen } = fold(await ports.ledger.entries(incident.id));
    const { quiet, says } = alarmsQuiet(settings, symptoms, null, signals);
    if (!quiet) return false;
    const facts = { id: 'released', incident: incident.id, service: incident.service, at: ports.clock.now() };
    return (await ports.ledger.release({ ...facts, kind: 'ServiceReleased', says }, signalsSeen)) === 'closed';
  } catch {
    // What cannot be read now is looked at next time.
    return false;
  }
}
