import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Neighbourhood, ServiceIncident } from '../../../lambdas/model/fleet.ts';
import type { Incident } from '../../../lambdas/model/incident.ts';
import type { EntryOf, LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { Order, OrderRef } from '../../../lambdas/model/order.ts';
import type { Signal } from '../../../lambdas/model/signal.ts';
import type { ClaimResult, EndResult, Joined, Ledger, RequestRef } from '../../../lambdas/ports/ledger.ts';
import type { SimulatedControls } from './controls.ts';
import {
  begin,
  type ClaimCondition,
  claimRefusal,
  joining,
  newestIncident,
  periodOf,
  settlesOrder,
} from './ledger-answers.ts';
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
  unchecked: ClaimCondition | null = null;
  onEntry: (entry: LedgerEntry) => void = () => {};

  constructor(controls: Pick<SimulatedControls, 'state'>) {
    this.#controls = controls;
  }

  async join(signal: Signal): Promise<Joined> {
    return this.#join(this.#service(signal.service), signal);
  }

  async open(signal: Signal, id: string, at: Instant, place: Neighbourhood | null = null): Promise<Incident> {
    const service = this.#service(signal.service);
    if (service.open) {
      this.#join(service, signal);
      return service.open.incident;
    }
    if (this.#incidents.has(id)) throw new Error(`An incident ${id} exists already.`);
    const fence = service.incidents.length + 1;
    const record = new IncidentRecord({ id, service: signal.service, openedAt: at, fence, status: 'starting' });
    service.open = record;
    service.place = sealed(place);
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
    return this.#openedSince(service, since).map(periodOf);
  }

  async order(ref: OrderRef): Promise<Order | undefined> {
    const known = this.#incidents.get(ref.incidentId)?.orders.get(ref.orderId);
    return known && known.state !== 'ended' ? known.order : undefined;
  }

  async claim(order: Order, at: Instant): Promise<ClaimResult> {
    const record = this.#incidents.get(order.incidentId);
    const service = this.#service(order.service);
    const no = claimRefusal(order, record, service, this.unchecked);
    if (no !== undefined) return no;
    const controls = this.#controls.state(order.service, at);
    if (this.unchecked !== 'pause' && controls.kind !== 'running') return controls.kind;
    begin(order, at, record, service);
    return 'claimed';
  }

  async withdraw({ incidentId, orderId }: OrderRef): Promise<boolean> {
    return this.unchecked === 'pending' || (this.#incidents.get(incidentId)?.withdraw(orderId) ?? false);
  }

  async answer(entry: EntryOf<'ApprovalGiven' | 'ApprovalRejected'>): Promise<'answered' | 'stands-no-more'> {
    const record = this.#incidents.get(entry.incident);
    if (!record?.mayBeAnswered(entry)) return 'stands-no-more';
    refuseTooLarge(entry);
    this.#add(sealed(entry), record);
    return 'answered';
  }

  async awaitWord({ incidentId, requestId }: RequestRef, callbackId: string): Promise<'waits' | 'answered'> {
    return this.#incidents.get(incidentId)?.awaitWord(requestId, callbackId) ?? 'answered';
  }

  async awaited(incidentId: string): Promise<string | undefined> {
    return this.#incidents.get(incidentId)?.callback;
  }

  async close(entry: LedgerEntry, signalsSeen: number): Promise<EndResult> {
    const record = this.#recordOf(entry);
    if (record.incident.status === 'handed-over' || record.incident.status === 'closed') return 'closed';
    if (record.signals.size > signalsSeen) return 'more-signals';
    if (entry.kind !== 'HandedOver' && this.#isInFlight(entry.service)) return 'unsettled';
    refuseTooLarge(entry);
    this.#add(sealed(entry), record);
    if (entry.kind === 'HandedOver') record.setStatus('handed-over');
    else this.#free(record, entry.at);
    return 'closed';
  }

  async release(entry: LedgerEntry, signalsSeen: number): Promise<EndResult> {
    const record = this.#recordOf(entry);
    if (record.incident.status === 'closed') return 'closed';
    if (record.incident.status !== 'handed-over') throw new Error(`The incident ${entry.incident} is not handed over.`);
    if (record.signals.size > signalsSeen) return 'more-signals';
    if (this.#isInFlight(entry.service)) return 'unsettled';
    refuseTooLarge(entry);
    this.#add(sealed(entry), record);
    this.#free(record, entry.at);
    return 'closed';
  }

  /** The newest incident of every service that ever had one. */
  get newestIncidents(): readonly ServiceIncident[] {
    return [...this.#services].flatMap(([service, record]) => newestIncident(service, record));
  }

  /** Every entry in the order it was appended; for the result of a run. */
  get all(): readonly LedgerEntry[] {
    return this.#all;
  }

  /** For the judge: an order and what has become of it. */
  known(ref: OrderRef): { readonly order: Order; readonly state: OrderState } | undefined {
    return this.#incidents.get(ref.incidentId)?.orders.get(ref.orderId);
  }

  /** For the judge: all that is kept of a service. */
  of(service: string): ServiceRecord {
    return this.#service(service);
  }

  /** For the judge: every incident in the order it was opened. */
  get opened(): readonly Incident[] {
    return [...this.#incidents.values()].map(({ incident }) => incident);
  }

  /** For the judge: all that is kept of every incident, in the order they were opened. */
  get kept(): readonly KeptIncident[] {
    return [...this.#incidents.values()].map((record) => record.kept);
  }

  #isInFlight(service: string): boolean {
    return this.unchecked !== 'settled' && this.#service(service).inFlight !== null;
  }

  #join(service: ServiceRecord, signal: Signal): Joined {
    const joined = joining(service, signal);
    const last = service.incidents.at(-1);
    if (joined.kind === 'joined' && last !== undefined) this.#addSignal(service, last, signal);
    return joined;
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
    if (settlesOrder(entry, service.inFlight)) service.inFlight = null;
    this.#all.push(entry);
    this.onEntry(entry);
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
