import type { Condemned } from '../contract/known-good.ts';
import type { ServiceSettings } from '../contract/settings.ts';
import type { Instant } from '../contract/time.ts';
import type { Asked } from './approval.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Check, Outcome } from './incident.ts';
import type { ActResult, Order } from './order.ts';
import type { Signal } from './signal.ts';

/** One order, and what became of it. Refused orders are not attempts. */
export type Attempt = {
  readonly order: Order;
  readonly startedAt: Instant;
  readonly result: ActResult | null;
  readonly resultAt: Instant | null;
  readonly check: Check | null;
};

/** The fold over an incident's entries. */
export type IncidentState = {
  readonly settings: ServiceSettings | null;
  readonly diagnosis: Diagnosis | null;
  readonly diagnosedAt: Instant | null;
  /** The newest signal of each alarm. */
  readonly signals: readonly Signal[];
  /** How many signals have joined; closing is conditional on it. */
  readonly signalsSeen: number;
  readonly attempts: readonly Attempt[];
  /** What people were asked, oldest first. */
  readonly requests: readonly Asked[];
  /** Keys of rungs that were tried through. */
  readonly triedRungs: readonly string[];
  readonly outcome: Outcome | null;
  /** What a person wants taken back; null when nobody has asked. */
  readonly undo: UndoRequest | null;
};

/** The orders to take back, newest first, of the incident `of`: this one, or one that has ended. */
export type UndoRequest = {
  readonly by: string;
  readonly why: string;
  readonly of: string;
  readonly orders: readonly Order[];
};

/** One order of any incident of the service, as guardrails need it. */
export type PastAct = {
  readonly incident: string;
  readonly order: Order;
  readonly at: Instant;
  readonly result: ActResult | null;
  readonly check: Check | null;
};

/** A release that was rolled back from, or diagnosed bad. */
export type CondemnedRelease = Condemned & { readonly incident: string; readonly at: Instant };

/** The fold over what the ledger knows of a service across incidents. */
export type History = {
  readonly acts: readonly PastAct[];
  readonly incidents: readonly { readonly id: string; readonly openedAt: Instant; readonly closedAt: Instant | null }[];
  readonly condemned: readonly CondemnedRelease[];
};
