import { describe, expect, it } from 'vitest';
import { registerTarget } from '../../../lambdas/pipeline/act/register-target.ts';
import {
  actCase,
  everyDiagnosis,
  groupB,
  onTask,
  orderRef,
  sickTask,
  standing,
  target,
  targetRef,
  task,
} from '../build.ts';
import { recorder } from './recorder.ts';

const both = [targetRef(1), targetRef(1, groupB)];
const recheck = (world: ReturnType<typeof standing>, targets = both) =>
  registerTarget.recheck(onTask('register-target', 1, targets), actCase({ standing: world }));

describe('register-target', () => {
  it('is never proposed for a diagnosis: it is a way back only', () => {
    for (const diagnosis of everyDiagnosis) {
      expect(registerTarget.propose(diagnosis, sickTask(1), actCase())).toMatchObject({ kind: 'not-applicable' });
    }
  });

  it.each([
    ['draining', [target(1, 'draining'), target(1, 'draining', groupB)]],
    ['gone', []],
    ['out of one of two groups', [target(1), target(1, 'draining', groupB)]],
  ])('goes on while the targets are %s and the task runs at that address', (_, targets) => {
    expect(recheck(standing({ targets }))).toEqual({ kind: 'go' });
  });

  it.each(['healthy', 'initial', 'unhealthy'] as const)('has nothing left to do when all are %s', (state) => {
    expect(recheck(standing({ targets: [target(1, state), target(1, state, groupB)] }))).toEqual({
      kind: 'already-so',
    });
  });

  it.each([
    ['the task is gone', [task(2)]],
    ['the task is stopping', [task(1, { status: 'stopping' })]],
    ['the task does not run yet', [task(1, { status: 'starting' })]],
    ['another task holds the address', [task(1, { addresses: [{ id: '10.0.0.7', port: null }] })]],
  ])('stops when %s', (_, tasks) => {
    expect(recheck(standing({ targets: [], tasks }))).toMatchObject({ kind: 'changed', reason: 'world.changed' });
  });

  it('refuses an empty selection', () => {
    expect(recheck(standing(), [])).toMatchObject({ kind: 'changed', reason: 'selection.empty' });
  });

  it('makes one call with Id and Port of the targets and nothing else', async () => {
    const { change, calls } = recorder();
    await registerTarget.apply(onTask('register-target', 1, both), change, standing(), orderRef);
    expect(calls).toEqual([['registerTargets', both]]);
  });

  it('is seen when every target is registered again', () => {
    const proposal = onTask('register-target', 1, both);
    expect(
      registerTarget.confirm(proposal, standing({ targets: [target(1, 'initial'), target(1, 'initial', groupB)] })),
    ).toBe('registered again in both target groups');
    expect(registerTarget.confirm(proposal, standing({ targets: [target(1)] }))).toBeUndefined();
  });

  it('has no way back of its own', () => {
    expect(registerTarget.undo(onTask('register-target', 1), [])).toMatchObject({ kind: 'not-applicable' });
  });
});
