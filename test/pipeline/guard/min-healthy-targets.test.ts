import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Standing } from '../../../lambdas/model/facts.ts';
import { minHealthyTargets } from '../../../lambdas/pipeline/guard/min-healthy-targets.ts';
import {
  everyProposal,
  groupB,
  guardFacts,
  now,
  onTask,
  seconds,
  settings,
  standing,
  target,
  task,
  taskArn,
} from '../build.ts';
import { anyStanding } from './any-standing.ts';
import { says } from './expect-verdict.ts';

const check = (
  world: Standing,
  kind: 'deregister-target' | 'replace-task' = 'deregister-target',
  share = 0.5,
  count = 1,
) =>
  minHealthyTargets.check(
    onTask(kind, 1),
    guardFacts({ standing: world, settings: settings({ limits: { minHealthyTargets: { count, share } } }) }),
  );
const allow = { kind: 'allow' };

describe('min-healthy-targets', () => {
  it('refuses to take the last healthy target', () => {
    says(check(standing({ desired: 1 })), 'deny', 'targets.too-few-healthy', '0 healthy tasks of 1', 'at least 1');
  });

  it('allows one of two, and one of three', () => {
    expect(check(standing({ desired: 2 }))).toEqual(allow);
    expect(check(standing({ desired: 3 }))).toEqual(allow);
  });

  it('refuses another of three when one is out already', () => {
    const world = standing({ desired: 3, targets: [target(1), target(2, 'draining'), target(3)] });
    says(check(world), 'deny', 'targets.too-few-healthy', '1 healthy task of 3', 'at least 2');
  });

  it('rounds the share up to whole tasks, and a rounding error of the product down', () => {
    expect(check(standing({ desired: 5 }), 'deregister-target', 0.8)).toEqual(allow);
    expect(check(standing({ desired: 5 }), 'deregister-target', 0.81)).toMatchObject({ kind: 'deny' });
    const world = standing({ desired: 100, targets: Array.from({ length: 8 }, (_, i) => target(i + 1)) });
    expect(check(world, 'deregister-target', 0.07)).toEqual(allow);
  });

  it('asks for the greater of count and share', () => {
    expect(check(standing({ desired: 6 }), 'deregister-target', 0.5, 5)).toEqual(allow);
    expect(check(standing({ desired: 6 }), 'deregister-target', 0.5, 6)).toMatchObject({ kind: 'deny' });
  });

  it('counts a task with targets in two groups once, and one that is out of either group not at all', () => {
    const both = [1, 2, 3].flatMap((n) => [target(n), target(n, 'healthy', groupB)]);
    expect(check(standing({ desired: 3, targets: both }))).toEqual(allow);
    const half = [target(1), target(2), target(2, 'unhealthy', groupB), target(3), target(3, 'healthy', groupB)];
    expect(check(standing({ desired: 3, targets: half }))).toMatchObject({ kind: 'deny' });
  });

  it('does not count a task that is stopping, though its target still looks healthy', () => {
    const world = standing({ desired: 3, tasks: [task(1), task(2), task(3, { status: 'stopping' })] });
    expect(check(world)).toMatchObject({ kind: 'deny' });
  });

  it('does not count the subject again when it is out already', () => {
    const world = standing({ desired: 2, targets: [target(1, 'draining'), target(2)] });
    expect(check(world, 'replace-task')).toEqual(allow);
  });

  it('waits for the others when the subject is out already and they are too few', () => {
    const world = standing({ desired: 2, targets: [target(1, 'draining'), target(2, 'unhealthy')] });
    const verdict = check(world, 'replace-task');
    says(verdict, 'hold', 'targets.too-few-healthy', '0 healthy tasks of 2', 'at least 1');
    expect(verdict).toMatchObject({ until: now + seconds(30) });
  });

  it('looks at the subject itself to tell whether it is out, wherever it is listed', () => {
    const targets = [target(1, 'draining'), target(2, 'unhealthy')];
    const world = standing({ desired: 2, tasks: [task(2), task(1)], targets });
    expect(check(world, 'replace-task')).toMatchObject({ kind: 'hold' });
  });

  it('denies when the subject is gone and too few remain: it can not be waited for', () => {
    const world = standing({ desired: 2, tasks: [task(2)], targets: [target(2, 'unhealthy')] });
    says(check(world, 'replace-task'), 'deny', 'targets.too-few-healthy', '0 healthy tasks of 2');
  });

  it('leaves acts on the whole service to the deployment settings', () => {
    const world = standing({ targets: [] });
    for (const kind of ['restart-service', 'roll-back-deployment', 'register-target'] as const)
      expect(minHealthyTargets.check(everyProposal[kind], guardFacts({ standing: world }))).toEqual(allow);
  });

  it('never allows fewer than the floor to remain, whatever the world looks like', () => {
    const kinds = fc.constantFrom('deregister-target' as const, 'replace-task' as const);
    const shares = fc.double({ min: 0, max: 1, noNaN: true });
    const property = fc.property(
      anyStanding,
      kinds,
      shares,
      fc.integer({ min: 0, max: 4 }),
      (world, kind, share, count) => {
        if (check(world, kind, share, count).kind !== 'allow') return;
        const remaining = world.tasks.filter(
          (t, i) =>
            t.task.task !== taskArn(1) &&
            world.targets.some((x) => x.target.id === `10.0.0.${i + 1}`) &&
            world.targets.every((x) => x.target.id !== `10.0.0.${i + 1}` || x.state === 'healthy'),
        ).length;
        expect(remaining).toBeGreaterThanOrEqual(count);
        expect(remaining).toBeGreaterThanOrEqual(share * world.desired - 1e-6);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });
});
