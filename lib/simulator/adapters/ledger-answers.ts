import type { Instant } from '../../../lambdas/contract/time.ts';
import type { ServiceIncident } from '../../../lambdas/model/fleet.ts';
import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { Order, OrderRef } from '../../../lambdas/model/order.ts';
import type { Signal } from '../../../lambdas/model/signal.ts';
import type { ClaimResult, Joined } from '../../../lambdas/ports/ledger.ts';
import type { IncidentRecord, ServiceRecord } from './ledger-store.ts';

/** What a claim, the freeing of a service, and turning an order down depend on. */
export type ClaimCondition = 'pause' | 'fence' | 'once' | 'settled' | 'pending';

/** When an incident was open; `closedAt` null for an open one. */
export const periodOf = ({ incident: { id, openedAt }, closedAt }: IncidentRecord) => ({ id, openedAt, closedAt });

/** The newest incident of a service; none for one that never had any. */
export function newestIncident(
  service: string,
  { incidents, actedAt, place }: ServiceRecord,
): readonly ServiceIncident[] {
  const last = incidents.at(-1);
  if (last === undefined) return [];
  const { id: incident, openedAt } = last.incident;
  return [{ service, incident, openedAt, closedAt: last.closedAt, actedAt, place }];
}

/** Orders that were begun and have no result yet. */
export const unfinishedOrders = ({ incidents }: ServiceRecord): readonly Order[] =>
  incidents
    .flatMap(({ orders }) => [...orders.values()])
    .filter(({ state }) => state === 'started')
    .map(({ order }) => order);

/** Orders that were begun and of which nobody knows yet whether they were carried out. */
export const unsettledOrders = ({ incidents }: ServiceRecord): readonly Order[] =>
  incidents.flatMap(({ entries, orders, begun }) => {
    const settled = new Set(
      entries.flatMap((entry) =>
        entry.kind === 'ActionCompleted' && entry.result.kind !== 'unknown' ? [entry.orderId] : [],
      ),
    );
    return [...orders.values()].map(({ order }) => order).filter(({ id }) => begun.has(id) && !settled.has(id));
  });

/** Does the entry say what became of the order? An unknown result doesn't. */
export const settlesOrder = (entry: LedgerEntry, inFlight: OrderRef | null): boolean =>
  entry.kind === 'ActionCompleted' &&
  entry.result.kind !== 'unknown' &&
  inFlight?.incidentId === entry.incident &&
  inFlight.orderId === entry.orderId;

/** What becomes of a signal: it joins what is open, or is known or overtaken already. */
export function joining({ incidents, newest, open }: ServiceRecord, signal: Signal): Joined {
  const last = incidents.at(-1);
  if (last === undefined) return { kind: 'nothing-open' };
  const { incident } = last;
  const heard = newest.get(signal.alarm);
  if (heard?.id === signal.id) return { kind: 'duplicate', incident };
  if (heard !== undefined && heard.at > signal.at)
    return { kind: last.signals.has(signal.id) ? 'duplicate' : 'overtaken', incident };
  return open === null ? { kind: 'nothing-open' } : { kind: 'joined', incident };
}

/** Which condition of a claim does not hold, but for the pause. `unchecked` is left out. */
export function claimRefusal(
  order: Order,
  record: IncidentRecord | undefined,
  service: ServiceRecord,
  unchecked: ClaimCondition | null,
): Exclude<ClaimResult, 'claimed'> | undefined {
  if (unchecked !== 'fence' && !owns(order, service)) return 'fenced';
  const known = record?.orders.get(order.id);
  if (known === undefined || (unchecked !== 'once' && known.state !== 'pending')) return 'taken';
  if (!record?.isApproved(order)) return 'unapproved';
  // Whoever may begin an order twice does not stumble over its own mark.
  const itself = unchecked === 'once' && service.inFlight?.orderId === order.id;
  return unchecked !== 'settled' && service.inFlight !== null && !itself ? 'unsettled' : undefined;
}

/** Is the order's incident the one that is open on its service, and still being treated? */
function owns({ incidentId, fence }: Order, { open }: ServiceRecord): boolean {
  const incident = open?.incident;
  return incident?.id === incidentId && incident.fence === fence && incident.status !== 'handed-over';
}

/** What a claim writes: the order is begun and in flight. */
export function begin(order: Order, at: Instant, record: IncidentRecord | undefined, service: ServiceRecord): void {
  const known = record?.orders.get(order.id);
  if (known !== undefined) known.state = 'started';
  record?.begun.add(order.id);
  service.inFlight = { incidentId: order.incidentId, orderId: order.id };
  service.actedAt = at;
}
