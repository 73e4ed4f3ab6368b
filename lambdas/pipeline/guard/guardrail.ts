import type { ServiceSettings } from '../../contract/settings.ts';
import type { Controls } from '../../model/controls.ts';
import type { Standing } from '../../model/facts.ts';
import type { FleetFacts } from '../../model/fleet.ts';
import type { History } from '../../model/incident-state.ts';
import type { Load } from '../../model/load.ts';
import type { Proposal } from '../../model/proposal.ts';
import type { Verdict } from '../../model/verdict.ts';

/** All a guardrail may know, as values; gathered by `recover` and again by `perform`. */
export type GuardFacts = {
  readonly settings: ServiceSettings;
  readonly standing: Standing;
  readonly controls: Controls;
  /** Of the service, across incidents; `incidentId` tells this one's acts from earlier ones. */
  readonly history: History;
  readonly incidentId: string;
  /** What goes on in all services of the pipeline. */
  readonly fleet: FleetFacts;
  /** How much the service carries, as `recover` measured it before the order; null when that was not measured. */
  readonly load: Load | null;
  /** The rung the proposal belongs to. */
  readonly rung: string;
  /** The order that a way back takes back; null for any other act. */
  readonly undoes: string | null;
};

/** One named limit; one per file, whose name is its id. One that throws denies. */
export interface Guardrail {
  readonly name: string;
  /** It stands against taking back as well, which is otherwise free: it undoes what was allowed before. */
  readonly holdsWaysBack?: true;
  check(proposal: Proposal, facts: GuardFacts): Verdict;
}
