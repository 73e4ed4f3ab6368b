import type { PatientSpec } from '../patient.ts';
import { type Course, policyOf, scenarioOf } from './course.ts';
import { oneTaskFails } from './sick-task.ts';

const patient: PatientSpec = { id: 'lost-answers', tasks: 3, policy: policyOf('automatic') };

/** One task fails, and AWS's answers to the changes that treat it are lost after they were made. */
export const lostAnswers: Course = {
  patient,
  scenario: scenarioOf(patient, ['at: 5m, kind: error-task, tasks: 1, rate: 50%']),
  begin: async (of) => {
    of.fleet.account.strike('elasticloadbalancing.DeregisterTargets', 'answer-lost', 1);
    of.fleet.account.strike('ecs.StopTask', 'answer-lost', 1);
    await oneTaskFails(of);
  },
};
