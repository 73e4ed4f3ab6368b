import type { Instant } from '../contract/time.ts';
import type { Proposal } from './proposal.ts';
import type { Ruling } from './verdict.ts';

/** What of the world an approval stands for: when it is otherwise, nobody has approved that. */
export type WorldSeen = {
  readonly desired: number;
  /** Tasks in service: more of them void nothing. */
  readonly healthy: number;
  /** The newest deployments, with their status. */
  readonly deployments: readonly string[];
  /** The state of the task that is the subject, and of its targets; nothing where the subject is the whole service. */
  readonly subject: readonly string[];
};

/** A rung that a person is asked about: its acts belong together, so one answer counts for all of them. */
export type ApprovalRequest = {
  readonly id: string;
  readonly rung: string;
  /** What would be done, in this order; never empty. */
  readonly proposals: readonly Proposal[];
  /** Nobody may answer it afterwards. */
  readonly expiresAt: Instant;
  readonly world: WorldSeen;
};

/** What has become of a request. */
export type Word =
  | { readonly kind: 'given' | 'rejected'; readonly by: string; readonly why: string; readonly at: Instant }
  | { readonly kind: 'voided'; readonly says: string; readonly at: Instant };

/** A request, and the word on it; null while it stands. */
export type Asked = { readonly request: ApprovalRequest; readonly ruling: Ruling; readonly word: Word | null };

/** The approval an order rests on. */
export type Approval = { readonly requestId: string; readonly by: string; readonly at: Instant };
