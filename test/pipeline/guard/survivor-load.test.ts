import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../lambdas/model/evidence.ts';
import type { Standing } from '../../../lambdas/model/facts.ts';
import type { Load } from '../../../lambdas/model/load.ts';
import { survivorLoad } from '../../../lambdas/pipeline/guard/survivor-load.ts';
import {
  everyProposal,
  guardFacts,
  load,
  now,
  onTask,
  seconds,
  settings,
  standing,
  target,
  taskArn,
} from '../build.ts';
import { anyStanding } from './any-standing.ts';
import { says } from './expect-verdict.ts';

type Asked = {
  readonly world?: Standing;
  readonly load?: Load | null;
  readonly capacityPerTask?: number | null;
  readonly most?: number;
  readonly act?: 'deregister-target' | 'replace-task';
  readonly because?: readonly Evidence[];
};
const check = (asked: Asked) => {
  const proposal = onTask(asked.act ?? 'deregister-target', 1);
  return survivorLoad.check(
    { ...proposal, because: asked.because ?? proposal.because },
    guardFacts({
      standing: asked.world ?? standing(),
      load: asked.load === undefined ? load() : asked.load,
      settings: settings({
        limits: { survivorLoad: { capacityPerTask: asked.capacityPerTask ?? null, most: asked.most ?? 0.8 } },
      }),
    }),
  );
};
const cpu = (percentOfOneTask: number) => load({ cpu: { most: percentOfOneTask, newest: percentOfOneTask } });
const states = (desired: number, ...state: readonly Parameters<typeof target>[1][]) =>
  standing({ desired, targets: Array.from({ length: desired }, (_, i) => target(i + 1, state[i] ?? 'healthy')) });
const silent: Evidence = {
  kind: 'TaskSilent',
  source: 'task-logs',
  at: now - seconds(60),
  task: taskArn(1),
  share: 0,
  peers: 0.2,
  pValue: 0,
  says: 'It is silent.',
};
const allow = { kind: 'allow' };

describe('survivor-load', () => {
  it('allows up to the limit of requests per task, and not one more', () => {
    expect(check({ capacityPerTask: 50, load: load({ requests: 200 }) })).toEqual(allow);
    const verdict = check({ capacityPerTask: 50, load: load({ requests: 200.1 }) });
    says(verdict, 'deny', 'load.survivors', '5 tasks would carry 40 requests a second each', 'at most 40');
    says(
      check({ capacityPerTask: 50, load: load({ requests: 211 }) }),
      'deny',
      'load.survivors',
      '5 tasks would carry 42.2 requests a second each; at most 40 are allowed.',
    );
  });

  it.each([
    [2, 40],
    [3, 53.3],
    [4, 60],
    [5, 64],
    [6, 66.6],
    [10, 72],
  ])('of %i tasks takes one out up to %d %% of their CPU', (tasks, most) => {
    const world = standing({ desired: tasks });
    expect(check({ world, load: cpu(most * tasks) })).toEqual(allow);
    expect(check({ world, load: cpu((most + 0.1) * tasks) })).toMatchObject({ kind: 'deny' });
  });

  it('gives the figures of CPU', () => {
    says(
      check({ load: cpu(420) }),
      'deny',
      'load.survivors',
      '5 tasks would carry 84 % of their CPU each; at most 80 % is allowed.',
    );
  });

  it('looks at CPU where no capacity is named, and where requests were not measured', () => {
    expect(check({ load: load({ requests: 9999 }) })).toEqual(allow);
    expect(check({ capacityPerTask: 50, load: load({ requests: null }) })).toEqual(allow);
    expect(check({ capacityPerTask: 50, load: { ...cpu(420), requests: null } })).toMatchObject({ kind: 'deny' });
    expect(check({ capacityPerTask: 50, load: load({ requests: 20, cpu: null }) })).toEqual(allow);
  });

  it('counts only tasks that take traffic and are healthy: what is out already carries nothing', () => {
    expect(check({ load: cpu(400) })).toEqual(allow);
    for (const state of ['draining', 'unhealthy', 'initial'] as const)
      expect(check({ world: states(6, 'healthy', state), load: cpu(400) })).toMatchObject({ kind: 'deny' });
  });

  it('judges an unhealthy task like a healthy one: when none is healthy the load balancer sends to all', () => {
    expect(check({ world: states(6, 'unhealthy'), load: cpu(401) })).toMatchObject({ kind: 'deny' });
  });

  it('denies taking the last one, whatever is measured', () => {
    says(check({ world: states(2, 'healthy', 'unhealthy'), load: null }), 'deny', 'load.survivors', 'No healthy task');
  });

  it('counts CPU that a silent task did not use for its requests', () => {
    expect(check({ load: cpu(333), because: [silent] })).toEqual(allow);
    expect(check({ load: cpu(334), because: [silent] })).toMatchObject({ kind: 'deny' });
    expect(check({ load: load({ cpu: { most: 400, newest: 300 } }), because: [silent] })).toEqual(allow);
    expect(check({ load: load({ cpu: { most: 401, newest: 300 } }), because: [silent] })).toMatchObject({
      kind: 'deny',
    });
    expect(check({ load: load({ cpu: { most: 400, newest: 334 } }), because: [silent] })).toMatchObject({
      kind: 'deny',
    });
  });

  it('holds while the load is not known', () => {
    for (const unknown of [null, load({ requests: null, cpu: null })]) {
      const verdict = check({ load: unknown });
      says(verdict, 'hold', 'load.unknown', 'Neither requests nor CPU of the service were measured.');
      expect(verdict).toMatchObject({ until: now + seconds(30) });
    }
    expect(check({ capacityPerTask: 50, load: load({ requests: null, cpu: null }) })).toMatchObject({ kind: 'hold' });
  });

  it('holds while the metrics are older than they come', () => {
    expect(check({ load: load({ at: now - seconds(255) }) })).toEqual(allow);
    says(check({ load: load({ at: now - seconds(256) }) }), 'hold', 'load.unknown', 'are 4 min old');
  });

  it('has nothing to say of a task that is out already, and of acts on the whole service', () => {
    expect(check({ act: 'replace-task', world: states(6, 'draining'), load: null })).toEqual(allow);
    expect(check({ act: 'replace-task', load: null })).toMatchObject({ kind: 'hold' });
    for (const kind of ['register-target', 'restart-service', 'roll-back-deployment'] as const)
      expect(survivorLoad.check(everyProposal[kind], guardFacts({ load: null }))).toEqual(allow);
  });

  it('never allows more to be left to each than the limit', () => {
    const property = fc.property(
      anyStanding,
      fc.double({ min: 0, max: 2000, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (world, requests, most) => {
        if (check({ world, most, capacityPerTask: 50, load: load({ requests }) }).kind !== 'allow') return;
        const own = (n: number) => world.targets.filter(({ target: { id } }) => id === `10.0.0.${n}`);
        if (own(1).every(({ state }) => state === 'draining' || state === 'unused') && world.tasks.length > 0) return;
        const left = world.tasks.filter(
          (task, i) =>
            i > 0 &&
            task.status === 'running' &&
            own(i + 1).length > 0 &&
            own(i + 1).every((t) => t.state === 'healthy'),
        ).length;
        expect(requests / left).toBeLessThanOrEqual(50 * most + 1e-6);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });
});
