import type { Duration } from '../../contract/time.ts';
import type { EvidenceSource } from '../../model/evidence.ts';

/**
 * How late a fact of each source is when everything works; null for what does not age: an alarm's state holds until it
 * changes, and the ledger's word is for ever. A metric minute arrives up to 75 s after its end and is the newest one for a
 * minute more.
 */
export const senseDelay = {
  alarm: null,
  ledger: null,
  metrics: { seconds: 135 },
  'task-logs': { seconds: 60 },
  'target-health': { seconds: 0 },
  ecs: { seconds: 0 },
} as const satisfies Readonly<Record<EvidenceSource, Duration | null>>;

/** How much older than its source's delay a fact may be and still count. */
export const graceForEvidence: Duration = { minutes: 2 };
