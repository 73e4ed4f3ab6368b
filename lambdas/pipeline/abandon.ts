import type { RecoverPorts } from '../ports/ports.ts';
import { closeUnasked } from './close.ts';
import { fold } from './record/evolve.ts';
import { tellPeople } from './tell.ts';

/**
 * Ends an incident whose workflow has ended before its time: hands it over, says what was half done, and frees the service.
 * Safe to repeat, and harmless for an incident that has ended.
 */
export async function abandon(incidentId: string, because: string, ports: RecoverPorts): Promise<void> {
  const incident = await ports.ledger.incident(incidentId);
  if (incident === undefined || incident.status === 'closed') return;
  const at = ports.clock.now();
  if (incident.status !== 'handed-over') {
    const entry = await closeUnasked(ports, incident, 'workflow.died', because, at);
    const { settings } = fold(await ports.ledger.entries(incident.id));
    if (settings !== null) await tellPeople(ports, incident, settings, [entry]);
  }
  const { signalsSeen } = fold(await ports.ledger.entries(incident.id));
  const says = 'The workflow of the incident is gone: a new signal opens a new one.';
  await ports.ledger.release(
    { kind: 'ServiceReleased', id: 'released', incident: incident.id, service: incident.service, at, says },
    signalsSeen,
  );
}
