import { describe, expect, it } from 'vitest';
import type { DeploymentFact, StoppedTaskFact } from '../../../lambdas/model/facts.ts';
import type { VerifyFacts } from '../../../lambdas/pipeline/verify/acted.ts';
import { verify } from '../../../lambdas/pipeline/verify/verify.ts';
import { deployment, minute, now, release, signal, standing, stopped } from '../diagnose/build.ts';
import { acted, attempt, changed, facts, rolledBack } from './build.ts';

const bad = { errors: 600 };
/** The order of the acts below began a minute before they were seen. */
const began = acted - minute;
const back = (over: Partial<DeploymentFact> = {}) =>
  deployment(42, { id: 'back', startedAt: acted, finishedAt: now - 3 * minute, ...over });
const before = deployment(42);
const suspect = deployment(43, { startedAt: now - 20 * minute, finishedAt: now - 15 * minute });
const running = { status: 'in-progress', finishedAt: null } as const;
const restarted = attempt(
  'restart-service',
  { service: { cluster: 'main', service: 'checkout' }, onTopOf: null },
  { see: 'deployment-helps', by: { minutes: 20 } },
);

const given = (deployments: readonly DeploymentFact[], symptoms = changed(bad, {})) =>
  facts({ standing: standing(6, { deployments: [...deployments, before] }), symptoms });
const at = (given: VerifyFacts, instant: number): VerifyFacts => ({
  ...given,
  standing: { ...given.standing, at: instant },
});
const update = (world: VerifyFacts) => verify(rolledBack('update-service'), world);
const stop = (world: VerifyFacts) => verify(rolledBack('stop-running'), world);
const restart = (world: VerifyFacts) => verify(restarted, world);

describe('whether a deployment helped', () => {
  it('is said with the figures', () => {
    expect(update(given([back(), suspect], changed({ ...bad, latency: 1 }, {})))).toEqual({
      check: 'helped',
      says: 'The deployment has finished, no alarm breaches: latency 1 s before, 0.1 s after, errors 10 % before, 0.1 % after.',
    });
  });

  it('is open while it runs, to its deadline and not a moment longer', () => {
    const world = given([back(running), suspect]);
    const deadline = acted + 20 * minute;
    expect(update(at(world, deadline - 1))).toEqual({
      check: 'not-yet',
      says: 'The deployment has not finished yet.',
    });
    expect(update(at(world, deadline))).toEqual({
      check: 'no-change',
      says: 'The deployment has not finished within 20 min.',
    });
  });

  it('is judged for as long as any check may take, once it has finished', () => {
    const world = given([back(), suspect], changed(bad, bad));
    const deadline = now - 3 * minute + 5 * minute;
    expect(update(at(world, deadline - 1)).check).toBe('not-yet');
    expect(update(at(world, deadline)).says).toMatch(/^The trouble goes on, 6 min after the act: /);
  });

  it('is answered with no, and that it is to be taken back, when the release before suffers alike', () => {
    const late = (symptoms: ReturnType<typeof changed>) => at(given([back(), suspect], symptoms), now + 2 * minute);
    expect(update(late(changed(bad, bad)))).toMatchObject({ check: 'no-change', inVain: 'suffers-alike' });
    expect(stop(late(changed(bad, bad)))).not.toHaveProperty('inVain');
    // What fell by half is not given up for what was before.
    expect(update(late(changed(bad, { errors: 250 })))).toMatchObject({ check: 'no-change' });
    expect(update(late(changed(bad, { errors: 250 })))).not.toHaveProperty('inVain');
    expect(restart(late(changed(bad, bad)))).not.toHaveProperty('inVain');
  });

  it('is answered at once, and taken back, when the tasks of a rollback do not start', () => {
    const failed = (n: number) =>
      stopped(n, { taskDefinition: release(42), createdAt: acted + n, stoppedAt: acted + minute, reason: 'Exit 1' });
    const world = (...ended: readonly StoppedTaskFact[]) => {
      const { standing: seen, ...rest } = given([back(running), suspect]);
      const tasks = seen.tasks.filter(({ taskDefinition }) => taskDefinition !== release(42));
      return { ...rest, standing: { ...seen, tasks, stopped: ended } };
    };
    expect(update(world(failed(1), failed(2), failed(3)))).toEqual({
      check: 'no-change',
      inVain: 'tasks-do-not-start',
      says: '3 tasks of checkout:42 ended and none came into service; the last: Exit 1.',
    });
    expect(update(world(failed(1), failed(2))).check).toBe('not-yet');
    expect(restart(world(failed(1), failed(2), failed(3))).check).toBe('not-yet');
  });

  it.each(['failed', 'stopped', 'rolled-back'] as const)('is not said of one that %s', (status) => {
    expect(update(given([back({ status }), suspect]))).toEqual({
      check: 'no-change',
      says: 'The deployment failed or was stopped.',
    });
  });

  it('is answered with worse when it grew, finished or failed', () => {
    const worse = changed(bad, { errors: 1200 });
    for (const status of ['successful', 'failed'] as const)
      expect(update(given([back({ status }), suspect], worse))).toEqual({
        check: 'worse',
        says: 'It got worse: latency 0.1 s before, 0.1 s after, errors 10 % before, 20 % after.',
      });
  });

  it('is judged from when it was seen where AWS names no end', () => {
    expect(update(given([back({ finishedAt: null }), suspect])).check).toBe('helped');
  });

  it('awaits the OK of an alarm that is not ours', () => {
    const firing = [signal('errors', { alarm: '5xx', at: began })];
    expect(update({ ...given([back(), suspect]), signals: firing }).says).toContain('no OK of 5xx yet');
  });
});

describe('the deployment that an act began', () => {
  it('is not an earlier one, be it of the same release', () => {
    const before = back({ startedAt: began - 1, finishedAt: began });
    expect(update(given([before])).check).toBe('not-yet');
    expect(restart(given([before])).check).toBe('not-yet');
    const same = back({ startedAt: began });
    expect(update(given([same])).check).toBe('helped');
    expect(restart(given([same])).check).toBe('helped');
  });

  it("is not somebody else's later one of another release, for a rollback", () => {
    const later = deployment(44, { startedAt: acted + minute, ...running });
    expect(update(given([later, back(), suspect])).check).toBe('helped');
    expect(update(given([later, suspect])).says).toBe('The deployment has not finished yet.');
  });

  it('is whatever came after the order, for a restart', () => {
    expect(restart(given([back(), suspect])).check).toBe('helped');
    expect(restart(given([back(running), suspect])).check).toBe('not-yet');
  });

  it('is the one that was stopped, where AWS rolls back, and is then to be rolled back', () => {
    const stopped = (status: DeploymentFact['status']) => ({ ...suspect, status, finishedAt: now - 3 * minute });
    expect(stop(given([back(running), stopped('rolled-back')])).check).toBe('helped');
    expect(stop(given([back(), stopped('rolling-back')])).check).toBe('not-yet');
    expect(stop(given([back(), stopped('successful')])).says).toBe('The deployment failed or was stopped.');
    expect(stop(given([back()])).check).toBe('not-yet');
  });
});
