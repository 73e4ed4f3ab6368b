import { describe, expect, it } from 'vitest';
import { pinned, routeTo, stillTagged } from '../../lambdas/contract/ways-back.ts';
import type { DeploymentFact } from '../../lambdas/model/facts.ts';
import { deployment, digest, hours, image, now } from '../pipeline/build.ts';

const proxy = { container: 'proxy', image: `registry:5000/proxy@${digest(1)}`, digest: digest(1) };
const undigested = { container: 'agent', image: 'agent:latest', digest: null };
const route = (change: Partial<DeploymentFact>, resolves = {}, imagesGone: readonly string[] = []) =>
  routeTo(deployment(42, now - hours(20), change), { resolves, imagesGone });
const unmoved = { 'checkout:42': digest(42) };

describe('an image by its digest', () => {
  it.each([
    ['shop:42', 'shop@d'],
    ['shop', 'shop@d'],
    ['team/shop:42', 'team/shop@d'],
    ['registry:5000/team/shop', 'registry:5000/team/shop@d'],
    ['registry:5000/team/shop:42', 'registry:5000/team/shop@d'],
    [
      '123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:42',
      '123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop@d',
    ],
    ['shop@sha256:1f', 'shop@d'],
    ['shop:42@sha256:1f', 'shop@d'],
    ['registry:5000/shop@sha256:1f', 'registry:5000/shop@d'],
  ])('of %s is %s', (named, expected) => {
    expect(pinned(named, 'd')).toBe(expected);
  });

  it('is known to be there while its tag still brings it', () => {
    expect(stillTagged(image(42), { resolves: unmoved })).toBe(true);
    expect(stillTagged(image(42), { resolves: { 'checkout:42': digest(7) } })).toBe(false);
    expect(stillTagged(image(42, null), { resolves: { 'checkout:42': null } })).toBe(false);
    expect(stillTagged(proxy, { resolves: { [proxy.image]: digest(1) } })).toBe(false);
  });
});

describe('the route to a release', () => {
  it('is its own task definition while that is active and its tags bring the recorded images', () => {
    expect(route({}, unmoved)).toEqual({ kind: 'as-it-is', unpinned: [] });
    expect(route({ images: [proxy] })).toEqual({ kind: 'as-it-is', unpinned: [] });
    expect(route({ images: [] })).toEqual({ kind: 'as-it-is', unpinned: [] });
  });

  it.each([
    ['it is not active', { definition: 'inactive' as const }, unmoved, 'checkout:42 is not active any more'],
    ['a tag was moved', {}, { 'checkout:42': digest(7) }, 'checkout:42 stands for another image now'],
    ['a tag cannot be told', {}, { 'checkout:42': null }, 'what checkout:42 stands for now cannot be told'],
    ['a registry was not asked', {}, {}, 'what checkout:42 stands for now cannot be told'],
  ])('is a copy with every recorded digest when %s', (_, change, resolves, because) => {
    expect(route({ images: [image(42), proxy], ...change }, resolves)).toEqual({
      kind: 'copy',
      because,
      pins: { app: digest(42), proxy: digest(1) },
      unpinned: [],
    });
  });

  it('names containers for which no digest is recorded, and leaves them as they are', () => {
    expect(route({ images: [image(42), undigested], definition: 'inactive' }, unmoved)).toMatchObject({
      kind: 'copy',
      pins: { app: digest(42) },
      unpinned: ['agent'],
    });
    expect(route({ images: [undigested] })).toEqual({ kind: 'as-it-is', unpinned: ['agent'] });
    const byDigest = { ...undigested, image: `agent@${digest(3)}` };
    expect(route({ images: [byDigest] })).toEqual({ kind: 'as-it-is', unpinned: [] });
  });

  it.each([
    ['its task definition is gone', { definition: 'gone' as const }, 'release.not-described'],
    ['its task definition was not asked for', { definition: 'not-asked' as const }, 'release.not-described'],
  ])('is none when %s', (_, change, reason) => {
    expect(route(change, unmoved)).toMatchObject({ kind: 'none', reason });
  });

  it('is none when one of its images is gone, and says which', () => {
    const gone = [`registry:5000/proxy@${digest(1)}`];
    expect(route({ images: [image(42), proxy] }, unmoved, gone)).toEqual({
      kind: 'none',
      reason: 'release.image-gone',
      says: `The image registry:5000/proxy@${digest(1).slice(0, 19)} of checkout:42 (container proxy) is gone from its repository.`,
    });
    expect(route({ images: [image(42)] }, unmoved, gone).kind).toBe('as-it-is');
  });
});
