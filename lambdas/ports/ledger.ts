import type { Instant } from '../contract/time.ts';
import type { Neighbourhood } from '../model/fleet.ts';
import type { Incident } from '../model/incident.ts';
import type { EntryOf, LedgerEntry } from '../model/ledger-entry.ts';
import type { Order, OrderRef } from '../model/order.ts';
import type { Signal } from '../model/signal.ts';

export type Joined =
  | { readonly kind: 'joined'; readonly incident: Incident }
  /** The very same signal is there already; the incident may still be `starting`. */
  | { readonly kind: 'duplicate'; readonly incident: Incident }
  /** The same alarm has spoken since: an event that was overtaken changes nothing. */
  | { readonly kind: 'overtaken'; readonly incident: Incident }
  | { readonly kind: 'nothing-open' };

/** `unsettled`: another act on the service was begun, and what became of it is not known. */
export type ClaimResult = 'claimed' | 'taken' | 'fenced' | 'unapproved' | 'unsettled' | 'paused' | 'unreadable';

/** A request that was written with `ApprovalRequested`. */
export type RequestRef = { readonly incidentId: string; readonly requestId: string };

/** `unsettled`: the service is not freed while an act on it is in flight. */
export type EndResult = 'closed' | 'more-signals' | 'unsettled';

/** Append-only. All reads are strongly consistent and never go through an index. */
export interface Ledger {
  /** Adds the signal to the service's open incident (handed-over ones included), once however often it comes. */
  join(signal: Signal): Promise<Joined>;
  /**
   * Opens an incident with this signal: one transaction, conditional on none being open. Whoever loses the race joins the
   * winner's incident. `id` is what the incident is called if this call wins; `place` is where the service lives beside others.
   */
  open(signal: Signal, id: string, at: Instant, place?: Neighbourhood | null): Promise<Incident>;
  /** When each alarm of the service changed its state last, as far as the ledger has heard; of closed incidents too. */
  heard(service: string): Promise<Readonly<Record<string, Instant>>>;
  /** starting → started; no change in any other status. */
  markStarted(incidentId: string): Promise<void>;
  incident(id: string): Promise<Incident | undefined>;
  /**
   * All of the entries or none; those whose id is there already are left as they are. A result that says what became of an
   * order (done or refused) takes it out of flight.
   */
  append(entries: readonly LedgerEntry[]): Promise<void>;
  /** In the order they were appended. */
  entries(incidentId: string): Promise<readonly LedgerEntry[]>;
  /** Entries of the service's incidents that opened at or after `since`, oldest incident first. */
  recent(service: string, since: Instant): Promise<readonly LedgerEntry[]>;
  /** Releases condemned in any incident of the service, however old. */
  condemned(service: string): Promise<readonly Extract<LedgerEntry, { kind: 'ReleaseCondemned' }>[]>;
  /** When incidents of the service were open; `closedAt` null for an open one. */
  incidents(
    service: string,
    since: Instant,
  ): Promise<readonly { readonly id: string; readonly openedAt: Instant; readonly closedAt: Instant | null }[]>;
  /** The order, while it is pending or started. */
  order(ref: OrderRef): Promise<Order | undefined>;
  /**
   * The fence, and the last thing before a change. One transaction: the service's open incident has the order's fence and is
   * not handed over, no other act on the service is in flight, the pause item exists and says running (the service's too), the
   * approval it rests on stands, the order is pending → started. From then on it is in flight.
   */
  claim(order: Order, at: Instant): Promise<ClaimResult>;
  /**
   * Turns an order down for good: pending → ended, so that nobody can begin it any more. False when it is not pending: it was
   * begun, and whether its change was made is not for the caller to say.
   */
  withdraw(ref: OrderRef): Promise<boolean>;
  /**
   * A person's answer, in one transaction: the incident is open and not handed over, and its request stands: it is not
   * answered, voided or expired at the entry's time. The first answer wins; any other is not written.
   */
  answer(entry: EntryOf<'ApprovalGiven' | 'ApprovalRejected'>): Promise<'answered' | 'stands-no-more'>;
  /** Writes down whom an answer wakes, in the place of whom it was before; and says whether the request is answered already. */
  awaitWord(request: RequestRef, callbackId: string): Promise<'waits' | 'answered'>;
  /** The callback of the incident's workflow that was written down last, whether or not it still waits. */
  awaited(incidentId: string): Promise<string | undefined>;
  /**
   * Ends the incident with this entry (`RecoveryConfirmed` frees the service, `HandedOver` keeps it), unless a signal has
   * joined that the caller has not seen. Once only, however often it is asked. The service is not freed while an act is in flight.
   */
  close(entry: LedgerEntry, signalsSeen: number): Promise<EndResult>;
  /**
   * Frees the service of a handed-over incident, unless a signal has joined that the caller has not seen, or an act is in
   * flight.
   */
  release(entry: LedgerEntry, signalsSeen: number): Promise<EndResult>;
}
