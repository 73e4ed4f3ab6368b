import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deploymentKeepsCapacity } from '../../../lambdas/pipeline/guard/deployment-keeps-capacity.ts';
import { everyProposal, guardFacts, settings, standing } from '../build.ts';
import { says } from './expect-verdict.ts';

const check = (desired: number, minimumHealthyPercent: number, maximumPercent: number, share = 0.5) =>
  deploymentKeepsCapacity.check(
    everyProposal['roll-back-deployment'],
    guardFacts({
      standing: standing({ desired, minimumHealthyPercent, maximumPercent }),
      settings: settings({ limits: { minHealthyTargets: { count: 1, share } } }),
    }),
  );
const allow = { kind: 'allow' };

describe('deployment-keeps-capacity', () => {
  it("allows what keeps the floor and leaves room, as ECS's own defaults do", () => {
    expect(check(6, 100, 200)).toEqual(allow);
    expect(check(1, 100, 200)).toEqual(allow);
  });

  it('rounds the minimum up, as ECS does', () => {
    expect(check(5, 41, 200)).toEqual(allow);
    says(check(5, 40, 200), 'deny', 'deployment.no-capacity', '40 %', 'only 2 of 5', 'at least 3');
  });

  it('rounds the maximum down, as ECS does', () => {
    expect(check(4, 100, 125)).toEqual(allow);
    says(check(4, 100, 124), 'deny', 'deployment.no-capacity', '124 %', '4 desired');
    expect(check(6, 50, 100)).toMatchObject({ kind: 'deny' });
  });

  it('denies a restart and a way forward again as it denies a rollback, and nothing else', () => {
    const facts = guardFacts({ standing: standing({ maximumPercent: 100 }) });
    for (const proposal of Object.values(everyProposal)) {
      const expected = ['restart-service', 'roll-back-deployment', 'roll-forward-deployment'].includes(proposal.kind)
        ? 'deny'
        : 'allow';
      expect(deploymentKeepsCapacity.check(proposal, facts).kind).toBe(expected);
    }
  });

  it('never allows a deployment that may go below the floor', () => {
    const percent = fc.integer({ min: 0, max: 300 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const property = fc.property(
      fc.integer({ min: 0, max: 60 }),
      percent,
      percent,
      share,
      (desired, min, max, part) => {
        if (check(desired, min, max, part).kind !== 'allow') return;
        expect(Math.ceil((desired * min) / 100)).toBeGreaterThanOrEqual(Math.max(1, part * desired - 1e-6));
        expect(Math.floor((desired * max) / 100)).toBeGreaterThan(desired);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });
});
