import type { Instant } from '../../../lambdas/contract/time.ts';
import type { RunRecord } from '../run-record.ts';

/** How an invariant was broken: when, and how in one sentence. */
export type Breach = { readonly at: Instant; readonly says: string };

/** What holds in every run, whatever befalls it; one per file, whose name is its id. Judged by the record alone. */
export interface Invariant {
  readonly name: string;
  broken(record: RunRecord): readonly Breach[];
}
