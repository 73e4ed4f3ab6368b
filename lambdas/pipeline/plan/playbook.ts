import type { ActionKind } from '../../contract/names.ts';
import type { ReasonCode } from '../../contract/reasons.ts';
import type { Timing } from '../../contract/settings.ts';
import type { DiagnosisKind } from '../../model/diagnosis.ts';

/** What is done about a diagnosis: wait, then climb the rungs, and below the last one hand over to a person. */
export type Ladder = {
  /** How long to watch before a person is called; null: not at all. */
  readonly wait: keyof Pick<Timing, 'healingWithin' | 'undeterminedAfter'> | null;
  /** What one rung is for: the one task that is worst, or the whole service, once an incident. */
  readonly treats: 'one-task' | 'service';
  /** Least invasive first. The acts of one rung belong together: first the aid, then what makes it whole again. */
  readonly rungs: readonly (readonly ActionKind[])[];
  /** What stands below the last rung, and why then. */
  readonly below: { readonly handOver: ReasonCode };
};
export type Playbook = Readonly<Record<DiagnosisKind, Ladder>>;

export const playbook: Playbook = {
  'sick-target': {
    wait: null,
    treats: 'one-task',
    rungs: [['deregister-target', 'replace-task']],
    below: { handOver: 'plan.exhausted' },
  },
  'bad-deployment': {
    wait: null,
    treats: 'service',
    rungs: [['roll-back-deployment']],
    below: { handOver: 'plan.exhausted' },
  },
  'worn-out': {
    wait: null,
    treats: 'service',
    rungs: [['restart-service']],
    below: { handOver: 'plan.exhausted' },
  },
  'shared-cause': {
    wait: null,
    treats: 'service',
    rungs: [],
    below: { handOver: 'diagnosis.shared-cause' },
  },
  'aws-is-healing': {
    wait: 'healingWithin',
    treats: 'service',
    rungs: [],
    below: { handOver: 'healing.failed' },
  },
  undetermined: {
    wait: 'undeterminedAfter',
    treats: 'service',
    rungs: [],
    below: { handOver: 'diagnosis.undetermined' },
  },
};
