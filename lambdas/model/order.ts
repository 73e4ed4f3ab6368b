import type { ActionKind } from '../contract/names.ts';
import type { ReasonCode } from '../contract/reasons.ts';
import type { ServiceSettings } from '../contract/settings.ts';
import type { Instant } from '../contract/time.ts';
import type { Approval } from './approval.ts';
import type { Load } from './load.ts';
import type { Proposal } from './proposal.ts';

/** A proposal that was allowed, as `recover` writes it into the ledger before it is done. */
export type Order<K extends ActionKind = ActionKind> = {
  readonly version: 1;
  readonly id: string;
  readonly incidentId: string;
  readonly service: string;
  /** The incident's epoch on its service; a claim by another epoch is refused. */
  readonly fence: number;
  readonly expiresAt: Instant;
  readonly settings: ServiceSettings;
  readonly proposal: Proposal<K>;
  /** How much the service carried when it was written: action functions read no metrics. */
  readonly load: Load | null;
  /** The rung it belongs to. */
  readonly rung: string;
  /** The order it takes back, for a way back. */
  readonly undoes: string | null;
  /** The incident of that order, where it is another one than this. */
  readonly undoesOf?: string;
  /** Who has approved it, where somebody was asked; its function reads that in the ledger again. */
  readonly approval?: Approval;
  /** How many services the pipeline looked after when it was ordered; absent where that could not be read. */
  readonly services?: number;
};

/** All that travels to an action function: whoever calls it, the order must be in the ledger. */
export type OrderRef = { readonly incidentId: string; readonly orderId: string };

/**
 * What the service runs now that its stack, or whatever else deploys it, knows nothing of: the next deployment begins from what
 * these ask for. ARNs of task definitions.
 */
export type Drift = {
  readonly asked: string;
  readonly runs: string;
  /** What `runs` is a copy of, where Paramedic registered one: it is the newest revision of its family then. */
  readonly copyOf: string | null;
  /** Containers for which no digest is recorded: they run what their tag stands for. */
  readonly unpinned: readonly string[];
};

/** What the world answered. `seen` is the change observed afterwards, such as "draining in both target groups". */
export type Receipt = {
  readonly kind: 'changed' | 'already-so';
  readonly at: Instant;
  readonly seen: string;
  readonly drift?: Drift;
};

export type ActResult =
  | { readonly kind: 'done'; readonly receipt: Receipt }
  /** Nothing was changed. Not an attempt. */
  | { readonly kind: 'refused'; readonly reason: ReasonCode; readonly says: string }
  /** The function died or timed out: the change may or may not have been made. Settled by looking, never by repeating. */
  | { readonly kind: 'unknown'; readonly error: string };
