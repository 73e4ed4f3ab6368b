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
  image,
  minutes,
  now,
  standing,
  taskDefinition,
} from '../pipeline/build.ts';

const given = (deployments: readonly DeploymentFact[], past: Partial<History> = {}, world: Partial<Standing> = {}) =>
  guardFacts({ standing: standing({ deployments, ...world }), history: history({ incidents: [], ...past }) });
const good = (...args: Parameters<typeof given>) => knownGood(given(...args)).map((d) => d.taskDefinition);
const incident = (openedAt: number, closedAt: number | null) => ({ id: earlierIncident, openedAt, closedAt });
const condemned = (revision: number, at: number, changed: 'images' | 'configuration' = 'images') => {
  const { copyOf, content, images } = deployment(revision, at);
  return { incident: earlierIncident, at, taskDefinition: taskDefinition(revision), copyOf, content, images, changed };
};

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

  it('while its task definition is described, though it may be inactive', () => {
    expect(good([deployment(42, now - hours(3), { definition: 'inactive' })])).toEqual([taskDefinition(42)]);
    expect(good([deployment(42, now - hours(3), { definition: 'gone' })])).toEqual([]);
    expect(good([deployment(42, now - hours(3), { definition: 'not-asked' })])).toEqual([]);
  });

  it('with the time that its original has served, where it is a copy', () => {
    const [bad, original] = [deployment(43, now - hours(1)), deployment(42, now - hours(30))];
    const copy = deployment(44, now - minutes(20), { copyOf: taskDefinition(42), images: original.images });
    expect(good([copy, bad, original])).toEqual([taskDefinition(44), taskDefinition(42)]);
    expect(good([{ ...copy, copyOf: null }, bad, original])).toEqual([taskDefinition(42)]);
  });

  it('with the time that a copy of it has served, deployed or gone back to', () => {
    const original = deployment(42, now - hours(5) - minutes(20));
    const copy = { copyOf: taskDefinition(42), images: original.images };
    const early = deployment(43, now - hours(5));
    const [later, last] = [deployment(44, now - hours(4), copy), deployment(45, now - minutes(10))];
    expect(good([last, later, early, original])).toContain(taskDefinition(42));
    const hasty = deployment(44, now - hours(4), { ...copy, finishedAt: now - hours(4) + minutes(1) });
    const back = deployment(46, now - hours(3) - minutes(58), {
      status: 'rolled-back',
      rolledBackTo: taskDefinition(44),
    });
    expect(good([last, back, hasty, early, original])).toContain(taskDefinition(42));
    expect(good([last, { ...back, rolledBackTo: taskDefinition(43) }, hasty, early, original])).not.toContain(
      taskDefinition(42),
    );
  });

  it('not when it was condemned, however long ago and however well it served', () => {
    const long = [deployment(42, now - hours(300))];
    expect(good(long, { condemned: [condemned(42, now - hours(3000))] })).toEqual([]);
    expect(good(long, { condemned: [condemned(41, 0)] })).toEqual([taskDefinition(42)]);
  });

  it('not with images that were condemned, in whatever configuration', () => {
    const images = deployment(42, now - hours(300)).images;
    expect(good([deployment(42, now - hours(300))], { condemned: [{ ...condemned(41, 0), images }] })).toEqual([]);
  });

  it('with the images of a release of which only the configuration was found bad', () => {
    const images = deployment(42, now - hours(300)).images;
    const configured = { ...condemned(43, now - hours(1), 'configuration'), images };
    expect(good([deployment(42, now - hours(300))], { condemned: [configured] })).toEqual([taskDefinition(42)]);
    expect(good([deployment(43, now - hours(300), { images })], { condemned: [configured] })).toEqual([]);
  });

  it('under a tag that has brought another image since it was condemned', () => {
    const mended = deployment(42, now - hours(300), { images: [image(42, digest(7))] });
    expect(good([mended], { condemned: [condemned(42, 0)] })).toEqual([taskDefinition(42)]);
  });

  it('newest first', () => {
    const deployments = [44, 43, 42, 41].map((revision, i) => deployment(revision, now - hours(10 * (i + 1))));
    expect(good(deployments)).toEqual([44, 43, 42, 41].map(taskDefinition));
  });
});

describe('a way away from a bad release', () => {
  const bad = deployment(43, now - minutes(30));
  const older = [deployment(42, now - hours(20)), deployment(41, now - hours(40))];
  const away = (...args: Parameters<typeof given>) => waysAwayFrom(bad, given(...args));
  const ways = (...args: Parameters<typeof given>) =>
    away(...args).ways.map(({ to, route }) => [to.taskDefinition, route.kind]);
  const closed = (...args: Parameters<typeof given>) => away(...args).closed;

  it('leads to another release, though its images are the same', () => {
    expect(ways([bad, ...older])).toEqual([
      [taskDefinition(42), 'as-it-is'],
      [taskDefinition(41), 'as-it-is'],
    ]);
    const sameImages = deployment(42, now - hours(20), { images: bad.images });
    expect(ways([bad, sameImages])).toEqual([[taskDefinition(42), 'as-it-is']]);
  });

  it('leads by a copy to what the same task definition was before its tag was moved', () => {
    const before = deployment(43, now - hours(20), { images: [image(43, digest(7))] });
    expect(ways([bad, before], {}, { resolves: { 'checkout:43': digest(43) } })).toEqual([
      [taskDefinition(43), 'copy'],
    ]);
  });

  it('never leads to the bad release itself, be it registered anew or a copy', () => {
    const anew = deployment(42, now - hours(20), { content: bad.content, images: bad.images });
    const copy = deployment(41, now - hours(40), { copyOf: bad.taskDefinition, images: bad.images });
    expect(away([bad, anew, copy])).toEqual({ ways: [], closed: [] });
  });

  it('is told of where it is closed, each release once, newest first', () => {
    const young = deployment(42, now - hours(1));
    const again = deployment(41, now - hours(20), { definition: 'gone' });
    const first = deployment(41, now - hours(40), { definition: 'gone' });
    const condemnedOne = deployment(40, now - hours(60));
    const expired = deployment(39, now - hours(80));
    const past = { condemned: [condemned(40, 0)] };
    const world = { imagesGone: [`checkout@${digest(39)}`], resolves: {} };
    expect(closed([bad, young, again, first, condemnedOne, expired], past, world)).toEqual([
      { reason: 'release.not-known-good', says: 'checkout:42 has not served for 1 h without an incident.' },
      {
        reason: 'release.not-described',
        says: 'The task definition checkout:41 is gone: AWS does not describe it any more.',
      },
      { reason: 'release.not-known-good', says: `checkout:40 was found bad in the incident ${earlierIncident}.` },
      {
        reason: 'release.image-gone',
        says: `The image checkout@${digest(39).slice(0, 19)} of checkout:39 (container app) is gone from its repository.`,
      },
    ]);
  });

  it('never leads to a condemned, gone or untested release, or to the bad one', () => {
    const any = fc.record({
      revision: fc.integer({ min: 1, max: 6 }),
      gap: fc.integer({ min: 1, max: 300 }),
      definition: fc.constantFrom('active' as const, 'inactive' as const, 'gone' as const),
      status: fc.constantFrom('successful' as const, 'rolled-back' as const, 'stopped' as const),
    });
    const check = (picked: readonly (typeof any extends fc.Arbitrary<infer T> ? T : never)[], banned: number[]) => {
      let at = now - minutes(10);
      const deployments = picked.map(({ revision, gap, definition, status }) => {
        at -= minutes(gap);
        return deployment(revision, at, { definition, status });
      });
      const past = { condemned: banned.map((revision) => condemned(revision, 0)) };
      for (const { to, route } of waysAwayFrom(deployment(1, now), given(deployments, past)).ways) {
        const spans = deployments.flatMap((d, i) =>
          d.taskDefinition === to.taskDefinition && d.status === 'successful'
            ? [(deployments[i - 1]?.startedAt ?? now) - (d.finishedAt ?? now)]
            : [],
        );
        expect(to.status).toBe('successful');
        expect(to.definition).not.toBe('gone');
        expect(route.kind).toBe(to.definition === 'active' ? 'as-it-is' : 'copy');
        expect([1, ...banned].map(taskDefinition)).not.toContain(to.taskDefinition);
        expect(Math.max(...spans)).toBeGreaterThanOrEqual(hours(1));
      }
    };
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }), check),
    );
  });
});

describe('a release has come again', () => {
  const again = deployment(44, now - minutes(30), { images: [image(42)] });

  it('when its images were condemned before its deployment began', () => {
    const first = condemned(42, now - hours(20));
    expect(condemnedBefore(again, [condemned(41, 0), first])).toBe(first);
    expect(condemnedBefore(again, [condemned(42, now - minutes(30))])).toBeUndefined();
  });

  it('when it was registered anew and says the same, where its configuration was condemned', () => {
    const first = condemned(42, now - hours(20), 'configuration');
    expect(condemnedBefore(again, [first])).toBeUndefined();
    expect(condemnedBefore({ ...again, content: first.content }, [first])).toBe(first);
  });

  it('not when only the task definition is the same: a tag may bring a mended image', () => {
    const mended = deployment(42, now - minutes(30), { images: [image(42, digest(7))] });
    expect(condemnedBefore(mended, [condemned(42, 0)])).toBe(undefined);
  });

  it('by its task definition when no digest was recorded', () => {
    const blind = { ...condemned(44, 0), images: [] };
    expect(condemnedBefore(again, [blind])).toBe(blind);
  });
});
