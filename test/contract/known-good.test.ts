import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { condemnedBefore, knownGood, waysAwayFrom } from '../../lambdas/contract/known-good.ts';
import type { DeploymentFact, Standing } from '../../lambdas/model/facts.ts';
import type { History } from '../../lambdas/model/incident-state.ts';
import {
  deployment,
  digest,
  earlierIncident,
  guardFacts,
  history,
  hours,
  minutes,
  now,
  standing,
  taskDefinition,
  thisIncident,
} from '../pipeline/build.ts';

const given = (deployments: readonly DeploymentFact[], past: Partial<History> = {}, world: Partial<Standing> = {}) =>
  guardFacts({ standing: standing({ deployments, ...world }), history: history({ incidents: [], ...past }) });
const good = (...args: Parameters<typeof given>) => knownGood(given(...args)).map((d) => d.taskDefinition);
const incident = (openedAt: number, closedAt: number | null) => ({ id: earlierIncident, openedAt, closedAt });
const condemned = (revision: number, at: number, of = earlierIncident) => ({
  incident: of,
  at,
  taskDefinition: taskDefinition(revision),
  digests: [digest(revision)],
});

/** 41 has served since `at`, finished five minutes later; 42 came at `next`. */
const served = (at: number, next: number) => [deployment(42, next, { finishedAt: null }), deployment(41, at)];

describe('a release is known to be good', () => {
  it('after an hour of service, counted from the end of its deployment to the start of the next', () => {
    expect(good(served(now - hours(3), now - hours(2) + minutes(5)))).toEqual([taskDefinition(41)]);
    expect(good(served(now - hours(3), now - hours(2) + minutes(5) - 1))).toEqual([]);
  });

  it('while it still serves', () => {
    expect(good([deployment(42, now - hours(1) - minutes(5))])).toEqual([taskDefinition(42)]);
    expect(good([deployment(42, now - hours(1) - minutes(5) + 1)])).toEqual([]);
  });

  it('when the hour was without an incident, not just an hour in all', () => {
    const deployments = served(now - hours(4), now - hours(2));
    const [from, until] = [now - hours(4) + minutes(5), now - hours(2)];
    expect(good(deployments, { incidents: [incident(from + minutes(50), until - minutes(50))] })).toEqual([]);
    expect(good(deployments, { incidents: [incident(from + minutes(60), until)] })).toEqual([taskDefinition(41)]);
    expect(good(deployments, { incidents: [incident(from, until - minutes(60))] })).toEqual([taskDefinition(41)]);
    expect(good(deployments, { incidents: [incident(from - minutes(5), null)] })).toEqual([]);
  });

  it('when it served again after another release was rolled back to it', () => {
    const half = deployment(41, now - hours(3));
    const between = deployment(42, now - hours(3) + minutes(20), {
      status: 'rolled-back',
      rolledBackTo: taskDefinition(41),
    });
    const next = deployment(43, now - minutes(30));
    expect(good([next, between, half])).toEqual([taskDefinition(41)]);
    expect(good([next, { ...between, rolledBackTo: taskDefinition(40) }, half])).toEqual([]);
  });

  it.each(['pending', 'in-progress', 'stopped', 'rolling-back', 'rolled-back', 'failed'] as const)(
    'not when its deployment is %s',
    (status) => {
      expect(good([deployment(42, now - hours(3), { status })])).toEqual([]);
    },
  );

  it('not when its task definition is inactive', () => {
    expect(good([deployment(42, now - hours(3), { taskDefinitionActive: false })])).toEqual([]);
  });

  it('not when its task definition or its images were condemned, however long ago and however well it served', () => {
    const long = [deployment(42, now - hours(300))];
    expect(good(long, { condemned: [condemned(42, now - hours(3000))] })).toEqual([]);
    expect(good(long, { condemned: [{ ...condemned(42, 0), taskDefinition: taskDefinition(7) }] })).toEqual([]);
    expect(good(long, { condemned: [{ ...condemned(42, 0), digests: [digest(7)] }] })).toEqual([]);
    expect(good(long, { condemned: [condemned(41, 0)] })).toEqual([taskDefinition(42)]);
  });

  it('though the open incident condemned the same images under another configuration', () => {
    const past = {
      incidents: [{ id: thisIncident, openedAt: now - minutes(5), closedAt: null }],
      condemned: [{ ...condemned(42, now - minutes(4), thisIncident), taskDefinition: taskDefinition(43) }],
    };
    expect(good([deployment(42, now - hours(30))], past)).toEqual([taskDefinition(42)]);
  });

  it('newest first', () => {
    const deployments = [44, 43, 42, 41].map((revision, i) => deployment(revision, now - hours(10 * (i + 1))));
    expect(good(deployments)).toEqual([44, 43, 42, 41].map(taskDefinition));
  });
});

describe('a way away from a bad release', () => {
  const bad = deployment(43, now - minutes(30));
  const older = [deployment(42, now - hours(20)), deployment(41, now - hours(40))];
  const ways = (...args: Parameters<typeof given>) => waysAwayFrom(bad, given(...args)).map((d) => d.taskDefinition);

  it('leads to another task definition with other images', () => {
    expect(ways([bad, ...older])).toEqual([taskDefinition(42), taskDefinition(41)]);
    const sameImages = deployment(42, now - hours(20), { digests: bad.digests });
    expect(ways([bad, sameImages, deployment(41, now - hours(40))])).toEqual([taskDefinition(41)]);
    const sameTaskDefinition = deployment(43, now - hours(20), { digests: [digest(7)] });
    expect(ways([bad, sameTaskDefinition])).toEqual([]);
  });

  it('is closed when a tag was moved or cannot be resolved', () => {
    const resolves = { 'checkout:42': digest(99), 'checkout:41': null };
    expect(ways([bad, ...older], {}, { resolves })).toEqual([]);
    expect(ways([bad, ...older], {}, { resolves: { ...resolves, 'checkout:41': digest(41) } })).toEqual([
      taskDefinition(41),
    ]);
  });

  it('is open by digest whatever tags stand for', () => {
    const pinned = deployment(42, now - hours(20), { images: [{ image: `shop@${digest(42)}`, digest: digest(42) }] });
    expect(ways([bad, pinned], {}, { resolves: {} })).toEqual([taskDefinition(42)]);
  });

  it('is closed when it is not known which images there were', () => {
    expect(ways([bad, deployment(42, now - hours(20), { images: [] })])).toEqual([]);
  });

  it('never leads to a condemned, inactive or untested release, or to the bad one', () => {
    const any = fc.record({
      revision: fc.integer({ min: 1, max: 6 }),
      gap: fc.integer({ min: 1, max: 300 }),
      active: fc.boolean(),
      status: fc.constantFrom('successful' as const, 'rolled-back' as const, 'stopped' as const),
    });
    const check = (picked: readonly (typeof any extends fc.Arbitrary<infer T> ? T : never)[], banned: number[]) => {
      let at = now - minutes(10);
      const deployments = picked.map(({ revision, gap, active, status }) => {
        at -= minutes(gap);
        return deployment(revision, at, { taskDefinitionActive: active, status });
      });
      const past = { condemned: banned.map((revision) => condemned(revision, 0)) };
      for (const way of waysAwayFrom(deployment(1, now), given(deployments, past))) {
        const next = deployments[deployments.findIndex((d) => d.id === way.id) - 1]?.startedAt ?? now;
        expect(way).toMatchObject({ status: 'successful', taskDefinitionActive: true });
        expect([1, ...banned].map(taskDefinition)).not.toContain(way.taskDefinition);
        // Only a roll-back to it can give it more time than to the next deployment.
        const again = deployments.some((d) => d.rolledBackTo === way.taskDefinition);
        expect(again || next - (way.finishedAt ?? now) >= hours(1)).toBe(true);
      }
    };
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }), check),
    );
  });
});

describe('a release has come again', () => {
  const again = deployment(44, now - minutes(30), { digests: [digest(42)] });

  it('when its images were condemned before its deployment began', () => {
    const first = condemned(42, now - hours(20));
    expect(condemnedBefore(again, [condemned(41, 0), first])).toBe(first);
    expect(condemnedBefore(again, [condemned(42, now - minutes(30))])).toBeUndefined();
  });

  it('not when only the task definition is the same: a tag may bring a mended image', () => {
    expect(
      condemnedBefore({ ...again, taskDefinition: taskDefinition(42), digests: [digest(7)] }, [condemned(42, 0)]),
    ).toBe(undefined);
  });

  it('by its task definition when no digest was recorded', () => {
    const blind = { ...condemned(44, 0), digests: [] };
    expect(condemnedBefore(again, [blind])).toBe(blind);
  });
});
