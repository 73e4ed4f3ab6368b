import type { Incident } from '../model/incident.ts';
import type { IncidentState } from '../model/incident-state.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { RecoverPorts } from '../ports/ports.ts';
import { closeUnasked } from './close.ts';
import { fold } from './record/evolve.ts';
import { tellPeople } from './tell.ts';

/**
 * Ends an incident whose workflow has ended before its time: hands it over, says what was half done, and frees the service.
 * Safe to repeat, and harmless for an incident that has ended. Rejects while people could not be told: to be called again.
 */
export async function abandon(incidentId: string, because: string, ports: RecoverPorts): Promise<void> {
  const incident = await ports.ledger.incident(incidentId);
  if (incident === undefined) return;
  const at = ports.clock.now();
  if (incident.status === 'starting' || incident.status === 'started')
    await closeUnasked(ports, incident, 'workflow.died', because, at);
  const entries = await ports.ledger.entries(incident.id);
  const state = fold(entries);
  if (incident.status !== 'closed') await free(ports, incident, state, at);
  await tell(ports, incident, state, entries);
}

async function free(ports: RecoverPorts, incident: Incident, { signalsSeen }: IncidentState, at: number) {
  const says = 'The workflow of the incident is gone: a new signal opens a new one.';
  const released = await ports.ledger.release(
    { kind: 'ServiceReleased', id: 'released', incident: incident.id, service: incident.service, at, says },
    signalsSeen,
  );
  if (released === 'more-signals') throw new Error(`A signal joined ${incident.id} while it was freed.`);
}

/** Tells of the hand-over that is ours; without a configuration nobody knows whom. A repetition tells nobody twice. */
async function tell(ports: RecoverPorts, incident: Incident, state: IncidentState, entries: readonly LedgerEntry[]) {
  const ours = entries.filter((entry) => entry.kind === 'HandedOver' && entry.reason === 'workflow.died');
  if (state.settings === null || ours.length === 0) return;
  const told = await tellPeople(ports, incident, state.settings, ours);
  if (told.waitMillis > 0)
    throw new Error(`Nobody could be told yet that the incident ${incident.id} was handed over.`);
}
