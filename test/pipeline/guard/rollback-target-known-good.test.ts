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
  taskDefinition,
} from '../build.ts';
import { says } from './expect-verdict.ts';

const bad = deployment(43, now - minutes(30));
const good = deployment(42, now - hours(20));
const hasty = deployment(42, now - minutes(60));
const running = { ...bad, status: 'in-progress', finishedAt: null } as const;
const facts = (deployments: (typeof bad)[], change: Partial<GuardFacts> = {}) =>
  guardFacts({ standing: standing({ deployments }), ...change });
const condemned42 = {
  incident: earlierIncident,
  at: now - hours(20),
  taskDefinition: taskDefinition(42),
  digests: [digest(42)],
};
const condemned = history({ condemned: [condemned42] });
const allow = { kind: 'allow' };

describe('rollback-target-known-good', () => {
  it('allows a rollback to a release that is known to be good', () => {
    expect(rollbackTargetKnownGood.check(rollBack(bad, taskDefinition(42)), facts([bad, good]))).toEqual(allow);
    const stop = rollBack(running, taskDefinition(42), 'stop-running');
    expect(rollbackTargetKnownGood.check(stop, facts([running, good]))).toEqual(allow);
  });

  it.each(['stop-running', 'update-service'] as const)('denies one that has not proven itself (%s)', (way) => {
    const newest = way === 'stop-running' ? running : bad;
    const verdict = rollbackTargetKnownGood.check(rollBack(newest, taskDefinition(42), way), facts([newest, hasty]));
    says(verdict, 'deny', 'release.not-known-good', 'checkout:42', '0 other');
  });

  it.each(['stop-running', 'update-service'] as const)(
    'denies one that was condemned in an earlier incident (%s)',
    (way) => {
      const newest = way === 'stop-running' ? running : bad;
      const verdict = rollbackTargetKnownGood.check(
        rollBack(newest, taskDefinition(42), way),
        facts([newest, good], { history: condemned }),
      );
      says(verdict, 'deny', 'release.not-known-good');
    },
  );

  it('denies an update to a release whose tag was moved, which AWS rolling back by itself would not notice', () => {
    const moved = { standing: standing({ deployments: [bad, good], resolves: { 'checkout:42': digest(99) } }) };
    expect(rollbackTargetKnownGood.check(rollBack(bad, taskDefinition(42)), guardFacts(moved))).toMatchObject({
      kind: 'deny',
    });
    const stop = rollBack(bad, taskDefinition(42), 'stop-running');
    expect(rollbackTargetKnownGood.check(stop, guardFacts(moved))).toEqual(allow);
  });

  it('denies the bad release itself and one that AWS does not list', () => {
    for (const revision of [43, 7]) {
      const proposal = rollBack(bad, taskDefinition(revision));
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
      taskDefinitionActive: fc.boolean(),
      condemned: fc.boolean(),
    });
    const listed = fc.array(release, { minLength: 1, maxLength: 4 });
    const ways = fc.constantFrom('stop-running' as const, 'update-service' as const);
    const property = fc.property(listed, ways, fc.nat({ max: 3 }), (releases, way, chosen) => {
      const to = releases[chosen % releases.length];
      let startedAt = bad.startedAt;
      const older = releases.map(({ ran, status, taskDefinitionActive }, i) => {
        startedAt -= minutes(5 + ran);
        return deployment(42 - i, startedAt, { status, taskDefinitionActive });
      });
      const past = releases.flatMap((each, i) =>
        each.condemned ? [{ ...condemned42, taskDefinition: taskDefinition(42 - i), digests: [digest(42 - i)] }] : [],
      );
      const proposal = rollBack(bad, taskDefinition(42 - (chosen % releases.length)), way);
      const given = facts([bad, ...older], { history: history({ condemned: past }) });
      const good = to?.status === 'successful' && to.taskDefinitionActive && !to.condemned && to.ran >= 60;
      expect(rollbackTargetKnownGood.check(proposal, given).kind).toBe(good ? 'allow' : 'deny');
    });
    fc.assert(property, { numRuns: 300 });
  });
});
