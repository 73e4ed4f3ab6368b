import fc from 'fast-check';
import type { Standing } from '../../../lambdas/model/facts.ts';
import { groupA, groupB, standing, target, task } from '../build.ts';

const state = fc.constantFrom('healthy', 'unhealthy', 'draining', 'initial', 'unused', 'unavailable', null);
const status = fc.constantFrom('running', 'running', 'running', 'starting', 'stopping');

/** Up to twelve tasks in any status, each with a target in any state or none in either of two groups. */
export const anyStanding: fc.Arbitrary<Standing> = fc
  .record({
    desired: fc.integer({ min: 0, max: 12 }),
    tasks: fc.array(fc.record({ status, a: state, b: state }), { maxLength: 12 }),
  })
  .map(({ desired, tasks }) =>
    standing({
      desired,
      tasks: tasks.map((t, i) => task(i + 1, { status: t.status })),
      targets: tasks.flatMap((t, i) => [
        ...(t.a === null ? [] : [target(i + 1, t.a, groupA)]),
        ...(t.b === null ? [] : [target(i + 1, t.b, groupB)]),
      ]),
    }),
  );
