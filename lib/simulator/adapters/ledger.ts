import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Incident } from '../../../lambdas/model/incident.ts';
import type { EntryOf, LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { Order, OrderRef } from '../../../lambdas/model/order.ts';
import type { Signal } from '../../../lambdas/model/signal.ts';
import type { ClaimResult, Joined, Ledger } from '../../../lambdas/ports/ledger.ts';
import type { SimulatedControls } from './controls.ts';
import { refuseTooLarge, refuseTooMany } from './ledger-limits.ts';
import {
  IncidentRecord,
  type KeptIncident,
  newServiceRecord,
  type OrderState,
  type ServiceRecord,
} from './ledger-store.ts';
import { sealed } from './sealed.ts';

/** The ledger in memory. Nothing can come between the reads and the writes of one call, as in one transaction. */
export class SimulatedLedger implements Ledger {
  readonly #controls: Pick<SimulatedControls, 'state'>;
  readonly #services = new Map<string, ServiceRecord>();
  readonly #incidents = new Map<string, IncidentRecord>();
  readonly #all: LedgerEntry[] = [];
  /** The condition of a claim that is left out, to see what it is worth. */
  unchecked: 'pause' | 'fence' | 'once' | null = null;

  constructor(controls: Pick<SimulatedControls, 'state'>) {
    this.#controls = controls;
  }

  async join(signal: Signal): Promise<Joined> {
    return this.#join(this.#service(signal.service), signal);
  }

  async open(signal: Signal, id: string, at: Instant): Promise<Incident> {
    const service = this.#service(signal.service);
    if (service.open) {
      this.#join(service, signal);
      return service.open.incident;
    }
    if (this.#incidents.has(id)) throw new Error(`An incident ${id} exists already.`);
    const fence = service.incidents.length + 1;
    const record = new IncidentRecord({ id, service: signal.service, openedAt: at, fence, status: 'starting' });
    service.open = record;
    service.incidents.push(record);
    this.#incidents.set(id, record);
    this.#addSignal(service, record, signal);
    return record.incident;
  }

  async heard(service: string): Promise<Readonly<Record<string, Instant>>> {
    return Object.fromEntries([...this.#service(service).newest].map(([alarm, { at }]) => [alarm, at]));
  }

  async markStarted(incidentId: string): Promise<void> {
    const record = this.#incidents.get(incidentId);
    if (record?.incident.status === 'starting') record.setStatus('started');
  }

  async incident(id: string): Promise<Incident | undefined> {
    return this.#incidents.get(id)?.incident;
  }

  async append(entries: readonly LedgerEntry[]): Promise<void> {
    refuseTooMany(entries);
    const checked = entries.map((entry) => {
      refuseTooLarge(entry);
      const record = this.#incidents.get(entry.incident);
      if (!record && entry.kind !== 'SignalIgnored')
        throw new Error(`${entry.kind} belongs to the incident ${entry.incident}, which is not in the ledger.`);
      return { entry: sealed(entry), record };
    });
    for (const { entry, record } of checked) this.#add(entry, record);
  }

  async entries(incidentId: string): Promise<readonly LedgerEntry[]> {
    return [...(this.#incidents.get(incidentId)?.entries ?? [])];
  }

  async recent(service: string, since: Instant): Promise<readonly LedgerEntry[]> {
    return this.#openedSince(service, since).flatMap(({ entries }) => entries);
  }

  async condemned(service: string): Promise<readonly EntryOf<'ReleaseCondemned'>[]> {
    return [...this.#service(service).condemned];
  }

  async incidents(
    service: string,
    since: Instant,
  ): Promise<readonly { readonly id: string; readonly openedAt: Instant; readonly closedAt: Instant | null }[]> {
    return this.#openedSince(service, since).map(({ incident: { id, openedAt }, closedAt }) => ({
      id,
      openedAt,
      closedAt,
    }));
  }

  async order(ref: OrderRef): Promise<Order | undefined> {
    const known = this.#incidents.get(ref.incidentId)?.orders.get(ref.orderId);
    return known && known.state !== 'ended' ? known.order : undefined;
  }

  async claim(order: Order, at: Instant): Promise<ClaimResult> {
    const { unchecked } = this;
    if (unchecked !== 'fence' && !this.#owns(order)) return 'fenced';
    const known = this.#incidents.get(order.incidentId)?.orders.get(order.id);
    if (known === undefined || (unchecked !== 'once' && known.state !== 'pending')) return 'taken';
    const controls = this.#controls.state(order.service, at);
    if (unchecked !== 'pause' && controls.kind !== 'running') return controls.kind;
    known.state = 'started';
    return 'claimed';
  }

  async withdraw({ incidentId, orderId }: OrderRef): Promise<boolean> {
    const known = this.#incidents.get(incidentId)?.orders.get(orderId);
    if (known?.state !== 'pending') return false;
    known.state = 'ended';
    return true;
  }

  async close(entry: LedgerEntry, signalsSeen: number): Promise<'closed' | 'more-signals'> {
    const record = this.#recordOf(entry);
    if (record.incident.status === 'handed-over' || record.incident.status === 'closed') return 'closed';
    if (record.signals.size > signalsSeen) return 'more-signals';
    refuseTooLarge(entry);
    this.#add(sealed(entry), record);
    if (entry.kind === 'HandedOver') record.setStatus('handed-over');
    else this.#free(record, entry.at);
    return 'closed';
  }

  async release(entry: LedgerEntry, signalsSeen: number): Promise<'closed' | 'more-signals'> {
    const record = this.#recordOf(entry);
    if (record.incident.status === 'closed') return 'closed';
    if (record.incident.status !== 'handed-over') throw new Error(`The incident ${entry.incident} is not handed over.`);
    if (record.signals.size > signalsSeen) return 'more-signals';
    refuseTooLarge(entry);
    this.#add(sealed(entry), record);
    this.#free(record, entry.at);
    return 'closed';
  }

  /** The newest incident of each service that ever had one. */
  get newest(): readonly IncidentRecord[] {
    return [...this.#services.values()].flatMap(({ incidents }) => incidents.at(-1) ?? []);
  }

  /** Every entry in the order it was appended; for the result of a run. */
  get all(): readonly LedgerEntry[] {
    return this.#all;
  }

  /** For the judge: an order and what has become of it. */
  known(ref: OrderRef): { readonly order: Order; readonly state: OrderState } | undefined {
    return this.#incidents.get(ref.incidentId)?.orders.get(ref.orderId);
  }

  /** For the judge: orders of a service that were begun and have no result yet. */
  unfinished(service: string): readonly Order[] {
    const orders = this.#service(service).incidents.flatMap(({ orders }) => [...orders.values()]);
    return orders.filter(({ state }) => state === 'started').map(({ order }) => order);
  }

  /** For the judge: every incident in the order it was opened. */
  get opened(): readonly Incident[] {
    return [...this.#incidents.values()].map(({ incident }) => incident);
  }

  /** For the judge: all that is kept of every incident, in the order they were opened. */
  get kept(): readonly KeptIncident[] {
    return [...this.#incidents.values()].map(({ incident, closedAt, entries, signals, orders }) => ({
      incident,
      closedAt,
      entries,
      signals: signals.size,
      orders: [...orders.values()],
    }));
  }

  /** Is the order's incident the one that is open on its service, and still being treated? */
  #owns({ service, incidentId, fence }: Order): boolean {
    const incident = this.#service(service).open?.incident;
    return incident?.id === incidentId && incident.fence === fence && incident.status !== 'handed-over';
  }

  #join(service: ServiceRecord, signal: Signal): Joined {
    const last = service.incidents.at(-1);
    if (last === undefined) return { kind: 'nothing-open' };
    const { incident } = last;
    const heard = service.newest.get(signal.alarm);
    if (heard?.id === signal.id) return { kind: 'duplicate', incident };
    if (heard !== undefined && heard.at > signal.at)
      return { kind: last.signals.has(signal.id) ? 'duplicate' : 'overtaken', incident };
    if (service.open === null) return { kind: 'nothing-open' };
    this.#addSignal(service, last, signal);
    return { kind: 'joined', incident };
  }

  #addSignal(service: ServiceRecord, record: IncidentRecord, signal: Signal): void {
    service.newest.set(signal.alarm, { id: signal.id, at: signal.at });
    record.addSignal(signal);
    const entry = record.entries.at(-1);
    if (entry) this.#all.push(entry);
  }

  #add(entry: LedgerEntry, record: IncidentRecord | undefined): void {
    const service = this.#service(entry.service);
    if (!record) {
      if (service.loose.some(({ id }) => id === entry.id)) return;
      service.loose.push(entry);
    } else if (!record.add(entry)) return;
    if (entry.kind === 'ReleaseCondemned') service.condemned.push(entry);
    this.#all.push(entry);
  }

  #free(record: IncidentRecord, at: Instant): void {
    record.setStatus('closed');
    record.closedAt = at;
    this.#service(record.incident.service).open = null;
  }

  #openedSince(service: string, since: Instant): readonly IncidentRecord[] {
    return this.#service(service).incidents.filter(({ incident }) => incident.openedAt >= since);
  }

  #recordOf(entry: LedgerEntry): IncidentRecord {
    const record = this.#incidents.get(entry.incident);
    if (!record) throw new Error(`The incident ${entry.incident} is not in the ledger.`);
    return record;
  }

  #service(id: string): ServiceRecord {
    let record = this.#services.get(id);
    if (!record) {
      record = newServiceRecord();
      this.#services.set(id, record);
    }
    return record;
  }
}
