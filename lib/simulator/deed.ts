import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { ChangeName } from '../../lambdas/contract/permissions.ts';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { Order } from '../../lambdas/model/order.ts';
import type { OrderState } from './adapters/ledger-store.ts';

/** One change an action function made in the world, and what was so at that moment. */
export type Deed = {
  /** When AWS was asked for it, and when it took effect. */
  readonly askedAt: Instant;
  readonly at: Instant;
  readonly service: string;
  readonly incident: string;
  /** The id of the order. */
  readonly order: string;
  readonly action: ActionKind;
  readonly change: ChangeName;
  readonly subject: string;
  /** The tasks that were taken out, put back or stopped. */
  readonly tasks: readonly string[];
  /** Those of them that had no fault of their own. */
  readonly well: readonly string[];
  /** When its function began to look: what it knew may be as old as that. */
  readonly begun: Instant;
  /** When its order was claimed; null when it never was. */
  readonly claimedAt: Instant | null;
  /** Its incident had ended when it was claimed. */
  readonly incidentEnded: boolean;
  /** The order as the ledger has it; undefined when it has none. */
  readonly written: { readonly order: Order; readonly state: OrderState } | undefined;
  /** Other orders of the service that were begun and have no result yet. */
  readonly unfinished: readonly Order[];
  /** Other orders of the service that were begun and of which nobody knew whether they were carried out. */
  readonly unsettled: readonly Order[];
  /** Tasks that are healthy and take traffic, before and after. */
  readonly healthy: { readonly before: number; readonly after: number };
  /** Every task of the service that is meant to go on running. */
  readonly live: readonly string[];
  /** Since when a task it took out or stopped was protected; null when none was. */
  readonly protectedSince: Instant | null;
  /** Since when the load balancer could give new requests to the task it stopped; null when it could not, or stopped none. */
  readonly servingSince: Instant | null;
};
