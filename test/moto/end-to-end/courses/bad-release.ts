import type { PatientSpec } from '../patient.ts';
import { type Course, policyOf, scenarioOf } from './course.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const finished: PatientSpec = {
  id: 'bad-release',
  tasks: 4,
  policy: policyOf('automatic'),
  releases: [
    { tag: '41', ago: 7 * day },
    { tag: '42', ago: 3 * day },
    { tag: '43', ago: 10 * minute },
  ],
};

/** A release that has finished fails a third of its requests. */
export const badRelease: Course = {
  patient: finished,
  scenario: scenarioOf(finished, ['at: 5m, kind: bad-deployment, revision: "43", errorRate: 35%, onset: 1m']),
  begin: async (patient) => {
    const bad = await patient.fleet.taskDefinition();
    await patient.live({ failing: ({ taskDefinitionArn }) => (taskDefinitionArn === bad ? 0.35 : 0) }, 6);
  },
};

const comingIn: PatientSpec = { id: 'bad-release-coming-in', tasks: 4, policy: policyOf('automatic') };

/** The tasks of a release that is still coming in fail most of their requests; the old ones are well. */
export const badReleaseComingIn: Course = {
  patient: comingIn,
  scenario: scenarioOf(
    comingIn,
    ['at: 5m, kind: bad-deployment, revision: "43", errorRate: 60%, pace: 5m'],
    ['maximumPercent: 150'],
  ),
  begin: async (patient) => {
    await patient.live({}, 0);
    // The rollout waits in the middle for somebody to stop it.
    patient.isScheduled = false;
    const { fleet } = patient;
    const release = await fleet.build('43');
    await fleet.deploy(release);
    await fleet.rollOut(2);
    patient.fallIll({ failing: ({ taskDefinitionArn }) => (taskDefinitionArn === release.taskDefinition ? 0.6 : 0) });
  },
  meanwhile: async (patient) => {
    if (patient.fleet.history.ongoing?.rollback !== undefined) patient.isScheduled = true;
  },
};
