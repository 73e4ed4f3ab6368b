import { placeOf } from '../contract/place-of.ts';
import type { Incident } from '../model/incident.ts';
import type { IncidentState } from '../model/incident-state.ts';
import type { EntryOf } from '../model/ledger-entry.ts';
import type { Answer, Operation } from '../model/operation.ts';
import type { Order } from '../model/order.ts';
import type { Signal } from '../model/signal.ts';
import type { UndoPorts } from '../ports/ports.ts';
import { incidentId } from './incident-id.ts';
import { fold } from './record/evolve.ts';
import { replacedSince, undoable } from './undoable.ts';

type Undo = Extract<Operation, { kind: 'undo' }>;

/** How often another incident of the service may come in between. */
const mostTries = 3;

/**
 * A person wants taken back what was done in an incident. One that is under way does it itself; for one that has ended another is
 * opened for nothing else, under the same fence and pause as any. Safe to repeat.
 */
export async function requestUndo(operation: Undo, by: string, ports: UndoPorts): Promise<Answer> {
  const incident = await ports.ledger.incident(operation.incident);
  if (incident === undefined) return refused(`There is no incident ${operation.incident}.`);
  const state = fold(await ports.ledger.entries(incident.id));
  if (state.undo !== null) return refused(`${state.undo.by} has asked for it already: ${state.undo.why}`);
  const orders = undoable(state.attempts);
  if (orders.length === 0) return refused(whyNothing(incident, state));
  const what = orders.map(({ proposal }) => `${proposal.kind} ${proposal.subjectName}`).join(', ');
  if (isUnderWay(incident)) {
    await ports.ledger.append([requestIn(incident, incident.id, operation, by, orders, ports)]);
    return { kind: 'done', says: `Paramedic takes back in the incident ${incident.id}: ${what}.` };
  }
  const host = await incidentFor(incident, state, operation, by, ports);
  if (host === undefined)
    return refused(`Another act on ${incident.service} has no known end yet; try again in a few minutes.`);
  await ports.ledger.append([requestIn(host, incident.id, operation, by, orders, ports)]);
  if (host.status === 'starting') {
    await ports.workflows.start({ incidentId: host.id });
    await ports.ledger.markStarted(host.id);
  }
  await ports.ledger.append([requestIn(incident, incident.id, operation, by, orders, ports)]);
  return { kind: 'done', says: `Paramedic takes back, as the incident ${host.id}: ${what}.` };
}

const refused = (says: string): Answer => ({ kind: 'refused', says });

const isUnderWay = ({ status }: Incident): boolean => status === 'starting' || status === 'started';

const requestIn = (
  { id, service }: Incident,
  of: string,
  { why }: Undo,
  by: string,
  orders: readonly Order[],
  { clock }: UndoPorts,
): EntryOf<'UndoRequested'> => ({
  kind: 'UndoRequested',
  id: `undo ${of}`,
  incident: id,
  service,
  at: clock.now(),
  by,
  why,
  of,
  orders,
});

/** An incident that is under way on the service: a new one, or one that has come meanwhile. A handed-over one makes room. */
async function incidentFor(
  { id, service }: Incident,
  { settings }: IncidentState,
  operation: Undo,
  by: string,
  ports: UndoPorts,
): Promise<Incident | undefined> {
  const at = ports.clock.now();
  const place = settings === null ? null : placeOf(settings);
  const says = `${by} asked to take back what was done in the incident ${id}: ${operation.why}`;
  const signal: Signal = {
    id: `undo ${id}`,
    service,
    kind: 'combined',
    alarm: `operator/undo/${id}`,
    state: 'resolved',
    at,
    source: 'operator',
    says,
  };
  for (let time = 1; time <= mostTries; time++) {
    const open = await ports.ledger.open(signal, incidentId(at, ports.ids.next()), at, place);
    if (isUnderWay(open)) return open;
    const { signalsSeen } = fold(await ports.ledger.entries(open.id));
    const entry = { kind: 'ServiceReleased', id: 'released', incident: open.id, service, at, says } as const;
    if ((await ports.ledger.release(entry, signalsSeen)) === 'unsettled') return undefined;
  }
  return undefined;
}

/** Each act says by itself why there is no way back; one on a task that was replaced since had one. */
function whyNothing({ id }: Incident, { attempts }: IncidentState): string {
  if (attempts.length === 0) return `In the incident ${id} nothing was changed, so there is nothing to take back.`;
  const isGone = replacedSince(attempts);
  const acts = attempts.map(({ order }) => {
    const { kind, subjectName, wayBack } = order.proposal;
    return `${kind} ${subjectName}: ${isGone(order) ? 'Its task has been replaced since.' : wayBack.says}`;
  });
  return `Nothing of the incident ${id} can be taken back (any more). ${acts.join(' ')}`;
}
