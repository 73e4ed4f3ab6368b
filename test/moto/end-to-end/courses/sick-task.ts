import type { Patient, PatientSpec } from '../patient.ts';
import { type Course, policyOf, scenarioOf } from './course.ts';

/** One task fails half of its requests, and the load balancer notices. */
export async function oneTaskFails(patient: Patient): Promise<void> {
  const sick = await patient.task(1);
  for (const target of patient.fleet.targetsOf(sick)) patient.fleet.health.find(target, 'anomalous');
  await patient.live({ failing: ({ taskArn }) => (taskArn === sick.taskArn ? 0.5 : 0) }, 6);
}

const patient: PatientSpec = { id: 'sick-task', tasks: 3, policy: policyOf('automatic') };

/** One of three tasks fails half of its requests until it is replaced. */
export const sickTask: Course = {
  patient,
  scenario: scenarioOf(patient, ['at: 5m, kind: error-task, tasks: 1, rate: 50%']),
  begin: oneTaskFails,
};

const observed: PatientSpec = { id: 'observed-task', tasks: 3, policy: policyOf('observe') };

/** The same, and Paramedic is to do nothing: the team mends it when it is called. */
export const observedTask: Course = {
  patient: observed,
  scenario: scenarioOf(observed, ['at: 5m, until: 15m, kind: error-task, tasks: 1, rate: 50%']),
  begin: oneTaskFails,
  meanwhile: async (of, handedOver) => {
    if (handedOver) of.fallIll({});
  },
};
