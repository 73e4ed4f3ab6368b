import { describe, expect, it } from 'vitest';
import type { Standing } from '../../../lambdas/model/facts.ts';
import type { OpenIncident } from '../../../lambdas/model/open-incident.ts';
import { sweepLimits } from '../../../lambdas/pipeline/sweep/limits.ts';
import { isKnown, isOver, outsideInWords, tasksOutside } from '../../../lambdas/pipeline/sweep/tasks-outside.ts';
import { hours, minutes, now, settings, standing, target, task, taskArn, thisIncident } from '../build.ts';

const outside = (change: Partial<Standing> = {}, given = settings()) => {
  const world = standing(change);
  return tasksOutside(world, world.targets, given, now, sweepLimits);
};
const alone = (change: Parameters<typeof task>[1] = {}) => ({
  tasks: [task(1, { startedAt: now - minutes(5), ...change }), task(2)],
  targets: [target(2)],
});

describe('a task', () => {
  it('is outside when it runs and no target group has it', () => {
    expect(outside(alone())).toEqual([taskArn(1)]);
  });

  it.each(['initial', 'unhealthy', 'draining', 'unused'] as const)('is not outside while its target is %s', (state) => {
    expect(outside({ ...alone(), targets: [target(1, state), target(2)] })).toEqual([]);
  });

  it('is not outside before it has had its time to be registered, nor while it starts or stops', () => {
    expect(outside(alone({ startedAt: now - minutes(5) + 1 }))).toEqual([]);
    expect(outside(alone({ startedAt: null }))).toEqual([]);
    expect(outside(alone({ status: 'starting' }))).toEqual([]);
    expect(outside(alone({ status: 'stopping' }))).toEqual([]);
  });

  it('is not called outside where the service is reached by other ways, or by none that is known', () => {
    const { shape } = standing();
    expect(outside({ ...alone(), shape: { ...shape, reachedBy: ['alb', 'service-connect'] } })).toEqual([]);
    expect(outside({ ...alone(), shape: { ...shape, reachedBy: [] } })).toEqual([]);
    const none = settings();
    expect(outside(alone(), { ...none, resources: { ...none.resources, targetGroups: [] } })).toEqual([]);
  });
});

describe('an incident that may have left tasks outside', () => {
  const at = (status: OpenIncident['status'], closedAt: number | null) =>
    isOver({ incident: thisIncident, service: 'checkout', openedAt: now, status, closedAt }, now, sweepLimits);

  it('is over: handed over, or closed within the hour', () => {
    expect(at('handed-over', null)).toBe(true);
    expect(at('closed', now - hours(1))).toBe(true);
    expect(at('closed', now - hours(1) - 1)).toBe(false);
    expect(at('started', null)).toBe(false);
  });
});

describe('what people were told', () => {
  const told = (...tasks: readonly string[]) =>
    ({
      kind: 'TasksOutside',
      id: 'outside',
      incident: thisIncident,
      service: 'checkout',
      at: now,
      tasks,
      says: '',
    }) as const;

  it('is known as long as the tasks are the same', () => {
    expect(isKnown([told('a')], ['a'])).toBe(true);
    expect(isKnown([told('a')], ['b'])).toBe(false);
    expect(isKnown([told('a')], ['a', 'b'])).toBe(false);
    expect(isKnown([told('a'), told()], ['a'])).toBe(false);
    expect(isKnown([], [])).toBe(true);
  });

  it('is one sentence', () => {
    expect(outsideInWords([taskArn(1)])).toMatch(/^1 task runs outside of the load balancer: \w{8}\.$/);
    expect(outsideInWords(['x/a', 'x/b'])).toBe('2 tasks run outside of the load balancer: a, b.');
    expect(outsideInWords([])).toBe('No task runs outside of the load balancer any more.');
  });
});
