import { describe, expect, it } from 'vitest';
import type { Standing } from '../../../lambdas/model/facts.ts';
import type { PastAct } from '../../../lambdas/model/incident-state.ts';
import { replaceTask } from '../../../lambdas/pipeline/act/replace-task.ts';
import {
  act,
  actCase,
  cluster,
  everyDiagnosis,
  groupA,
  groupB,
  history,
  minutes,
  now,
  onTask,
  orderRef,
  refused,
  routing,
  seconds,
  settings,
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
  const later = (until: number) => ({ kind: 'later', until, reason: 'target.not-drained' });

  it("waits until the target group's own delay has passed since our order was seen done", () => {
    expect(recheck(draining, deregistered(now - minutes(5) + 1))).toEqual(later(now + 1));
    expect(recheck(draining, deregistered(now - minutes(5)))).toEqual({ kind: 'go' });
  });

  it('waits as long as the slowest of its target groups says', () => {
    const groups = [
      ...routing({ deregistrationDelay: { seconds: 60 } }, [groupA]),
      ...routing({ deregistrationDelay: { seconds: 900 } }, [groupB]),
    ];
    const both = { targets: [target(1, 'draining'), target(1, 'draining', groupB), target(2)], routing: groups };
    expect(recheck(standing(both), deregistered(now - minutes(2)))).toEqual(later(now + minutes(13)));
    const one = { ...both, targets: [target(1, 'draining'), target(2)] };
    expect(recheck(standing(one), deregistered(now - minutes(2)))).toEqual({ kind: 'go' });
  });

  it('waits as long as the service says where it says so, whatever its target groups do', () => {
    const own = settings({ timing: { drainFor: { seconds: 60 } } });
    const check = (world: Standing, at: number) =>
      replaceTask.recheck(
        onTask('replace-task', 1),
        actCase({ settings: own, standing: world, history: history({ acts: [deregistered(at)] }) }),
      );
    expect(check(draining, now - seconds(59))).toEqual(later(now + seconds(1)));
    expect(check(draining, now - seconds(60))).toEqual({ kind: 'go' });
    expect(check({ ...draining, routing: null }, now - seconds(60))).toEqual({ kind: 'go' });
    // Its target group has let go of it before that.
    const gone = standing({ targets: [target(2)] });
    expect(check(gone, now - seconds(59))).toEqual(later(now + seconds(1)));
    expect(check(gone, now - seconds(60))).toEqual({ kind: 'go' });
    // What ECS has registered again waits for nothing.
    expect(check(standing({ targets: [target(1, 'initial'), target(2)] }), now)).toEqual({ kind: 'go' });
  });

  it('waits for the end of the draining when its delay could not be read', () => {
    const world = { ...draining, routing: null };
    expect(recheck(world, deregistered(now - minutes(20)))).toEqual(later(now + seconds(30)));
    expect(recheck({ ...world, targets: [target(2)] }, deregistered(now - minutes(20)))).toEqual({ kind: 'go' });
  });

  it('counts from the newest deregistering of this very task', () => {
    const acts = [
      deregistered(now - minutes(30)),
      deregistered(now - seconds(10)),
      act(onTask('deregister-target', 2), now),
    ];
    expect(recheck(draining, ...acts)).toEqual(later(now + seconds(290)));
  });

  it('counts from the expiry of an order whose answer was lost, and not at all from a refused one', () => {
    const lost = deregistered(now - minutes(2), { result: unknown });
    expect(recheck(draining, lost)).toEqual(later(now + minutes(5)));
    const none = deregistered(now - minutes(9), { result: refused });
    expect(recheck(draining, deregistered(now - minutes(9)), none)).toEqual({ kind: 'go' });
    expect(recheck(draining, none)).toEqual(later(now + seconds(30)));
  });

  it('waits for the end of a draining that somebody else began', () => {
    expect(recheck(draining)).toEqual(later(now + seconds(30)));
  });

  it('does not wait for a task that answers nothing any more, as the log shows', () => {
    const proposal = onTask('replace-task', 1);
    const check = (task: string) =>
      replaceTask.recheck(
        {
          ...proposal,
          because: [{ kind: 'TaskIdle', source: 'task-logs', at: now, task, since: 0, until: 0, says: '' }],
        },
        actCase({ standing: draining, history: history({ acts: [deregistered(now - minutes(2))] }) }),
      );
    expect(check(taskArn(1))).toEqual({ kind: 'go' });
    expect(check(taskArn(2))).toEqual(later(now + minutes(3)));
  });

  it.each([
    ['gone', standing({ targets: [target(2)] })],
    ['unused', standing({ targets: [target(1, 'unused'), target(2)] })],
  ])('goes on at once when the target is %s', (_, world) => {
    expect(recheck(world)).toEqual({ kind: 'go' });
  });

  const outAgain = (at: number, change = {}) =>
    act({ ...onTask('deregister-target', 1), repeats: `deregister-target|${taskArn(1)}` }, at, change);

  it('does not wait for a target that was taken out once more: ECS would register it again', () => {
    expect(recheck(draining, deregistered(now - minutes(1)), outAgain(now))).toEqual({ kind: 'go' });
  });

  it('waits all the same when there was nothing to take out once more, or nobody knows whether it was', () => {
    const already = { kind: 'done', receipt: { kind: 'already-so', at: now, seen: '' } };
    for (const result of [already, unknown])
      expect(recheck(draining, deregistered(now - minutes(1)), outAgain(now, { result }))).toMatchObject({
        kind: 'later',
      });
  });

  it.each(['initial', 'unhealthy'] as const)(
    'goes on while a target that came back is %s: it gets no request yet',
    (state) => {
      const world = standing({ targets: [target(1, state), target(2)] });
      expect(recheck(world, deregistered(now - minutes(1)), outAgain(now))).toEqual({ kind: 'go' });
      expect(recheck(world, deregistered(now - minutes(1)))).toEqual({ kind: 'go' });
    },
  );

  it.each(['initial', 'unhealthy'] as const)(
    'stops while one that is %s gets requests, since no other is healthy or how they are sent is not known',
    (state) => {
      const alone = standing({ targets: [target(1, state), target(2, 'unhealthy')] });
      const unknownRouting = standing({ targets: [target(1, state), target(2)], routing: null });
      for (const world of [alone, unknownRouting])
        expect(recheck(world, outAgain(now))).toMatchObject({ kind: 'changed', reason: 'target.came-back' });
    },
  );

  it('stops when a target is healthy again in one group, and says that it came back', () => {
    const world = standing({ targets: [target(1, 'draining'), target(1, 'healthy', groupB)] });
    for (const acts of [[deregistered(now - minutes(6))], [deregistered(now - minutes(6)), outAgain(now)]])
      expect(recheck(world, ...acts)).toMatchObject({ kind: 'changed', reason: 'target.came-back' });
  });

  it('stops when a target takes traffic that nobody took out', () => {
    expect(recheck(standing())).toMatchObject({ kind: 'changed', reason: 'target.not-draining' });
    const none = deregistered(now - minutes(9), { result: refused });
    expect(recheck(standing(), none)).toMatchObject({ reason: 'target.not-draining' });
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
      ['stopTask', { cluster, task: taskArn(1) }, 'Replaced by Paramedic: something was sick and is out of service.'],
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
