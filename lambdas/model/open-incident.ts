import type { Instant } from '../contract/time.ts';
import type { Incident } from './incident.ts';

/** The newest incident of a service, while it is open and for a while after it was closed. */
export type OpenIncident = Pick<Incident, 'service' | 'openedAt' | 'status'> & {
  readonly incident: string;
  /** Null while it is open. */
  readonly closedAt: Instant | null;
};
