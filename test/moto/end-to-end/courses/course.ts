import type { Patient, PatientSpec } from '../patient.ts';

/** Something that goes wrong with a service, in moto and, told as a scenario, in the simulated account. */
export type Course = {
  readonly patient: PatientSpec;
  /** A whole scenario file; its one service is called `checkout`. */
  readonly scenario: string;
  /** The patient has a past, and something is wrong with it. */
  readonly begin: (patient: Patient) => Promise<void>;
  /** What others do while Paramedic is at it; called again and again. `handedOver`: a person has been called. */
  readonly meanwhile?: (patient: Patient, handedOver: boolean) => Promise<void>;
};

/** What every patient sets in recovery.yaml, and the service of its scenario. */
export const policyOf = (mode: 'automatic' | 'approve' | 'observe') => ({ mode, timing: { lap: '60s' } });

/** The scenario of a service with something wrong. */
export const scenarioOf = ({ tasks, policy }: PatientSpec, faults: readonly string[], more: readonly string[] = []) =>
  [
    'name: the same in the simulated account',
    'duration: 45m',
    `services: { checkout: { ${[`tasks: ${tasks}`, 'capacityPerTask: 60/s', `recovery: ${JSON.stringify(policy)}`, ...more].join(', ')} } }`,
    'faults:',
    ...faults.map((fault) => `  - { ${fault}, service: checkout }`),
  ].join('\n');
