import type { Instant } from '../contract/time.ts';

/** How much the tasks of a service carried, as measured; null where there were no datapoints. */
export type Load = {
  /** The end of the newest minute that was measured. */
  readonly at: Instant;
  /** Requests a second in the busiest of the last minutes. */
  readonly requests: number | null;
  /** Percent of one task's CPU, of all tasks together: in the busiest of the last minutes, and in the newest one. */
  readonly cpu: { readonly most: number; readonly newest: number } | null;
};
