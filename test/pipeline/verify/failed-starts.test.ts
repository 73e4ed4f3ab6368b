import { describe, expect, it } from 'vitest';
import type { StoppedTaskFact } from '../../../lambdas/model/facts.ts';
import { failedStarts } from '../../../lambdas/pipeline/verify/failed-starts.ts';
import { minute, now, release, standing, stopped, target, task } from '../diagnose/build.ts';

const startedAt = now - 10 * minute;
const gone = 'CannotPullContainerError: failed to resolve ref shop@sha256:1f: not found.';
const ended = (n: number, over: Partial<StoppedTaskFact> = {}) =>
  stopped(n, {
    taskDefinition: release(44),
    createdAt: now - 5 * minute,
    stoppedAt: now - n * minute,
    reason: `Exit ${n}`,
    ...over,
  });
const says = (tasks: readonly StoppedTaskFact[], over: Partial<ReturnType<typeof standing>> = {}) =>
  failedStarts({ startedAt }, { taskDefinition: release(44) }, standing(6, { stopped: tasks, ...over }));

describe('the tasks of a deployment fail to start', () => {
  it('when three ended and none came into service, and the last says why', () => {
    expect(says([ended(2), ended(3), ended(1)])).toBe(
      '3 tasks of checkout:44 ended and none came into service; the last: Exit 1.',
    );
    expect(says([ended(1), ended(2)])).toBeUndefined();
    expect(says([ended(1, { reason: '', code: 'TaskFailedToStart' }), ended(2), ended(3)])).toMatch(
      /the last: TaskFailedToStart\.$/,
    );
  });

  it('when one could not for a reason that does not pass', () => {
    expect(says([ended(1, { reason: gone })])).toBe(`No task of checkout:44 can start: ${gone}`);
  });

  it('not while one of them serves; one that only runs does not yet', () => {
    const three = [ended(1), ended(2), ended(3)];
    const comes = task(6, { taskDefinition: release(44), createdAt: now - 4 * minute });
    const tasks = [...standing(5).tasks, comes];
    expect(says(three, { tasks })).toBeUndefined();
    const targets = [1, 2, 3, 4, 5].map((n) => target(n));
    expect(says(three, { tasks, targets: [...targets, target(6, { state: 'initial' })] })).toBeDefined();
    expect(says(three, { tasks, targets: [] })).toBeUndefined();
    expect(says(three, { tasks: [{ ...comes, status: 'starting' }], targets: [] })).toBeDefined();
  });

  it.each<[string, Partial<StoppedTaskFact>]>([
    ['of another release', { taskDefinition: release(43) }],
    ['that were created before the act', { createdAt: startedAt - 1 }],
    ['that somebody stopped', { code: 'UserInitiated' }],
    ['that ECS stopped for the deployment', { code: 'ServiceSchedulerInitiated', reason: 'Scaling activity' }],
  ])('not by tasks %s', (_, over) => {
    expect(says([ended(1, over), ended(2, over), ended(3, over)])).toBeUndefined();
    expect(says([ended(1, { reason: gone, ...over })])).toBeUndefined();
  });
});
