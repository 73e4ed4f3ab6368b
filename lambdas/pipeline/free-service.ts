import type { Instant } from '../contract/time.ts';
import type { Incident } from '../model/incident.ts';
import type { LookPorts, RecoverPorts } from '../ports/ports.ts';
import { fold } from './record/evolve.ts';
import { settleIntents } from './settle-intents.ts';

/** How often it is tried while signals keep joining. */
const tries = 5;

/**
 * Frees the service of a handed-over incident, whatever its alarms say: a new signal opens a new incident. An act whose end nobody
 * has seen is settled before that. Safe to repeat. Rejects when signals joined all the while, or it cannot be settled yet.
 */
export async function freeService(
  ports: LookPorts & Pick<RecoverPorts, 'ledger'>,
  incident: Incident,
  says: string,
  at: Instant,
): Promise<void> {
  const { id, service } = incident;
  for (let time = 1; time <= tries; time++) {
    const { signalsSeen } = fold(await ports.ledger.entries(id));
    const entry = { kind: 'ServiceReleased', id: 'released', incident: id, service, at, says } as const;
    const released = await ports.ledger.release(entry, signalsSeen);
    if (released === 'closed') return;
    if (released === 'unsettled') await settleIntents(ports, incident);
  }
  throw new Error(`Signals keep joining ${id} while it is freed.`);
}
