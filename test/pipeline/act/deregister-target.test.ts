import { describe, expect, it } from 'vitest';
import { deregisterTarget } from '../../../lambdas/pipeline/act/deregister-target.ts';
import {
  actCase,
  cluster,
  everyDiagnosis,
  evidence,
  groupA,
  groupB,
  onTask,
  orderRef,
  sickTarget,
  sickTask,
  standing,
  target,
  targetRef,
  task,
  taskArn,
} from '../build.ts';
import { recorder } from './recorder.ts';

const sick = sickTask(1);
const propose = (world = standing(), focus = sick) =>
  deregisterTarget.propose(sickTarget(focus), focus, actCase({ standing: world }));
const recheck = (world = standing(), targets = [targetRef(1)]) =>
  deregisterTarget.recheck(onTask('deregister-target', 1, targets), actCase({ standing: world }));
const confirm = (world: ReturnType<typeof standing>, targets = [targetRef(1)]) =>
  deregisterTarget.confirm(onTask('deregister-target', 1, targets), world);
/** Six tasks, the targets of task 1 as given, in two target groups. */
const twoGroups = (...first: readonly ReturnType<typeof target>[]) =>
  standing({ targets: [...first, ...[2, 3, 4, 5, 6].flatMap((n) => [target(n), target(n, 'healthy', groupB)])] });

describe('deregister-target proposes', () => {
  it('the Id and Port of the sick task in all target groups', () => {
    expect(propose(twoGroups(target(1), target(1, 'unhealthy', groupB)))).toMatchObject({
      key: `deregister-target|${taskArn(1)}`,
      kind: 'deregister-target',
      subject: {
        task: { cluster, task: taskArn(1) },
        targets: [
          { targetGroup: groupA, id: '10.0.0.1', port: 8080 },
          { targetGroup: groupB, id: '10.0.0.1', port: 8080 },
        ],
      },
      subjectName: '2 targets of task 00000001',
      wayBack: { kind: 'undo' },
    });
  });

  it('only the targets that take traffic', () => {
    expect(propose(twoGroups(target(1, 'draining'), target(1, 'healthy', groupB)))).toMatchObject({
      subject: { targets: [targetRef(1, groupB)] },
    });
  });

  it('on a container instance only the host port of the task', () => {
    const ports = [31001, 31002].map((port) => ({ ...target(1), target: { ...targetRef(1), id: 'i-1', port } }));
    const world = standing({ tasks: [task(1, { addresses: [{ id: 'i-1', port: 31002 }] })], targets: ports });
    expect(propose(world)).toMatchObject({ subject: { targets: [{ id: 'i-1', port: 31002 }] } });
  });

  it("that the trouble falls by the task's share, in time", () => {
    expect(propose(standing(), sickTask(1, { share: 0.4 }))).toMatchObject({
      expects: { see: 'trouble-falls', share: 0.4, by: { minutes: 5 } },
      because: [evidence()],
    });
  });

  it.each([
    ['no target of the task is registered', standing({ targets: [target(2)] })],
    ['all of them drain', standing({ targets: [target(1, 'draining'), target(2)] })],
    ['the task is gone', standing({ tasks: [task(2)] })],
    ['the task is stopping', standing({ tasks: [task(1, { status: 'stopping' })] })],
    ['the address of the task is not known', standing({ tasks: [task(1, { addresses: [] })] })],
  ])('nothing when %s', (_, world) => {
    expect(propose(world)).toMatchObject({ kind: 'not-applicable', reason: 'selection.empty' });
  });

  it('nothing without one sick task to look at', () => {
    for (const diagnosis of everyDiagnosis) {
      expect(deregisterTarget.propose(diagnosis, null, actCase())).toMatchObject({ reason: 'selection.empty' });
    }
  });

  it('nothing behind a load balancer it cannot take a task out of', () => {
    const shape = { ...standing().shape, reachedBy: ['alb', 'nlb'] as const };
    expect(propose(standing({ shape }))).toMatchObject({ kind: 'not-applicable', reason: 'shape.unsupported' });
  });
});

describe('deregister-target rechecks', () => {
  it('goes on while all of the targets take traffic', () => {
    expect(recheck()).toEqual({ kind: 'go' });
  });

  it.each([
    ['drain', standing({ targets: [target(1, 'draining'), target(2)] })],
    ['are gone', standing({ targets: [target(2)] })],
  ])('has nothing left to do when they all %s', (_, world) => {
    expect(recheck(world)).toEqual({ kind: 'already-so' });
  });

  it.each([
    ['the task is gone', standing({ tasks: [task(2)] })],
    ['the task is stopping', standing({ tasks: [task(1, { status: 'stopping' })] })],
    ['another task has its address', standing({ tasks: [task(1, { addresses: [{ id: '10.0.0.9', port: null }] })] })],
  ])('stops when %s', (_, world) => {
    expect(recheck(world)).toMatchObject({ kind: 'changed', reason: 'world.changed' });
  });

  it('stops when only one of two target groups still has it', () => {
    const both = [targetRef(1), targetRef(1, groupB)];
    expect(recheck(twoGroups(target(1, 'draining'), target(1, 'healthy', groupB)), both)).toMatchObject({
      kind: 'changed',
      because: 'Only 1 of its 2 targets still takes traffic.',
    });
  });

  it.each(['healthy', 'initial', 'unhealthy'] as const)(
    'takes out once more what ECS has registered again in one of two target groups, where it is %s',
    (state) => {
      const again = {
        ...onTask('deregister-target', 1, [targetRef(1), targetRef(1, groupB)]),
        repeats: 'the first',
      };
      const world = twoGroups(target(1, 'draining'), target(1, state, groupB));
      expect(deregisterTarget.recheck(again, actCase({ standing: world }))).toEqual({ kind: 'go' });
      const gone = twoGroups(target(1, 'draining'));
      expect(deregisterTarget.recheck(again, actCase({ standing: gone }))).toEqual({ kind: 'already-so' });
    },
  );

  it('refuses an empty selection, which never means everything', () => {
    expect(recheck(standing(), [])).toMatchObject({ kind: 'changed', reason: 'selection.empty' });
  });
});

describe('deregister-target', () => {
  it('makes one call with Id and Port of the targets and nothing else', async () => {
    const { change, calls } = recorder();
    const targets = [targetRef(1), targetRef(1, groupB)];
    const world = twoGroups(target(1), target(1, 'healthy', groupB));
    await deregisterTarget.apply(onTask('deregister-target', 1, targets), change, world, orderRef);
    expect(calls).toEqual([['deregisterTargets', targets]]);
  });

  it('leaves a target alone that is out already', async () => {
    const { change, calls } = recorder();
    const both = onTask('deregister-target', 1, [targetRef(1), targetRef(1, groupB)]);
    await deregisterTarget.apply(
      both,
      change,
      twoGroups(target(1, 'draining'), target(1, 'initial', groupB)),
      orderRef,
    );
    expect(calls).toEqual([['deregisterTargets', [targetRef(1, groupB)]]]);
  });

  it('is seen when every target drains or is gone', () => {
    const both = [targetRef(1), targetRef(1, groupB)];
    expect(confirm(twoGroups(target(1, 'draining'), target(1, 'draining', groupB)), both)).toBe(
      'draining in both target groups',
    );
    expect(confirm(twoGroups(), both)).toBe('gone in both target groups');
    expect(confirm(twoGroups(target(1, 'draining'), target(1, 'healthy', groupB)), both)).toBeUndefined();
    expect(confirm(standing())).toBeUndefined();
  });

  it('is taken back by registering the very same targets, resting on what was seen', () => {
    const seen = evidence({ source: 'ledger', says: 'errors did not fall' });
    const proposal = onTask('deregister-target', 1, [targetRef(1), targetRef(1, groupB)]);
    expect(deregisterTarget.undo(proposal, [seen])).toMatchObject({
      key: `register-target|${taskArn(1)}`,
      kind: 'register-target',
      subject: proposal.subject,
      because: [seen],
      expects: { see: 'registered' },
    });
  });
});
