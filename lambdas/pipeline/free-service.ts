import type { Instant } from '../contract/time.ts';
import type { Incident } from '../model/incident.ts';
import type { RecoverPorts } from '../ports/ports.ts';
import { fold } from './record/evolve.ts';

/** How often it is tried while signals keep joining. */
const tries = 5;

/**
 * Frees the service of a handed-over incident, whatever its alarms say: a new signal opens a new incident. Safe to repeat.
 * Rejects when signals joined all the while.
 */
export async function freeService(
  ports: Pick<RecoverPorts, 'ledger'>,
  { id, service }: Incident,
  says: string,
  at: Instant,
): Promise<void> {
  for (let time = 1; time <= tries; time++) {
    const { signalsSeen } = fold(await ports.ledger.entries(id));
    const entry = { kind: 'ServiceReleased', id: 'released', incident: id, service, at, says } as const;
    if ((await ports.ledger.release(entry, signalsSeen)) === 'closed') return;
  }
  throw new Error(`Signals keep joining ${id} while it is freed.`);
}
