import type { ServiceSettings } from '../../contract/settings.ts';
import type { Diagnosis, DiagnosisKind } from '../../model/diagnosis.ts';
import type { Standing, Symptoms, TargetEvidence } from '../../model/facts.ts';
import type { History } from '../../model/incident-state.ts';
import type { Signal } from '../../model/signal.ts';

/** All that a hypothesis may know: evidence that AWS really offers, and what the ledger remembers. */
export type Case = {
  readonly settings: ServiceSettings;
  readonly standing: Standing;
  readonly symptoms: Symptoms;
  readonly evidence: TargetEvidence;
  /** The newest signal of each alarm. */
  readonly signals: readonly Signal[];
  readonly history: History;
};

/** One state of the world that would explain the evidence; one per file, whose name is its kind. */
export interface Hypothesis {
  readonly kind: DiagnosisKind;
  /** Pure. Confidence 0 to 1, with what speaks for and against it; below one half it is never chosen. */
  weigh(given: Case): Diagnosis;
}
