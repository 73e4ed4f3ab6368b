import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../lambdas/model/incident-state.ts';
import { halfDoneAct, leftUndone, registeredAgain, takenOut } from '../../lambdas/pipeline/half-done.ts';
import { undoable } from '../../lambdas/pipeline/undoable.ts';
import { done, groupB, minutes, now, onTask, order, standing, target, targetRef, unknown } from './build.ts';

const attempt = (
  id: string,
  change: Partial<Attempt> & { readonly proposal?: object; readonly undoes?: string } = {},
) => {
  const { proposal = onTask('deregister-target', 1), undoes = null, ...rest } = change;
  return {
    order: order(proposal as Attempt['order']['proposal'], { id, undoes }),
    startedAt: now - minutes(5),
    result: done(now - minutes(5)),
    resultAt: now - minutes(5),
    check: null,
    ...rest,
  } satisfies Attempt;
};
const first = attempt('1', { check: 'came-back' });
const again = attempt('2', { proposal: { ...onTask('deregister-target', 1), repeats: 'first' }, check: 'helped' });
const replaced = attempt('3', { proposal: onTask('replace-task', 1) });
const wayBack = { kind: 'none', says: 'It is itself a way back.' };
const back = (of: string) => attempt('4', { proposal: { ...onTask('register-target', 1), wayBack }, undoes: of });
const out = standing({ targets: [target(1, 'draining'), target(2)] });
const isBackAgain =
  'ECS has put something back into the load balancer: its task was found sick, and gets requests again. Stop the task, and ECS starts another.';
const idOf = (one: Attempt | undefined) => one?.order.id;

describe('what was taken out', () => {
  it('is half done until its task is replaced, or it is put back', () => {
    const one = attempt('1', { check: 'helped' });
    expect(idOf(halfDoneAct([one], out))).toBe('1');
    expect(idOf(takenOut([one]))).toBe('1');
    for (const end of [replaced, back('1')]) {
      expect(halfDoneAct([one, end], out)).toBeUndefined();
      expect(takenOut([one, end])).toBeUndefined();
    }
  });

  it('is the newest of those that did the same once more', () => {
    expect(idOf(takenOut([first, again]))).toBe('2');
    expect(idOf(halfDoneAct([first, again], out))).toBe('2');
    expect(undoable([first, again]).map(({ id }) => id)).toEqual(['2']);
    expect(leftUndone([first, again], out)).toEqual([
      'something is still out of the load balancer; its task runs on and nobody replaces it.',
    ]);
    expect(takenOut([first, again, back('2')])).toBeUndefined();
    expect(halfDoneAct([first, again, back('2')], out)).toBeUndefined();
  });

  it('is still the one before while nobody knows whether it was done once more', () => {
    expect(idOf(takenOut([first, { ...again, result: unknown, check: null }]))).toBe('1');
  });

  it('is not to be put back once ECS has registered it again, but its task is a matter for a person', () => {
    const one = attempt('1', { check: 'helped' });
    expect(halfDoneAct([one], standing())).toBeUndefined();
    expect(leftUndone([one], standing())).toEqual([isBackAgain]);
    // It may be taken out again.
    expect(idOf(takenOut([one]))).toBe('1');
  });

  it('is told of by its last check where nobody has looked', () => {
    expect([halfDoneAct([first]), leftUndone([first]), undoable([first])]).toEqual([undefined, [isBackAgain], []]);
    expect(leftUndone([attempt('1', { check: 'helped' })])).toEqual([
      'something is still out of the load balancer; its task runs on and nobody replaces it.',
    ]);
  });

  it('is half done while it is out of one of two target groups', () => {
    const both = onTask('deregister-target', 1, [targetRef(1), targetRef(1, groupB)]);
    const one = attempt('1', { proposal: both });
    const world = standing({ targets: [target(1), target(1, 'draining', groupB)] });
    expect(idOf(halfDoneAct([one], world))).toBe('1');
    expect(registeredAgain(one.order, world)).toBe('some');
    expect(registeredAgain(one.order, standing({ targets: [target(1), target(1, 'initial', groupB)] }))).toBe('all');
    expect(registeredAgain(one.order, standing({ targets: [] }))).toBe('none');
  });
});
