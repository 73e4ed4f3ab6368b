import type { Condemned } from '../contract/known-good.ts';
import type { ReasonCode } from '../contract/reasons.ts';
import type { ServiceSettings } from '../contract/settings.ts';
import type { Instant } from '../contract/time.ts';
import type { ApprovalRequest } from './approval.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Evidence } from './evidence.ts';
import type { Check, CheckReason } from './incident.ts';
import type { ActResult, Order } from './order.ts';
import type { Proposal } from './proposal.ts';
import type { Signal } from './signal.ts';
import type { Ruling } from './verdict.ts';

type Entry<K extends string, D> = {
  readonly kind: K;
  /** Unique in its incident and the same on replay: appending twice is appending once. */
  readonly id: string;
  readonly incident: string;
  readonly service: string;
  readonly at: Instant;
} & D;

/** What happened, past tense, append-only. */
export type LedgerEntry =
  | Entry<'SignalReceived', { readonly signal: Signal }>
  /** The workflow has begun, with the configuration the incident keeps to its end. */
  | Entry<'IncidentOpened', { readonly settings: ServiceSettings; readonly openedAt: Instant }>
  | Entry<'DiagnosisMade', { readonly diagnosis: Diagnosis }>
  | Entry<'ActionDenied', { readonly proposal: Proposal; readonly ruling: Ruling }>
  /** Held: may be allowed later. Written when a hold begins or its reason changes, not every lap. */
  | Entry<'ActionHeld', { readonly proposal: Proposal; readonly ruling: Ruling }>
  | Entry<'ActionWithheld', { readonly proposal: Proposal; readonly ruling: Ruling }>
  /** A person is asked; nothing is done until there is a word, or the time is over. */
  | Entry<'ApprovalRequested', { readonly request: ApprovalRequest; readonly ruling: Ruling }>
  | Entry<'ApprovalGiven', { readonly requestId: string; readonly by: string; readonly why: string }>
  | Entry<'ApprovalRejected', { readonly requestId: string; readonly by: string; readonly why: string }>
  /** The world is no longer the one it was asked in: an approval of it counts no more. */
  | Entry<'ApprovalVoided', { readonly requestId: string; readonly says: string }>
  /** The intent, written before the act. */
  | Entry<'ActionStarted', { readonly order: Order; readonly ruling: Ruling }>
  | Entry<'ActionCompleted', { readonly orderId: string; readonly result: ActResult }>
  | Entry<
      'CheckMade',
      { readonly orderId: string; readonly check: Check; readonly says: string; readonly inVain?: CheckReason }
    >
  | Entry<'RungTried', { readonly rung: string }>
  /** A release was found bad; it never becomes a rollback target again. */
  | Entry<'ReleaseCondemned', Condemned & { readonly deployment: string }>
  | Entry<'RecoveryConfirmed', { readonly because: readonly Evidence[]; readonly says: string }>
  | Entry<
      'HandedOver',
      {
        readonly reason: ReasonCode;
        readonly says: string;
        readonly notDone: readonly string[];
        readonly leftUndone: readonly string[];
      }
    >
  /** A person wants taken back what was done in `of`: this incident, or one that has ended. */
  | Entry<
      'UndoRequested',
      { readonly by: string; readonly why: string; readonly of: string; readonly orders: readonly Order[] }
    >
  /** The alarms of a handed-over incident are OK: its service is free again. */
  | Entry<'ServiceReleased', { readonly says: string }>
  /** Tasks run on outside of their load balancer after the incident has ended; people were told. None: no longer. */
  | Entry<'TasksOutside', { readonly tasks: readonly string[]; readonly says: string }>
  /** A signal that opens nothing; kept under the service. */
  | Entry<'SignalIgnored', { readonly because: string; readonly says: string }>;

export type EntryOf<K extends LedgerEntry['kind']> = Extract<LedgerEntry, { kind: K }>;
