import type { PatientSpec } from '../patient.ts';
import type { Illness } from '../traffic.ts';
import { type Course, policyOf, scenarioOf } from './course.ts';

const minute = 60_000;
const spec: PatientSpec = { id: 'worn-out', tasks: 4, policy: policyOf('automatic') };

/** All tasks have leaked memory for long and begin to fail for it; fresh ones have not. */
export const wornOut: Course = {
  patient: spec,
  scenario: scenarioOf(spec, ['at: 5m, kind: memory-leak, growth: 2%/m']),
  begin: async (patient) => {
    const old = new Set((await patient.fleet.tasks()).map(({ taskArn }) => taskArn));
    const now = patient.now();
    const leaking: Pick<Illness, 'memory'> = {
      memory: ({ taskArn }, at) => (old.has(taskArn) ? Math.min(98, 80 + (at - now) / minute / 2) : 40),
    };
    const failing: Illness['failing'] = ({ taskArn }) => (old.has(taskArn) ? 0.3 : 0);
    await patient.live({ ...leaking, failing }, 6, leaking);
  },
};
