import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Standing } from '../../../lambdas/model/facts.ts';
import type { PastAct } from '../../../lambdas/model/incident-state.ts';
import { maxShareDisrupted } from '../../../lambdas/pipeline/guard/max-share-disrupted.ts';
import {
  act,
  earlierIncident,
  everyProposal,
  guardFacts,
  history,
  minutes,
  now,
  onTask,
  refused,
  seconds,
  settings,
  standing,
  target,
  task,
  unknown,
} from '../build.ts';
import { anyStanding } from './any-standing.ts';
import { says } from './expect-verdict.ts';

const at = now - minutes(3);
const out = (n: number, change = {}) => act(onTask('deregister-target', n), at, change);
const stopped = (n: number, change = {}) => act(onTask('replace-task', n), at, change);
const check = (world: Standing, acts: readonly PastAct[] = [], limits = {}) =>
  maxShareDisrupted.check(
    onTask('deregister-target', 1),
    guardFacts({
      standing: world,
      history: history({ acts }),
      settings: settings({ limits: { maxShareDisrupted: { count: 1, share: 0.1, ...limits } } }),
    }),
  );
/** So many tasks, those named drained. */
const drained = (desired: number, ...numbers: readonly number[]) =>
  standing({
    desired,
    targets: Array.from({ length: desired }, (_, i) => target(i + 1, numbers.includes(i + 1) ? 'draining' : 'healthy')),
  });
const without = (desired: number, ...numbers: readonly number[]) => {
  const world = standing({ desired });
  return { ...world, tasks: world.tasks.filter((_, i) => !numbers.includes(i + 1)) };
};
const allow = { kind: 'allow' };

describe('max-share-disrupted', () => {
  it('allows one task while none is out through Paramedic', () => {
    expect(check(standing({ desired: 2 }))).toEqual(allow);
  });

  it('holds a second one of nine', () => {
    const verdict = check(drained(9, 2), [out(2)]);
    says(verdict, 'hold', 'targets.too-many-disrupted', '2 tasks of 9', 'at most 1');
    expect(verdict).toMatchObject({ until: now + seconds(30) });
  });

  it.each([
    [10, 1],
    [19, 1],
    [20, 2],
    [29, 2],
    [30, 3],
  ])('of %i tasks allows %i out at once', (desired, most) => {
    const others = Array.from({ length: most }, (_, i) => i + 2);
    const acts = others.map((n) => out(n));
    expect(check(drained(desired, ...others.slice(1)), acts)).toEqual(allow);
    expect(check(drained(desired, ...others), acts)).toMatchObject({ kind: 'hold' });
  });

  it('goes by the count below ten tasks, and from ten on by the share where that is more', () => {
    expect(check(drained(9, 2), [out(2)], { share: 0.5 })).toMatchObject({ kind: 'hold' });
    expect(check(drained(10, 2), [out(2)], { share: 0.2 })).toEqual(allow);
    expect(check(drained(10, 2), [out(2)], { share: 0.1, count: 2 })).toEqual(allow);
  });

  it('denies when not even one may be out', () => {
    says(check(standing(), [], { count: 0 }), 'deny', 'targets.too-many-disrupted', '1 task of 6', 'at most 0');
  });

  it('does not count what others took out', () => {
    expect(check(drained(6, 2, 3))).toEqual(allow);
    expect(check(drained(6, 2), [out(3), stopped(2, { result: refused })])).toEqual(allow);
    expect(check(drained(6, 2), [stopped(2, { result: unknown })])).toEqual(allow);
  });

  it('does not count the subject twice when it is out already', () => {
    expect(check(drained(6, 1), [out(1)])).toEqual(allow);
  });

  it('does not count a task that was put back', () => {
    expect(check(standing(), [out(2)])).toEqual(allow);
  });

  it('does not count a refused order, but one whose answer was lost when its task is seen to be out', () => {
    expect(check(drained(6, 2), [out(2, { result: refused })])).toEqual(allow);
    expect(check(drained(6, 2), [out(2, { result: unknown })])).toMatchObject({ kind: 'hold' });
    expect(check(drained(6, 2), [out(2, { result: null })])).toMatchObject({ kind: 'hold' });
  });

  it('counts a replaced task until its replacement is healthy', () => {
    expect(check(without(6, 2), [stopped(2)])).toMatchObject({ kind: 'hold' });
    const replaced = standing({
      tasks: [...without(6, 2).tasks, task(7)],
      targets: [...standing().targets, target(7)],
    });
    expect(check(replaced, [stopped(2)])).toEqual(allow);
  });

  it('counts a task that it stopped from when that one begins to stop', () => {
    const stopping = standing({ tasks: standing().tasks.with(1, task(2, { status: 'stopping' })) });
    says(check(stopping, [stopped(2)]), 'hold', 'targets.too-many-disrupted', '2 tasks of 6');
  });

  it('does not count a task that it took out once others stop or have stopped that one', () => {
    const stopping = { ...drained(6, 2), tasks: standing().tasks.with(1, task(2, { status: 'stopping' })) };
    expect(check(stopping, [out(2)])).toEqual(allow);
    expect(check(without(6, 2), [out(2)])).toEqual(allow);
  });

  it('does not take a task that is out for the replacement that is missed', () => {
    const world = drained(6, 2);
    const replaced = {
      ...world,
      tasks: [...world.tasks.filter((_, i) => i !== 2), task(7)],
      targets: [...world.targets, target(7)],
    };
    const acts = [out(2), stopped(3)];
    says(check(replaced, acts), 'hold', 'targets.too-many-disrupted', '2 tasks of 6');
    expect(check(replaced, acts, { count: 2 })).toEqual(allow);
  });

  it('does not count a stop that was lost while its task runs on, though another task is missing', () => {
    expect(check(without(6, 3), [stopped(2, { result: unknown })])).toEqual(allow);
  });

  it('does not count a replacement that was seen healthy when another task falls ill later', () => {
    expect(check(without(6, 2), [stopped(2, { check: 'helped' })])).toEqual(allow);
  });

  it('counts acts of earlier incidents as well: it is about tasks, not incidents', () => {
    expect(check(drained(6, 2), [out(2, { incident: earlierIncident })])).toMatchObject({ kind: 'hold' });
  });

  it('leaves acts on the whole service to the deployment settings', () => {
    for (const kind of ['restart-service', 'roll-back-deployment', 'register-target'] as const) {
      const facts = guardFacts({ standing: drained(6, 2, 3), history: history({ acts: [out(2), out(3)] }) });
      expect(maxShareDisrupted.check(everyProposal[kind], facts)).toEqual(allow);
    }
  });

  it('never allows more than the limit to be out through Paramedic, whatever the world looks like', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 6 });
    const property = fc.property(anyStanding, numbers, (world, taken) => {
      if (
        check(
          world,
          taken.map((n) => out(n)),
        ).kind !== 'allow'
      )
        return;
      const isOut = (n: number) =>
        world.tasks[n - 1] !== undefined &&
        world.tasks[n - 1]?.status !== 'stopping' &&
        !world.targets.some((t) => t.target.id === `10.0.0.${n}` && !['draining', 'unused'].includes(t.state));
      expect(taken.filter((n) => n !== 1 && isOut(n)).length + 1).toBeLessThanOrEqual(1);
    });
    fc.assert(property, { numRuns: 300 });
  });
});
