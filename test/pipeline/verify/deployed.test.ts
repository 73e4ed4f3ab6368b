import { describe, expect, it } from 'vitest';
import type { DeploymentFact } from '../../../lambdas/model/facts.ts';
import { verify } from '../../../lambdas/pipeline/verify/verify.ts';
import {
  deployment,
  history,
  minutes,
  now,
  order,
  rollForward,
  settings,
  standing,
  takenBack,
  taskDefinition,
} from '../build.ts';

/** The release was ordered at `now` and seen to come a second later. */
function checked(deployments: readonly DeploymentFact[], after: number) {
  const result = { kind: 'done', receipt: { kind: 'changed', at: now + 1000, seen: 'comes' } } as const;
  const attempt = { order: order(rollForward(takenBack)), startedAt: now, result, resultAt: now + 1000, check: null };
  const listed = [...deployments, takenBack.bad, takenBack.good];
  const world = { ...standing({ deployments: listed }), at: now + 1000 + after };
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

  it('has come when its deployment by a copy has finished', () => {
    const copy = { ...coming('successful', 44), copyOf: taskDefinition(42), images: takenBack.bad.images };
    expect(checked([copy], 0).check).toBe('helped');
    expect(checked([{ ...copy, copyOf: taskDefinition(40) }], 0).check).toBe('not-yet');
  });

  it('has come when AWS has gone back from the rollback that was stopped', () => {
    const rollback = (change: Partial<DeploymentFact>) =>
      deployment(41, now - minutes(2), { rolledBackTo: taskDefinition(42), finishedAt: null, ...change });
    expect(checked([rollback({ status: 'rolling-back' })], 0).check).toBe('not-yet');
    expect(checked([rollback({ status: 'rolled-back', finishedAt: now })], 0).check).toBe('helped');
    expect(checked([rollback({ status: 'failed', finishedAt: now })], 0).check).toBe('no-change');
    // One that AWS rolled back long ago is another matter.
    expect(checked([rollback({ status: 'rolled-back', finishedAt: now - 1 })], 0).check).toBe('not-yet');
  });

  it('is not taken for one of before, or for another release', () => {
    expect(checked([coming('successful', 42, now - 1)], 0).check).toBe('not-yet');
    expect(checked([coming('successful', 41)], 0).check).toBe('not-yet');
  });
});
