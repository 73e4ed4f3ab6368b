import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageFact } from '../../../lambdas/model/facts.ts';
import { restartChangesNothing } from '../../../lambdas/pipeline/guard/restart-changes-nothing.ts';
import { deployment, digest, everyProposal, guardFacts, hours, now, restart, standing } from '../build.ts';
import { says } from './expect-verdict.ts';

const check = (images: readonly ImageFact[], resolves: Record<string, string | null>) =>
  restartChangesNothing.check(
    restart(),
    guardFacts({ standing: standing({ deployments: [deployment(42, now - hours(30), { images })], resolves }) }),
  );
const app = { image: 'checkout:latest', digest: digest(1) };
const pinned = { image: `proxy@${digest(2)}`, digest: digest(2) };
const allow = { kind: 'allow' };

describe('restart-changes-nothing', () => {
  it('allows a restart when every tag still brings the images that run', () => {
    expect(check([app], { 'checkout:latest': digest(1) })).toEqual(allow);
  });

  it('allows images by digest, whatever can be resolved', () => {
    expect(check([pinned], {})).toEqual(allow);
  });

  it('denies when one tag of several was moved', () => {
    says(
      check([pinned, app], { 'checkout:latest': digest(9) }),
      'deny',
      'restart.changes-nothing',
      digest(9),
      digest(1),
    );
  });

  it.each([
    ['the tag cannot be resolved', [app], { 'checkout:latest': null }],
    ['the tag was not looked up', [app], {}],
    ['the running digest is not known', [{ ...app, digest: null }], { 'checkout:latest': digest(1) }],
    ['no image is known', [], {}],
  ])('denies when %s', (_, images, resolves) => {
    says(check(images, resolves), 'deny', 'restart.changes-nothing', 'cannot be told');
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

  it('never allows a restart that may bring in other contents', () => {
    const content = fc.option(fc.constantFrom(digest(1), digest(2)));
    const image = fc.record({ pinned: fc.boolean(), runs: content, now: fc.option(content, { nil: undefined }) });
    const property = fc.property(fc.array(image, { maxLength: 4 }), (given) => {
      const named = given.map((each, i) => ({ ...each, name: each.pinned ? `app-${i}@${digest(1)}` : `app-${i}:1` }));
      const resolves = named.flatMap((each) => (each.now === undefined ? [] : [[each.name, each.now]]));
      const images = named.map(({ name, runs }) => ({ image: name, digest: runs }));
      const same = given.every((each) => each.pinned || (each.runs !== null && each.now === each.runs));
      const expected = given.length > 0 && same ? 'allow' : 'deny';
      expect(check(images, Object.fromEntries(resolves)).kind).toBe(expected);
    });
    fc.assert(property, { numRuns: 300 });
  });
});
