import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Neighbourhood } from '../../../lambdas/model/fleet.ts';
import type { Incident } from '../../../lambdas/model/incident.ts';
import type { EntryOf, LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { Order, OrderRef } from '../../../lambdas/model/order.ts';
import type { Signal } from '../../../lambdas/model/signal.ts';
import { sealed } from './sealed.ts';

/** What has become of a request; `until` is when it expires. */
type KeptRequest = { state: 'asked' | 'given' | 'rejected' | 'voided'; readonly until: Instant };

export type OrderState = 'pending' | 'started' | 'ended';

/** All that is kept of one incident. */
export class IncidentRecord {
  readonly entries: LedgerEntry[] = [];
  readonly orders = new Map<string, { readonly order: Order; state: OrderState }>();
  readonly #requests = new Map<string, KeptRequest>();
  /** Orders that were ever claimed. */
  readonly begun = new Set<string>();
  readonly signals = new Set<string>();
  /** Whom an answer wakes. */
  callback: string | undefined;
  readonly #ids = new Set<string>();
  incident: Incident;
  closedAt: Instant | null = null;

  constructor(incident: Incident) {
    this.incident = sealed(incident);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Adds an entry once; true when it was new. The effects on orders are those of the entry itself. */
  add(entry: LedgerEntry): boolean {
    if (this.#ids.has(entry.id)) return false;
    this.#ids.add(entry.id);
    this.entries.push(entry);
    if (entry.kind === 'ActionStarted') this.orders.set(entry.order.id, { order: entry.order, state: 'pending' });
    if (entry.kind === 'ActionCompleted') {
      const known = this.orders.get(entry.orderId);
      if (known) known.state = 'ended';
    }
    this.#keepRequest(entry);
    return true;
  }

  get kept(): KeptIncident {
    const { incident, closedAt, entries, signals, orders } = this;
    return { incident, closedAt, entries, signals: signals.size, orders: [...orders.values()] };
  }

  /** Is the incident open, and does the request stand at the entry's time? */
  mayBeAnswered({ requestId, at }: EntryOf<'ApprovalGiven' | 'ApprovalRejected'>): boolean {
    const { status } = this.incident;
    const request = this.#requests.get(requestId);
    return (status === 'starting' || status === 'started') && request?.state === 'asked' && request.until >= at;
  }

  awaitWord(requestId: string, callbackId: string): 'waits' | 'answered' {
    this.callback = callbackId;
    return this.#requests.get(requestId)?.state === 'asked' ? 'waits' : 'answered';
  }

  isApproved({ approval }: Order): boolean {
    return approval === undefined || this.#requests.get(approval.requestId)?.state === 'given';
  }

  #keepRequest(entry: LedgerEntry): void {
    if (entry.kind === 'ApprovalRequested')
      this.#requests.set(entry.request.id, { state: 'asked', until: entry.request.expiresAt });
    const request = 'requestId' in entry ? this.#requests.get(entry.requestId) : undefined;
    if (request === undefined) return;
    if (entry.kind === 'ApprovalGiven') request.state = 'given';
    if (entry.kind === 'ApprovalRejected') request.state = 'rejected';
    if (entry.kind === 'ApprovalVoided') request.state = 'voided';
  }

  addSignal(signal: Signal): void {
    this.signals.add(signal.id);
    const { id: incident, service } = this.incident;
    this.add(sealed({ kind: 'SignalReceived', id: `signal ${signal.id}`, incident, service, at: signal.at, signal }));
  }

  /** False for an order that is not pending: it was begun, or is not there. */
  withdraw(orderId: string): boolean {
    const known = this.orders.get(orderId);
    if (known?.state !== 'pending') return false;
    known.state = 'ended';
    return true;
  }

  setStatus(status: Incident['status']): void {
    this.incident = sealed({ ...this.incident, status });
  }
}

/** One incident as the live ledger has it at the end, beside its entries. */
export type KeptIncident = {
  readonly incident: Incident;
  readonly closedAt: Instant | null;
  readonly entries: readonly LedgerEntry[];
  readonly signals: number;
  readonly orders: readonly { readonly order: Order; readonly state: OrderState }[];
};

/** All that is kept of one service. */
export type ServiceRecord = {
  open: IncidentRecord | null;
  /** The order that was begun and of which nobody knows yet what became of it. */
  inFlight: OrderRef | null;
  /** When an order of it was last begun, and where it lives. */
  actedAt: Instant | null;
  place: Neighbourhood | null;
  /** Oldest first. */
  readonly incidents: IncidentRecord[];
  readonly condemned: EntryOf<'ReleaseCondemned'>[];
  /** The newest change of state of each alarm; it outlives the incident it belonged to. */
  readonly newest: Map<string, Pick<Signal, 'id' | 'at'>>;
  /** Entries that belong to no incident, such as ignored signals. */
  readonly loose: LedgerEntry[];
};

export const newServiceRecord = (): ServiceRecord => ({
  open: null,
  inFlight: null,
  actedAt: null,
  place: null,
  incidents: [],
  condemned: [],
  newest: new Map(),
  loose: [],
});
