import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContainerImage } from '../../../lambdas/contract/releases.ts';
import { restartChangesNothing } from '../../../lambdas/pipeline/guard/restart-changes-nothing.ts';
import { deployment, digest, everyProposal, guardFacts, hours, now, restart, standing } from '../build.ts';
import { says } from './expect-verdict.ts';

const check = (
  images: readonly ContainerImage[],
  resolves: Record<string, string | null>,
  imagesGone: readonly string[] = [],
) =>
  restartChangesNothing.check(
    restart(),
    guardFacts({
      standing: standing({ deployments: [deployment(42, now - hours(30), { images })], resolves, imagesGone }),
    }),
  );
const app = { container: 'app', image: 'checkout:latest', digest: digest(1) };
const pinned = { container: 'proxy', image: `proxy@${digest(2)}`, digest: digest(2) };
const allow = { kind: 'allow' };

describe('restart-changes-nothing', () => {
  it('allows a restart when every tag still brings the images that run', () => {
    expect(check([app], { 'checkout:latest': digest(1) })).toEqual(allow);
  });

  it('allows images by digest, whatever can be resolved', () => {
    expect(check([pinned], {})).toEqual(allow);
  });

  it('allows a restart when a tag was moved or cannot be resolved: it is done by a copy of what runs', () => {
    expect(check([pinned, app], { 'checkout:latest': digest(9) })).toEqual(allow);
    expect(check([app], { 'checkout:latest': null })).toEqual(allow);
    expect(check([app], {})).toEqual(allow);
  });

  it('denies when the digest of one container that runs is not known, and names it', () => {
    const unknown = { ...app, container: 'agent', digest: null };
    says(check([app, unknown], {}), 'deny', 'restart.changes-nothing', 'agent', 'checkout:latest', 'cannot be told');
  });

  it('denies when no image is known', () => {
    says(check([], {}), 'deny', 'restart.changes-nothing', 'cannot be told');
  });

  it('denies when an image that runs is gone from its repository: no new task would start', () => {
    const gone = [`checkout@${digest(1)}`];
    says(
      check([app], { 'checkout:latest': digest(9) }, gone),
      'deny',
      'restart.changes-nothing',
      digest(1).slice(0, 19),
      'gone',
    );
  });

  it('denies when it cannot be told which release runs', () => {
    expect(
      restartChangesNothing.check(restart(), guardFacts({ standing: standing({ deployments: [] }) })),
    ).toMatchObject({
      kind: 'deny',
    });
  });

  it('has nothing to say about other acts', () => {
    const { 'restart-service': _, ...others } = everyProposal;
    const facts = guardFacts({ standing: standing({ deployments: [] }) });
    for (const proposal of Object.values(others)) expect(restartChangesNothing.check(proposal, facts)).toEqual(allow);
  });

  it('never allows a restart of which nobody knows what it brings in', () => {
    const image = fc.record({ pinned: fc.boolean(), runs: fc.option(fc.constantFrom(digest(1), digest(2))) });
    const property = fc.property(fc.array(image, { maxLength: 4 }), (given) => {
      const images = given.map(({ pinned: byDigest, runs }, i) => ({
        container: `app-${i}`,
        image: byDigest ? `app-${i}@${digest(1)}` : `app-${i}:1`,
        digest: runs,
      }));
      const known = given.every((each) => each.pinned || each.runs !== null);
      expect(check(images, {}).kind).toBe(given.length > 0 && known ? 'allow' : 'deny');
    });
    fc.assert(property, { numRuns: 300 });
  });
});
