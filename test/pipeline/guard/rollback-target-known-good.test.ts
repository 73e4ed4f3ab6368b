import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GuardFacts } from '../../../lambdas/pipeline/guard/guardrail.ts';
import { rollbackTargetKnownGood } from '../../../lambdas/pipeline/guard/rollback-target-known-good.ts';
import {
  deployment,
  digest,
  earlierIncident,
  everyProposal,
  guardFacts,
  history,
  hours,
  minutes,
  now,
  rollBack,
  standing,
} from '../build.ts';
import { says } from './expect-verdict.ts';

const bad = deployment(43, now - minutes(30));
const good = deployment(42, now - hours(20));
const hasty = deployment(42, now - minutes(60));
const running = { ...bad, status: 'in-progress', finishedAt: null } as const;
const facts = (deployments: (typeof bad)[], change: Partial<GuardFacts> = {}) =>
  guardFacts({ standing: standing({ deployments }), ...change });
const condemnedOne = (revision: number) => {
  const { taskDefinition, copyOf, content, images } = deployment(revision, now);
  return {
    incident: earlierIncident,
    at: now - hours(20),
    taskDefinition,
    copyOf,
    content,
    images,
    changed: 'images',
  } as const;
};
const condemned = history({ condemned: [condemnedOne(42)] });
const allow = { kind: 'allow' };

describe('rollback-target-known-good', () => {
  it('allows a rollback to a release that is known to be good', () => {
    expect(rollbackTargetKnownGood.check(rollBack(bad, good), facts([bad, good]))).toEqual(allow);
    const stop = rollBack(running, good, 'stop-running');
    expect(rollbackTargetKnownGood.check(stop, facts([running, good]))).toEqual(allow);
  });

  it.each(['stop-running', 'update-service'] as const)('denies one that has not proven itself (%s)', (way) => {
    const newest = way === 'stop-running' ? running : bad;
    const verdict = rollbackTargetKnownGood.check(rollBack(newest, hasty, way), facts([newest, hasty]));
    says(verdict, 'deny', 'release.not-known-good', 'checkout:42', '0 other');
  });

  it.each(['stop-running', 'update-service'] as const)(
    'denies one that was condemned in an earlier incident (%s)',
    (way) => {
      const newest = way === 'stop-running' ? running : bad;
      const verdict = rollbackTargetKnownGood.check(
        rollBack(newest, good, way),
        facts([newest, good], { history: condemned }),
      );
      says(verdict, 'deny', 'release.not-known-good');
    },
  );

  it('denies an update to a release of which an image is gone, which AWS has to find for itself when it rolls back', () => {
    const expired = {
      standing: standing({ deployments: [bad, good], resolves: {}, imagesGone: [`checkout@${digest(42)}`] }),
    };
    expect(rollbackTargetKnownGood.check(rollBack(bad, good), guardFacts(expired))).toMatchObject({ kind: 'deny' });
    const stop = rollBack(bad, good, 'stop-running');
    expect(rollbackTargetKnownGood.check(stop, guardFacts(expired))).toEqual(allow);
  });

  it('allows an update to a release that has to be copied', () => {
    const inactive = { ...good, definition: 'inactive' as const };
    expect(rollbackTargetKnownGood.check(rollBack(bad, inactive), facts([bad, inactive]))).toEqual(allow);
    const moved = { standing: standing({ deployments: [bad, good], resolves: { 'checkout:42': digest(99) } }) };
    expect(rollbackTargetKnownGood.check(rollBack(bad, good), guardFacts(moved))).toEqual(allow);
  });

  it('denies the bad release itself and one that AWS does not list', () => {
    for (const other of [bad, deployment(7, now - hours(40))]) {
      const proposal = rollBack(bad, other);
      expect(rollbackTargetKnownGood.check(proposal, facts([bad, good]))).toMatchObject({ kind: 'deny' });
    }
  });

  it('has nothing to say about other acts', () => {
    const { 'roll-back-deployment': _, ...others } = everyProposal;
    for (const proposal of Object.values(others))
      expect(rollbackTargetKnownGood.check(proposal, facts([]))).toEqual(allow);
  });

  it('never allows a release that failed, is gone, was condemned or has not run long enough, whatever is listed', () => {
    const release = fc.record({
      ran: fc.integer({ min: 1, max: 180 }),
      status: fc.constantFrom('successful' as const, 'failed' as const, 'stopped' as const),
      definition: fc.constantFrom('active' as const, 'inactive' as const, 'gone' as const),
      condemned: fc.boolean(),
    });
    const listed = fc.array(release, { minLength: 1, maxLength: 4 });
    const ways = fc.constantFrom('stop-running' as const, 'update-service' as const);
    const property = fc.property(listed, ways, fc.nat({ max: 3 }), (releases, way, chosen) => {
      const to = releases[chosen % releases.length];
      let startedAt = bad.startedAt;
      const older = releases.map(({ ran, status, definition }, i) => {
        startedAt -= minutes(5 + ran);
        return deployment(42 - i, startedAt, { status, definition });
      });
      const past = releases.flatMap((each, i) => (each.condemned ? [condemnedOne(42 - i)] : []));
      const proposal = rollBack(bad, older[chosen % releases.length] ?? bad, way);
      const given = facts([bad, ...older], { history: history({ condemned: past }) });
      const good = to?.status === 'successful' && to.definition !== 'gone' && !to.condemned && to.ran >= 60;
      expect(rollbackTargetKnownGood.check(proposal, given).kind).toBe(good ? 'allow' : 'deny');
    });
    fc.assert(property, { numRuns: 300 });
  });
});
