import type { TargetRef } from '../contract/targets.ts';
import type { Evidence } from './evidence.ts';

type Weighed = {
  readonly because: readonly Evidence[];
  readonly against: readonly Evidence[];
  /** 0 to 1; below one half a hypothesis is never chosen. */
  readonly confidence: number;
};

/** A task that differs from its peers, with all its targets. `share` is its part of the trouble, 0 to 1. */
export type SickTask = {
  readonly task: string;
  readonly targets: readonly TargetRef[];
  readonly symptom: 'errors' | 'slow' | 'silent';
  readonly share: number;
};

/** A state of the world that would explain the evidence. */
export type Diagnosis = Weighed &
  (
    | {
        readonly kind: 'sick-target';
        /** Worst first; never empty, and not all where they are many. */
        readonly sick: readonly SickTask[];
        /** How many they are, where not all are named. */
        readonly count?: number;
        /** How many tasks were in service, the sick ones included. */
        readonly among?: number;
      }
    | { readonly kind: 'bad-deployment'; readonly deployment: string; readonly taskDefinition: string }
    | { readonly kind: 'shared-cause' }
    | { readonly kind: 'worn-out' }
    | { readonly kind: 'aws-is-healing'; readonly what: 'replacing-tasks' | 'rolling-back' }
    | { readonly kind: 'undetermined' }
  );
export type DiagnosisKind = Diagnosis['kind'];
