import { describe, expect, it } from 'vitest';
import type { DeploymentFact } from '../../../lambdas/model/facts.ts';
import { verify } from '../../../lambdas/pipeline/verify/verify.ts';
import { deployment, history, minutes, now, order, rollForward, settings, standing } from '../build.ts';

/** The release was ordered at `now` and seen to come a second later. */
function checked(deployments: readonly DeploymentFact[], after: number) {
  const result = { kind: 'done', receipt: { kind: 'changed', at: now + 1000, seen: 'comes' } } as const;
  const attempt = { order: order(rollForward()), startedAt: now, result, resultAt: now + 1000, check: null };
  const world = { ...standing({ deployments }), at: now + 1000 + after };
  const symptoms = { until: world.at, minutes: 0, groups: [], service: {} };
  return verify(attempt, {
    settings: settings(),
    standing: world,
    symptoms,
    evidence: { taskLogs: null, failed: [] },
    history: history(),
    signals: [],
  });
}
const coming = (status: DeploymentFact['status'], revision = 42, startedAt = now) =>
  deployment(revision, startedAt, { status });

describe('a release that is to come again', () => {
  it('has come when its deployment has finished', () => {
    expect(checked([coming('successful')], 0)).toEqual({ check: 'helped', says: 'checkout:42 is deployed again.' });
  });

  it.each(['pending', 'in-progress'] as const)(
    'is awaited while its deployment is %s, until its time is over',
    (status) => {
      const says = 'The deployment of checkout:42 has not finished yet.';
      expect(checked([coming(status)], minutes(20) - 1)).toEqual({ check: 'not-yet', says });
      expect(checked([coming(status)], minutes(20))).toEqual({ check: 'no-change', says });
    },
  );

  it.each(['failed', 'stopped', 'rolled-back'] as const)('has not come when its deployment is %s', (status) => {
    const says = 'The deployment of checkout:42 failed or was stopped.';
    expect(checked([coming(status)], 0)).toEqual({ check: 'no-change', says });
  });

  it('is not taken for one of before, or for another release', () => {
    expect(checked([coming('successful', 42, now - 1)], 0).check).toBe('not-yet');
    expect(checked([coming('successful', 41)], 0).check).toBe('not-yet');
  });
});
