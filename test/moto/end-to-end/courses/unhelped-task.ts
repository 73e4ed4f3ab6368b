import type { Patient, PatientSpec } from '../patient.ts';
import { type Course, policyOf, scenarioOf } from './course.ts';
import { oneTaskFails } from './sick-task.ts';

const spec: PatientSpec = { id: 'unhelped-task', tasks: 3, policy: policyOf('automatic') };
/** As bad for all as it was with one failing task of three. */
const forAll = 0.17;

/** One task fails; when it is out, something that all need fails as badly, until the team mends it. */
export const unhelpedTask: Course = {
  patient: spec,
  scenario: scenarioOf(spec, [
    'at: 5m, until: 530s, kind: error-task, tasks: 1, rate: 50%',
    'at: 530s, until: 25m, kind: dependency-down, rate: 17%',
  ]),
  begin: oneTaskFails,
  meanwhile: async (patient, handedOver) => {
    if (handedOver) patient.fallIll({});
    else if (await isOut(patient)) patient.fallIll({ failing: () => forAll });
  },
};

const isOut = async ({ fleet }: Patient): Promise<boolean> => (await fleet.targets()).length < spec.tasks;
