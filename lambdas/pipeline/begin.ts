import type { ServiceSettings } from '../contract/settings.ts';
import type { Incident } from '../model/incident.ts';
import type { RecoverPorts } from '../ports/ports.ts';
import { closeUnasked } from './close.ts';

/** What a workflow starts from; `nothing` when there is nothing for it to do. */
export type Begun =
  | { readonly kind: 'begun'; readonly incident: Incident; readonly settings: ServiceSettings }
  | { readonly kind: 'nothing' };

/** Reads the incident and its configuration, once: it keeps that configuration to its end. Safe to repeat. */
export async function begin(ports: RecoverPorts, incidentId: string): Promise<Begun> {
  const incident = await ports.ledger.incident(incidentId);
  if (incident === undefined || incident.status === 'closed' || incident.status === 'handed-over')
    return { kind: 'nothing' };
  const settings = await ports.settings.of(incident.service);
  if (settings === undefined) {
    await closeUnasked(
      ports,
      incident,
      'settings.missing',
      'Its configuration is missing or invalid.',
      ports.clock.now(),
    );
    return { kind: 'nothing' };
  }
  const { id, service, openedAt } = incident;
  await ports.ledger.append([
    { kind: 'IncidentOpened', id: 'opened', incident: id, service, at: ports.clock.now(), settings, openedAt },
  ]);
  return { kind: 'begun', incident, settings };
}
