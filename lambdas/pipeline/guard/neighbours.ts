import { placeOf } from '../../contract/place-of.ts';
import type { ServiceSettings } from '../../contract/settings.ts';
import { after, before, inMillis } from '../../contract/time.ts';
import type { FleetFacts, ServiceIncident } from '../../model/fleet.ts';
import type { GuardFacts } from './guardrail.ts';

type Fleet = Extract<FleetFacts, { kind: 'read' }>;

/** Services in trouble together, and what they share. */
export type Together = { readonly share: string; readonly incidents: readonly ServiceIncident[] };

/** Below this number the same cluster is a coincidence. */
const fewestOfACluster = 3;

/** The incident at hand as the others see it; one that opened before it was kept among them opens now. */
export const ownIncident = ({ settings, incidentId, standing }: GuardFacts, { incidents }: Fleet): ServiceIncident =>
  incidents.find(({ incident }) => incident === incidentId) ?? {
    service: settings.id,
    incident: incidentId,
    openedAt: standing.at,
    closedAt: null,
    actedAt: null,
    place: placeOf(settings),
  };

/** Incidents that are open and began at about the time of this one; itself among them, first. */
export function openedTogether(own: ServiceIncident, settings: ServiceSettings, { incidents }: Fleet) {
  const within = inMillis(settings.fleet.manyServices.within);
  const others = incidents.filter(
    ({ service, closedAt, openedAt }) =>
      service !== own.service && closedAt === null && Math.abs(openedAt - own.openedAt) <= within,
  );
  return [own, ...others];
}

/** More services than are sick by chance. */
export function tooMany(own: ServiceIncident, settings: ServiceSettings, fleet: Fleet): Together | undefined {
  const { count, share } = settings.fleet.manyServices;
  const incidents = openedTogether(own, settings, fleet);
  return incidents.length > Math.max(count, share * fleet.services)
    ? { share: `the time: ${incidents.length} of ${fleet.services} services`, incidents }
    : undefined;
}

/** Services behind one load balancer. */
export function sameLoadBalancer(own: ServiceIncident, settings: ServiceSettings, fleet: Fleet): Together | undefined {
  const { loadBalancer } = settings.resources;
  if (loadBalancer === '') return undefined;
  const incidents = openedTogether(own, settings, fleet).filter(
    (each) => each === own || each.place?.loadBalancer === loadBalancer,
  );
  return incidents.length > 1 ? { share: `the load balancer ${loadBalancer}`, incidents } : undefined;
}

/** Services of one cluster, where others are in trouble nowhere: where all services share it, it tells nothing. */
export function sameCluster(own: ServiceIncident, settings: ServiceSettings, fleet: Fleet): Together | undefined {
  const { cluster } = settings.resources;
  const isElsewhere = ({ place }: ServiceIncident): boolean => place !== null && place.cluster !== cluster;
  const incidents = openedTogether(own, settings, fleet);
  if (!fleet.incidents.some(isElsewhere) || incidents.some(isElsewhere)) return undefined;
  return incidents.length >= fewestOfACluster ? { share: `the cluster ${cluster}`, incidents } : undefined;
}

/** What the service says it depends on is in trouble itself, since whenever. */
export function dependencies(
  own: ServiceIncident,
  { dependsOn }: ServiceSettings,
  { incidents }: Fleet,
): Together | undefined {
  const needed = incidents.filter(({ service, closedAt }) => closedAt === null && dependsOn.includes(service));
  return needed.length > 0
    ? { share: `the dependency ${needed.map(({ service }) => service).join(', ')}`, incidents: [own, ...needed] }
    : undefined;
}

/** A neighbour that Paramedic changed shortly before this trouble began: the change may be what began it. */
export function treatedNeighbour(
  own: ServiceIncident,
  settings: ServiceSettings,
  { incidents }: Fleet,
): ServiceIncident | undefined {
  const { afterActs } = settings.fleet.manyServices;
  const since = before(own.openedAt, afterActs);
  return incidents.find(
    (each) =>
      each.service !== own.service &&
      isNeighbour(each, settings) &&
      each.actedAt !== null &&
      each.actedAt >= since &&
      // What was changed later, on a service that fell sick later, began nothing here.
      Math.min(each.actedAt, each.openedAt) <= own.openedAt &&
      each.actedAt <= after(own.openedAt, afterActs),
  );
}

const isNeighbour = ({ service, place }: ServiceIncident, { id, resources, dependsOn }: ServiceSettings): boolean =>
  dependsOn.includes(service) ||
  (place !== null &&
    (place.dependsOn.includes(id) || (resources.loadBalancer !== '' && place.loadBalancer === resources.loadBalancer)));
