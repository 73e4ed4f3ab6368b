import type { ServiceSettings } from '../contract/settings.ts';
import type { Incident } from '../model/incident.ts';
import type { RecoverPorts } from '../ports/ports.ts';

/** An incident of a service whose configuration is missing or invalid; `topic` where its owner can be told of it all the same. */
export type Unconfigured = {
  readonly kind: 'unconfigured';
  readonly incident: Incident;
  readonly topic: string | null;
  readonly says: string;
};

/** What a workflow starts from; `nothing` when there is nothing for it to do. */
export type Begun =
  | { readonly kind: 'begun'; readonly incident: Incident; readonly settings: ServiceSettings }
  | Unconfigured
  | { readonly kind: 'nothing' };

/** Reads the incident and its configuration, once: it keeps that configuration to its end. Safe to repeat. */
export async function begin(ports: RecoverPorts, incidentId: string): Promise<Begun> {
  const incident = await ports.ledger.incident(incidentId);
  if (incident === undefined || incident.status === 'closed' || incident.status === 'handed-over')
    return { kind: 'nothing' };
  const { id, service, openedAt } = incident;
  const published = await ports.settings.of(service);
  if (published === undefined)
    return { kind: 'unconfigured', incident, topic: null, says: `The service "${service}" has no configuration.` };
  if (published.kind === 'invalid')
    return { kind: 'unconfigured', incident, topic: published.topic, says: published.because };
  const { settings } = published;
  await ports.ledger.append([
    { kind: 'IncidentOpened', id: 'opened', incident: id, service, at: ports.clock.now(), settings, openedAt },
  ]);
  return { kind: 'begun', incident, settings };
}
