import type { Instant } from '../contract/time.ts';
import type { Incident } from '../model/incident.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { Order, OrderRef } from '../model/order.ts';
import type { Signal } from '../model/signal.ts';

export type Joined =
  | { readonly kind: 'joined'; readonly incident: Incident }
  /** The very same signal is there already; the incident may still be `starting`. */
  | { readonly kind: 'duplicate'; readonly incident: Incident }
  /** The same alarm has spoken since: an event that was overtaken changes nothing. */
  | { readonly kind: 'overtaken'; readonly incident: Incident }
  | { readonly kind: 'nothing-open' };

export type ClaimResult = 'claimed' | 'taken' | 'fenced' | 'paused' | 'unreadable';

/** Append-only. All reads are strongly consistent and never go through an index. */
export interface Ledger {
  /** Adds the signal to the service's open incident (handed-over ones included), once however often it comes. */
  join(signal: Signal): Promise<Joined>;
  /**
   * Opens an incident with this signal: one transaction, conditional on none being open. Whoever loses the race joins the
   * winner's incident. `id` is what the incident is called if this call wins.
   */
  open(signal: Signal, id: string, at: Instant): Promise<Incident>;
  /** When each alarm of the service changed its state last, as far as the ledger has heard; of closed incidents too. */
  heard(service: string): Promise<Readonly<Record<string, Instant>>>;
  /** starting → started; no change in any other status. */
  markStarted(incidentId: string): Promise<void>;
  incident(id: string): Promise<Incident | undefined>;
  /** All of the entries or none; those whose id is there already are left as they are. */
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
   * not handed over, the pause item exists and says running (the service's too), the order is pending → started.
   */
  claim(order: Order, at: Instant): Promise<ClaimResult>;
  /**
   * Turns an order down for good: pending → ended, so that nobody can begin it any more. False when it is not pending: it was
   * begun, and whether its change was made is not for the caller to say.
   */
  withdraw(ref: OrderRef): Promise<boolean>;
  /**
   * Ends the incident with this entry (`RecoveryConfirmed` frees the service, `HandedOver` keeps it), unless a signal has
   * joined that the caller has not seen. Once only, however often it is asked.
   */
  close(entry: LedgerEntry, signalsSeen: number): Promise<'closed' | 'more-signals'>;
  /** Frees the service of a handed-over incident, unless a signal has joined that the caller has not seen. */
  release(entry: LedgerEntry, signalsSeen: number): Promise<'closed' | 'more-signals'>;
}
