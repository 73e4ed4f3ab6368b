import { describe, expect, it } from 'vitest';
import type { PastAct } from '../../../lambdas/model/incident-state.ts';
import { replaceTask } from '../../../lambdas/pipeline/act/replace-task.ts';
import {
  act,
  actCase,
  cluster,
  everyDiagnosis,
  groupB,
  history,
  minutes,
  now,
  onTask,
  orderRef,
  refused,
  seconds,
  sickTarget,
  sickTask,
  standing,
  target,
  targetRef,
  task,
  taskArn,
  unknown,
} from '../build.ts';
import { recorder } from './recorder.ts';

const propose = (world = standing()) =>
  replaceTask.propose(sickTarget(sickTask(1)), sickTask(1), actCase({ standing: world }));
const recheck = (world: ReturnType<typeof standing>, ...acts: readonly PastAct[]) =>
  replaceTask.recheck(onTask('replace-task', 1), actCase({ standing: world, history: history({ acts }) }));
const draining = standing({ targets: [target(1, 'draining'), target(2)] });
const deregistered = (at: number, change = {}) => act(onTask('deregister-target', 1), at, change);

describe('replace-task proposes', () => {
  it('the sick task with its targets, drained or not: in observe mode nothing was done before it', () => {
    const subject = { task: { cluster, task: taskArn(1) }, targets: [targetRef(1)] };
    expect(propose()).toMatchObject({ key: `replace-task|${taskArn(1)}`, subject, subjectName: 'task 00000001' });
    expect(propose(draining)).toMatchObject({ subject });
    expect(propose(standing({ targets: [] }))).toMatchObject({ subject });
  });

  it('that all tasks are healthy when AWS has had its time', () => {
    expect(propose()).toMatchObject({
      expects: { see: 'all-tasks-healthy', by: { minutes: 15 } },
      wayBack: { kind: 'by-itself' },
    });
  });

  it('nothing when the task is gone or stopping', () => {
    expect(propose(standing({ tasks: [task(2)] }))).toMatchObject({ reason: 'selection.empty' });
    expect(propose(standing({ tasks: [task(1, { status: 'stopping' })] }))).toMatchObject({
      reason: 'selection.empty',
    });
  });

  it('nothing without one sick task to look at, and nothing for an unsupported shape', () => {
    for (const diagnosis of everyDiagnosis) {
      expect(replaceTask.propose(diagnosis, null, actCase())).toMatchObject({ reason: 'selection.empty' });
    }
    const shape = { ...standing().shape, reachedBy: [] };
    expect(propose(standing({ shape }))).toMatchObject({ reason: 'shape.unsupported' });
  });
});

describe('replace-task rechecks', () => {
  it('waits until the target has drained for a minute since our order was seen done', () => {
    expect(recheck(draining, deregistered(now - seconds(59)))).toEqual({
      kind: 'later',
      until: now + seconds(1),
      reason: 'target.not-drained',
    });
    expect(recheck(draining, deregistered(now - seconds(60)))).toEqual({ kind: 'go' });
  });

  it('counts from the newest deregistering of this very task', () => {
    const acts = [
      deregistered(now - minutes(30)),
      deregistered(now - seconds(10)),
      act(onTask('deregister-target', 2), now),
    ];
    expect(recheck(draining, ...acts)).toMatchObject({ kind: 'later', until: now + seconds(50) });
  });

  it('counts from the expiry of an order whose answer was lost, and not at all from a refused one', () => {
    const lost = deregistered(now - minutes(2), { result: unknown });
    expect(recheck(draining, lost)).toMatchObject({ kind: 'later', until: now + minutes(1) });
    const none = deregistered(now - minutes(9), { result: refused });
    expect(recheck(draining, deregistered(now - minutes(9)), none)).toEqual({ kind: 'go' });
    expect(recheck(draining, none)).toMatchObject({ kind: 'later' });
  });

  it('waits for the end of a draining that somebody else began', () => {
    expect(recheck(draining)).toMatchObject({ kind: 'later', until: now + seconds(30) });
  });

  it.each([
    ['gone', standing({ targets: [target(2)] })],
    ['unused', standing({ targets: [target(1, 'unused'), target(2)] })],
  ])('goes on at once when the target is %s', (_, world) => {
    expect(recheck(world)).toEqual({ kind: 'go' });
  });

  it.each(['healthy', 'unhealthy', 'initial'] as const)('stops when a target is still %s in one group', (state) => {
    const world = standing({ targets: [target(1, 'draining'), target(1, state, groupB)] });
    expect(recheck(world, deregistered(now - minutes(5)))).toMatchObject({
      kind: 'changed',
      reason: 'target.not-draining',
    });
  });

  it('stops when the known target takes traffic though the task states no address', () => {
    const world = standing({ tasks: [task(1, { addresses: [] })] });
    expect(recheck(world)).toMatchObject({ kind: 'changed', reason: 'target.not-draining' });
  });

  it('stops when one of several known targets takes traffic though the task states no address', () => {
    const both = onTask('replace-task', 1, [targetRef(1), targetRef(1, groupB)]);
    const targets = [target(1, 'draining'), target(1, 'healthy', groupB)];
    const world = standing({ tasks: [task(1, { addresses: [] })], targets });
    expect(replaceTask.recheck(both, actCase({ standing: world }))).toMatchObject({ reason: 'target.not-draining' });
  });

  it('has nothing left to do when the task is gone or stopping', () => {
    expect(recheck(standing({ tasks: [task(2)] }))).toEqual({ kind: 'already-so' });
    expect(recheck(standing({ tasks: [task(1, { status: 'stopping' })] }))).toEqual({ kind: 'already-so' });
  });
});

describe('replace-task', () => {
  it('stops that one task, once, and says who did it', async () => {
    const { change, calls } = recorder();
    await replaceTask.apply(onTask('replace-task', 1), change, standing(), orderRef);
    expect(calls).toEqual([
      ['stopTask', { cluster, task: taskArn(1) }, 'Replaced by Paramedic: something was sick and has drained.'],
    ]);
  });

  it('is seen when the task stops', () => {
    const proposal = onTask('replace-task', 1);
    expect(replaceTask.confirm(proposal, standing())).toBeUndefined();
    expect(replaceTask.confirm(proposal, standing({ tasks: [task(1, { status: 'stopping' })] }))).toBe(
      'the task is stopping or gone',
    );
    expect(replaceTask.confirm(proposal, standing({ tasks: [] }))).toBeDefined();
  });

  it('cannot be undone', () => {
    expect(replaceTask.undo(onTask('replace-task', 1), [])).toMatchObject({ kind: 'not-applicable' });
  });
});
