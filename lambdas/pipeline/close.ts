import type { ReasonCode } from '../contract/reasons.ts';
import type { Instant } from '../contract/time.ts';
import type { Incident } from '../model/incident.ts';
import type { IncidentState } from '../model/incident-state.ts';
import type { EntryOf } from '../model/ledger-entry.ts';
import type { RecoverPorts } from '../ports/ports.ts';
import { halfDoneAct, leftUndone } from './half-done.ts';
import { fold } from './record/evolve.ts';

/** How often a close is tried while signals keep joining. */
const closings = 5;

/**
 * Hands an incident over without a lap: when there is no configuration, no sight, or no workflow any more. Says which acts
 * were begun and not seen through.
 */
export async function closeUnasked(
  ports: Pick<RecoverPorts, 'ledger'>,
  incident: Incident,
  reason: ReasonCode,
  says: string,
  at: Instant,
): Promise<EntryOf<'HandedOver'>> {
  const facts = { id: 'end', incident: incident.id, service: incident.service, at };
  for (let time = 1; ; time++) {
    const state = fold(await ports.ledger.entries(incident.id));
    const entry: EntryOf<'HandedOver'> = {
      ...facts,
      kind: 'HandedOver',
      reason,
      says,
      notDone: [],
      leftUndone: unfinished(state),
    };
    if ((await ports.ledger.close(entry, state.signalsSeen)) === 'closed' || time === closings) return entry;
  }
}

/** Acts whose end nobody has seen, and one that helped but was not completed: a task that is out and not replaced. */
function unfinished({ attempts }: IncidentState): readonly string[] {
  const halfDone = halfDoneAct(attempts);
  const unseen = attempts
    .filter((attempt) => attempt.check === null && attempt !== halfDone)
    .map(({ order: { proposal } }) => `${proposal.kind} ${proposal.subjectName} was begun; look whether it was done.`);
  return [...unseen, ...leftUndone(attempts)];
}
