import type { FleetRecord } from '../contract/fleet-record.ts';
import type { Instant } from '../contract/time.ts';

/** Where a service lives beside others. */
export type Neighbourhood = {
  readonly loadBalancer: string;
  readonly cluster: string;
  readonly dependsOn: readonly string[];
};

/** The newest incident of one service, as all others see it. `place` null: its configuration could not be read. */
export type ServiceIncident = {
  readonly service: string;
  readonly incident: string;
  readonly openedAt: Instant;
  /** Null while it keeps its service. */
  readonly closedAt: Instant | null;
  /** When Paramedic last began a change on the service, in whichever incident. */
  readonly actedAt: Instant | null;
  readonly place: Neighbourhood | null;
};

/** What one strongly consistent query says of all services. */
export type FleetSeen = { readonly record: FleetRecord; readonly incidents: readonly ServiceIncident[] };

/** What guardrails know of all services together; `services` is how many the pipeline looks after. */
export type FleetFacts =
  | ({ readonly kind: 'read'; readonly services: number } & FleetSeen)
  | { readonly kind: 'unreadable'; readonly because: string };
