import type { FleetFacts } from '../model/fleet.ts';
import type { Fleet } from '../ports/fleet.ts';

/** What goes on in all services. What cannot be read holds what would be done; it hinders nobody from looking at the service. */
export async function lookAround(fleet: Pick<Fleet, 'read'>, size: () => Promise<number>): Promise<FleetFacts> {
  try {
    const [seen, services] = await Promise.all([fleet.read(), size()]);
    return { kind: 'read', services, ...seen };
  } catch (error) {
    return { kind: 'unreadable', because: error instanceof Error ? error.message : String(error) };
  }
}
