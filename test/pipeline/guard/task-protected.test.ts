import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Standing } from '../../../lambdas/model/facts.ts';
import { taskProtected } from '../../../lambdas/pipeline/guard/task-protected.ts';
import { everyProposal, guardFacts, onTask, standing, taskArn } from '../build.ts';
import { says } from './expect-verdict.ts';

type Kind = 'deregister-target' | 'replace-task';
const check = (protection: Standing['protection'], kind: Kind = 'replace-task') =>
  taskProtected.check(onTask(kind, 1), guardFacts({ standing: standing({ protection }) }));
const allow = { kind: 'allow' };

describe('task-protected', () => {
  it.each(['replace-task', 'deregister-target'] as const)('refuses to %s a protected task', (kind) => {
    const world = { [taskArn(1)]: true, [taskArn(2)]: false };
    says(check(world, kind), 'deny', 'task.protected', 'has protected the task 00000001 from being stopped');
  });

  it.each(['replace-task', 'deregister-target'] as const)('refuses to %s one when that cannot be read', (kind) => {
    says(check({}, kind), 'deny', 'task.protected', 'Whether the task 00000001 is protected could not be read.');
    expect(check({ [taskArn(2)]: false }, kind)).toMatchObject({ kind: 'deny' });
  });

  it('allows one that is not protected, whatever the others are', () => {
    expect(check({ [taskArn(1)]: false, [taskArn(2)]: true })).toEqual(allow);
  });

  it('leaves the scheduler to mind protected tasks in acts on the whole service, and ways back alone', () => {
    for (const kind of ['restart-service', 'roll-back-deployment', 'register-target'] as const)
      expect(taskProtected.check(everyProposal[kind], guardFacts({ standing: standing({ protection: {} }) }))).toEqual(
        allow,
      );
  });

  it('allows exactly the tasks that are known not to be protected', () => {
    const property = fc.property(
      fc.constantFrom(true, false, undefined),
      fc.constantFrom(true, false),
      (own, other) => {
        const world = { [taskArn(2)]: other, ...(own === undefined ? {} : { [taskArn(1)]: own }) };
        expect(check(world).kind).toBe(own === false ? 'allow' : 'deny');
      },
    );
    fc.assert(property);
  });
});
