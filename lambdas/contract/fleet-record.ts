import type { Instant } from './time.ts';

/** An act that holds a place of the velocity budget: begun, and not verified. */
export type InFlight = {
  readonly incident: string;
  readonly order: string;
  readonly service: string;
  readonly since: Instant;
  /** Its check must have spoken by then; compared with the clock, whatever became of its incident. */
  readonly until: Instant;
  /** It takes back what was done before: it makes the budget neither larger nor smaller. */
  readonly wayBack: boolean;
};

/** What became of one act that was verified. */
export type ActVerified = Pick<InFlight, 'incident' | 'order' | 'service'> & {
  readonly at: Instant;
  readonly failed: boolean;
};

/** What all services of a pipeline share of what Paramedic does: one record, changed only if nobody else has changed it. */
export type FleetRecord = {
  /** Acts that may be in flight at once: 1, then doubled with each that is verified. Each service caps it for itself. */
  readonly pace: number;
  readonly inFlight: readonly InFlight[];
  /** Newest first. */
  readonly verified: readonly ActVerified[];
  /** How often the pace fell back since an act failed, and how often Paramedic was left to observe only. */
  readonly resets: number;
  readonly demotions: number;
};

/** Of a pipeline that has done nothing yet. */
export const newFleetRecord: FleetRecord = { pace: 1, inFlight: [], verified: [], resets: 0, demotions: 0 };
