import type { Incident } from '../model/incident.ts';
import type { RecoverPorts } from '../ports/ports.ts';
import { closeUnasked } from './close.ts';
import { freeService } from './free-service.ts';
import { fold } from './record/evolve.ts';
import { flushOnce, tellPeople } from './tell.ts';

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
  if (incident.status !== 'closed')
    await freeService(ports, incident, 'The workflow of the incident is gone: a new signal opens a new one.', at);
  await tell(ports, incident);
}

/** Tells of the hand-over that is ours; without a configuration nobody knows whom. A repetition tells nobody twice. */
async function tell(ports: RecoverPorts, incident: Incident): Promise<void> {
  const entries = await ports.ledger.entries(incident.id);
  const { settings } = fold(entries);
  const ours = entries.filter((entry) => entry.kind === 'HandedOver' && entry.reason === 'workflow.died');
  if (settings === null || ours.length === 0) return;
  const told = await tellPeople(ports, incident, settings, ours);
  // There is no workflow any more that would send the digest it waits for.
  const flushed = told.owes ? await flushOnce(ports, settings.topic) : told;
  if (told.waitMillis > 0 || flushed.owes)
    throw new Error(`Nobody could be told yet that the incident ${incident.id} was handed over.`);
}
