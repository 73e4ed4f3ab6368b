import { describe, expect, it } from 'vitest';
import type { TargetRef, TargetState } from '../../../lambdas/model/facts.ts';
import type { VerifyFacts } from '../../../lambdas/pipeline/verify/acted.ts';
import { verify } from '../../../lambdas/pipeline/verify/verify.ts';
import { minute, now, standing, target, task, upTo } from '../diagnose/build.ts';
import { attempt, changed, facts } from './build.ts';

const [otherGroup, otherTask] = ['checkout/2', 9];
const inOther = (n: number, state: TargetState) =>
  target(n, { state, target: { ...target(n).target, targetGroup: otherGroup } });
const at = (given: VerifyFacts, instant: number): VerifyFacts => ({
  ...given,
  standing: { ...given.standing, at: instant },
});
/** The acts below were seen four minutes before `now`, and may take five. */
const deadline = now + minute;

describe('all tasks are healthy', () => {
  const replaced = attempt(
    'replace-task',
    { task: task(1).task, targets: [target(1).target] },
    { see: 'all-tasks-healthy', by: { minutes: 5 } },
  );
  const successors = upTo(6).map((n) => task(n + 1));
  const healthy = upTo(6).map((n) => target(n + 1));
  const check = (tasks = successors, targets = healthy) =>
    verify(replaced, facts({ standing: standing(6, { tasks, targets }) }));

  it('when the task is gone and as many as desired are healthy, and says so', () => {
    expect(check()).toEqual({ check: 'helped', says: 'The task is gone; 6 of 6 tasks are healthy.' });
    expect(check([...successors, task(8)], [...healthy, target(8)])).toMatchObject({ check: 'helped' });
  });

  it('not while the task is still there, however many others are healthy', () => {
    expect(check([task(1), ...successors], [target(1), ...healthy])).toEqual({
      check: 'not-yet',
      says: 'The task is still there; 6 of 6 tasks are healthy.',
    });
  });

  it('not when one too few is, even if none is on its way', () => {
    const sick = healthy.with(5, target(7, { state: 'unhealthy' }));
    expect(check(successors, sick)).toEqual({
      check: 'not-yet',
      says: 'The task is gone; 5 of 6 tasks are healthy.',
    });
    expect(check(successors.slice(1), healthy).says).toContain('5 of 6');
  });

  it('does not count the replaced task, nor one that starts or stops', () => {
    const says = (tasks: typeof successors) => check(tasks, [target(1), ...healthy]).says;
    expect(says([task(1), ...successors.slice(1)])).toContain('5 of 6');
    expect(says(successors.with(0, task(2, { status: 'stopping' })))).toContain('5 of 6');
    expect(says(successors.with(0, task(2, { status: 'starting' })))).toContain('5 of 6');
  });

  it('does not count a task that is healthy in one target group and on its way into the other', () => {
    expect(check(successors, [...healthy, inOther(2, 'initial')])).toEqual({
      check: 'not-yet',
      says: 'The task is gone; 5 of 6 tasks are healthy.',
    });
    expect(check(successors, [...healthy, inOther(2, 'healthy')]).check).toBe('helped');
  });

  it('not while a task beyond the desired ones is on its way', () => {
    const more = check([...successors, task(8)], [...healthy, target(8, { state: 'initial' })]);
    expect(more).toEqual({ check: 'not-yet', says: 'The task is gone; 6 of 6 tasks are healthy.' });
  });

  it('is awaited to the deadline, and not a moment longer', () => {
    const given = facts({ standing: standing(6, { tasks: successors, targets: healthy.slice(1) }) });
    expect(verify(replaced, at(given, deadline - 1)).check).toBe('not-yet');
    expect(verify(replaced, at(given, deadline)).check).toBe('no-change');
  });
});

describe('all tasks are healthy, and the trouble falls where nobody saw that before', () => {
  const expects = { see: 'all-tasks-healthy', by: { minutes: 5 }, share: 1 } as const;
  const replaced = attempt('replace-task', { task: task(1).task, targets: [target(1).target] }, expects);
  const successors = upTo(6).map((n) => task(n + 1));
  const healthy = standing(6, { tasks: successors, targets: upTo(6).map((n) => target(n + 1)) });
  const falls = (errors: number) => changed({ errors: 400 }, { errors });

  it('when both are so', () => {
    const { check, says } = verify(replaced, facts({ standing: healthy, symptoms: falls(0) }));
    expect(check).toBe('helped');
    expect(says).toMatch(/^The task is gone; 6 of 6 tasks are healthy\. No alarm breaches any more/);
  });

  it('not while one is missing, whatever the metrics say', () => {
    const short = { ...healthy, targets: healthy.targets.slice(1) };
    expect(verify(replaced, facts({ standing: short, symptoms: falls(0) }))).toEqual({
      check: 'not-yet',
      says: 'The task is gone; 5 of 6 tasks are healthy.',
    });
  });

  it('not when the trouble goes on to the deadline', () => {
    const given = facts({ standing: healthy, symptoms: falls(400) });
    expect(verify(replaced, given).check).toBe('not-yet');
    const { check, says } = verify(replaced, at(given, deadline));
    expect(check).toBe('no-change');
    expect(says).toContain('The trouble goes on, 5 min after the act');
  });
});

describe('targets that were taken out', () => {
  const refs = [target(1).target, inOther(1, 'healthy').target];
  const out = (see: 'trouble-falls' | 'stays-out', targets = refs) =>
    attempt(
      'deregister-target',
      { task: task(1).task, targets },
      see === 'stays-out' ? { see, by: { minutes: 5 } } : { see, share: 1, by: { minutes: 5 } },
    );
  const check = (see: 'trouble-falls' | 'stays-out', ...targets: ReturnType<typeof target>[]) =>
    verify(
      out(see),
      facts({
        standing: standing(6, { targets: [...targets, target(2)] }),
        symptoms: changed({ errors: 400 }, { errors: 0 }),
      }),
    );

  it.each(['initial', 'healthy', 'unhealthy'] as const)(
    'came back when one of them is %s, even when no alarm breaches any more',
    (state) => {
      for (const see of ['trouble-falls', 'stays-out'] as const)
        expect(check(see, target(1, { state: 'draining' }), inOther(1, state))).toEqual({
          check: 'came-back',
          says: '1 of 2 targets is registered again, 4 min after it was taken out.',
        });
    },
  );

  it('came back both', () => {
    expect(check('stays-out', target(1), inOther(1, 'initial')).says).toBe(
      '2 of 2 targets are registered again, 4 min after it was taken out.',
    );
  });

  it.each(['draining', 'unused'] as const)('stay out while they are %s', (state) => {
    expect(check('stays-out', target(1, { state }), inOther(1, state))).toEqual({
      check: 'helped',
      says: 'No request reaches the task any more.',
    });
    expect(check('trouble-falls', target(1, { state }), inOther(1, state)).check).toBe('helped');
  });

  it('are told by name alone: what is at another address or in another group is another', () => {
    expect(check('stays-out', target(3), inOther(4, 'healthy')).check).toBe('helped');
  });
});

describe('targets are registered again', () => {
  const putBack = (targets: readonly TargetRef[]) =>
    attempt('register-target', { task: task(1).task, targets }, { see: 'registered', by: { minutes: 5 } });
  const refs = [target(1).target, inOther(1, 'healthy').target];
  const check = (...targets: ReturnType<typeof target>[]) =>
    verify(putBack(refs), facts({ standing: standing(6, { targets }) }));

  it('when each is healthy or on its way, in its own target group', () => {
    expect(check(target(1), inOther(1, 'initial'))).toEqual({
      check: 'helped',
      says: '2 of 2 targets are back in the load balancer.',
    });
  });

  it.each(['unhealthy', 'draining', 'unused', 'unavailable'] as const)('not while one of them is %s', (state) => {
    expect(check(target(1), inOther(1, state))).toEqual({
      check: 'not-yet',
      says: '1 of 2 targets are back in the load balancer.',
    });
  });

  it('not while only another task is in that target group', () => {
    expect(check(target(1), inOther(otherTask, 'healthy')).check).toBe('not-yet');
  });

  it('is not said of an act that names no target', () => {
    const none = verify(putBack([]), facts({ standing: standing(6) }));
    expect(none).toEqual({ check: 'not-yet', says: '0 of 0 targets are back in the load balancer.' });
    const subject = { service: { cluster: 'main', service: 'checkout' }, onTopOf: null };
    const restart = attempt('restart-service', subject, { see: 'registered', by: { minutes: 5 } });
    expect(verify(restart, facts({ standing: standing(6) }))).toEqual(none);
  });

  it('is awaited to the deadline, and not a moment longer', () => {
    const given = facts({ standing: standing(6, { targets: [] }) });
    expect(verify(putBack(refs), at(given, deadline - 1)).check).toBe('not-yet');
    expect(verify(putBack(refs), at(given, deadline)).check).toBe('no-change');
  });
});
