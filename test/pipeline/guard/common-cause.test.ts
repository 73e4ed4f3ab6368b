import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../lambdas/model/evidence.ts';
import type { Standing, TargetFact } from '../../../lambdas/model/facts.ts';
import type { PastAct } from '../../../lambdas/model/incident-state.ts';
import { commonCause } from '../../../lambdas/pipeline/guard/common-cause.ts';
import {
  act,
  earlierIncident,
  everyProposal,
  guardFacts,
  history,
  minutes,
  now,
  onTask,
  order,
  refused,
  seconds,
  settings,
  standing,
  target,
  targetRef,
  task,
  taskArn,
  unknown,
} from '../build.ts';
import { says } from './expect-verdict.ts';

const failing = (n: number): Evidence => ({
  kind: 'TaskErrors',
  source: 'task-logs',
  at: now - seconds(60),
  task: taskArn(n),
  share: 0.5,
  peers: 0,
  pValue: 0,
  says: 'It fails.',
});
/** So many are sick that they are counted and not named. */
const counted = (tasks: number, byZone: Readonly<Record<string, number>> = {}): Evidence => ({
  kind: 'TasksSick',
  source: 'ecs',
  at: now,
  tasks,
  byZone,
  unnamed: { tasks: tasks - 1, slow: 0 },
  says: 'They are many.',
});
const accused = (n: number): Evidence => ({
  kind: 'TargetAnomalous',
  source: 'target-health',
  at: now,
  target: targetRef(n),
  says: 'It fails more.',
});
type Asked = {
  readonly world?: Standing;
  readonly because?: readonly Evidence[];
  readonly acts?: readonly PastAct[];
  readonly share?: number;
  readonly kind?: 'deregister-target' | 'replace-task';
};
const check = ({ world = standing(), because = [failing(1)], acts = [], share = 0.5, kind }: Asked) =>
  commonCause.check(
    { ...onTask(kind ?? 'deregister-target', 1), because },
    guardFacts({
      standing: world,
      history: history({ acts }),
      settings: settings({ limits: { commonCause: { share } } }),
    }),
  );
/** So many tasks, in the zones that are named one after the other. */
const inZones = (zones: string, change: (n: number) => Partial<TargetFact> = () => ({})) =>
  standing({
    desired: zones.length,
    tasks: [...zones].map((zone, i) => task(i + 1, { zone })),
    targets: [...zones].map((_, i) => ({ ...target(i + 1), ...change(i + 1) })),
  });
const out = (n: number, change = {}) => act(onTask('deregister-target', n), now - minutes(3), change);
const allow = { kind: 'allow' };

describe('common-cause', () => {
  it('counts sick tasks that are too many to be named', () => {
    const world = standing({ desired: 30 });
    expect(check({ world, because: [failing(1), counted(14)] })).toEqual({ kind: 'allow' });
    says(
      check({ world, because: [failing(1), counted(15)] }),
      'deny',
      'cause.common',
      '15 tasks of 30 are or were sick in this incident',
    );
  });

  it('knows a zone that is sick as a whole though not all of its tasks are named', () => {
    const zones = (n: number) => (n <= 12 ? 'a' : 'b');
    const world = standing({
      desired: 30,
      tasks: Array.from({ length: 30 }, (_, i) => task(i + 1, { zone: zones(i + 1) })),
    });
    expect(check({ world, because: [failing(1), counted(11, { a: 11 })] })).toEqual({ kind: 'allow' });
    says(
      check({ world, because: [failing(1), counted(12, { a: 12 })] }),
      'deny',
      'cause.common',
      'All 12 tasks of the zone a are sick',
    );
    expect(check({ world, because: [failing(1), counted(13, { a: 1, b: 12 })] })).toEqual({ kind: 'allow' });
  });

  it('allows one of two: a single task has nothing in common with itself', () => {
    expect(check({ world: standing({ desired: 2 }) })).toEqual(allow);
    expect(check({ world: standing({ desired: 1 }), share: 0 })).toEqual(allow);
  });

  it('denies from the share on, and says how many', () => {
    expect(check({ because: [failing(1), failing(2)] })).toEqual(allow);
    const verdict = check({ because: [1, 2, 3].map(failing) });
    says(verdict, 'deny', 'cause.common', '3 tasks of 6', 'from 50 % on');
    expect(check({ because: [failing(1), failing(2)], share: 1 / 3 })).toMatchObject({ kind: 'deny' });
    expect(check({ because: [failing(1), failing(2)], share: 0.34 })).toEqual(allow);
  });

  it('is not misled by a rounding error', () => {
    const verdict = check({
      world: standing({ desired: 10 }),
      because: [1, 2, 3, 4, 5, 6, 7].map(failing),
      share: 0.7,
    });
    expect(verdict).toMatchObject({ kind: 'deny' });
  });

  it('counts a task once, however many facts speak of it', () => {
    expect(check({ because: [failing(1), failing(1), failing(2), accused(2), accused(1)] })).toEqual(allow);
    expect(check({ because: [failing(2), accused(3)] })).toMatchObject({ kind: 'deny' });
  });

  it('counts targets that are unhealthy or that the load balancer finds anomalous', () => {
    const one = (change: Partial<TargetFact>) => inZones('abcabc', (n) => (n === 3 ? change : {}));
    const because = [failing(1), failing(2)];
    expect(check({ world: inZones('abcabc'), because })).toEqual(allow);
    expect(check({ world: one({ state: 'unhealthy' }), because })).toMatchObject({ kind: 'deny' });
    expect(check({ world: one({ anomaly: 'anomalous' }), because })).toMatchObject({ kind: 'deny' });
    for (const state of ['initial', 'draining', 'unused'] as const)
      expect(check({ world: one({ state }), because: [failing(1)] })).toEqual(allow);
  });

  it('counts tasks that were taken out in this incident, gone or not', () => {
    const because = [failing(1), failing(2)];
    expect(check({ because, acts: [out(9)] })).toMatchObject({ kind: 'deny' });
    expect(check({ because, acts: [out(9, { result: unknown })] })).toMatchObject({ kind: 'deny' });
    expect(check({ because, acts: [act(onTask('replace-task', 9), now - minutes(2))] })).toMatchObject({
      kind: 'deny',
    });
    expect(check({ because, acts: [out(2)] })).toEqual(allow);
  });

  it('does not count those of earlier incidents, refused orders, and tasks that were put back', () => {
    const because = [failing(1), failing(2)];
    expect(check({ because, acts: [out(9, { incident: earlierIncident })] })).toEqual(allow);
    expect(check({ because, acts: [out(9, { result: refused })] })).toEqual(allow);
    const back = act(onTask('register-target', 9), now - minutes(1));
    const putBack: PastAct = { ...back, order: order(onTask('register-target', 9), { id: '2', undoes: '1' }) };
    expect(check({ because, acts: [out(9), putBack] })).toEqual(allow);
    expect(check({ because, acts: [out(9), { ...putBack, result: refused }] })).toMatchObject({ kind: 'deny' });
  });

  it('denies when the sick tasks are all those of one zone, and names it', () => {
    const because = [failing(1), failing(2)];
    says(check({ world: inZones('aabbcc'), because }), 'deny', 'cause.common', 'All 2 tasks of the zone a are sick');
    expect(check({ world: inZones('aaabbb'), because })).toEqual(allow);
    expect(check({ world: inZones('abbbcc'), because })).toEqual(allow);
  });

  it('denies in a zone that is sick as a whole, though a task elsewhere is sick too, and not that other one', () => {
    const elsewhere = (n: number) => inZones('aabbbbbb', (each) => (each === n ? { anomaly: 'anomalous' } : {}));
    says(
      check({ world: elsewhere(3), because: [failing(1), failing(2)] }),
      'deny',
      'cause.common',
      'of the zone a are',
    );
    expect(check({ world: elsewhere(1), because: [failing(1), failing(3)] })).toEqual(allow);
    expect(check({ world: inZones('abbcccccc'), because: [failing(1), failing(2), failing(3)] })).toEqual(allow);
    const listed = elsewhere(3);
    const reversed = { ...listed, tasks: listed.tasks.toReversed() };
    expect(check({ world: reversed, because: [failing(1), failing(2)] })).toMatchObject({ kind: 'deny' });
    const all = { world: inZones('aab'), because: [1, 2, 3].map(failing), share: 1.1 };
    expect(check(all)).toMatchObject({ kind: 'deny' });
  });

  it('does not take one task for a zone, nor a service in one zone, nor a zone that is not known', () => {
    expect(check({ world: inZones('abbbbb') })).toEqual(allow);
    expect(check({ world: inZones('aa'), because: [failing(1), failing(2)], share: 1.1 })).toEqual(allow);
    const nowhere = inZones('aabbcc');
    const without = (from: number) => nowhere.tasks.map((each, i) => (i < from ? { ...each, zone: null } : each));
    for (const unknown of [without(6), without(2)])
      expect(check({ world: { ...nowhere, tasks: unknown }, because: [failing(1), failing(2)] })).toEqual(allow);
    const gone = { ...nowhere, tasks: nowhere.tasks.slice(1) };
    expect(check({ world: gone, because: [failing(1), failing(2)] })).toEqual(allow);
  });

  it('counts only running tasks of a zone', () => {
    const world = inZones('aaabbb');
    const tasks = world.tasks.map((each, i) => (i === 2 ? { ...each, status: 'stopping' as const } : each));
    expect(check({ world: { ...world, tasks }, because: [failing(1), failing(2)] })).toMatchObject({ kind: 'deny' });
  });

  it('knows the zone of a task that is stopping already', () => {
    const world = inZones('aaabbb');
    const tasks = world.tasks.map((each, i) => (i === 0 ? { ...each, status: 'stopping' as const } : each));
    const because = [failing(2), failing(3)];
    expect(check({ world: { ...world, tasks }, because, share: 1.1 })).toMatchObject({ kind: 'deny' });
  });

  it('has nothing to say of a task that is out already, and of acts on the whole service', () => {
    const because = [1, 2, 3].map(failing);
    const world = inZones('abcabc', (n) => (n === 1 ? { state: 'draining' } : {}));
    expect(check({ world, because, kind: 'replace-task' })).toEqual(allow);
    expect(check({ because, kind: 'replace-task' })).toMatchObject({ kind: 'deny' });
    for (const kind of ['register-target', 'restart-service', 'roll-back-deployment'] as const)
      expect(commonCause.check({ ...everyProposal[kind], because }, guardFacts())).toEqual(allow);
  });

  it('never allows a share of two or more that is as large as the limit', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 12 });
    const property = fc.property(
      fc.integer({ min: 1, max: 12 }),
      numbers,
      fc.integer({ min: 1, max: 100 }),
      (desired, sick, percent) => {
        const all = new Set([1, ...sick]);
        const world = inZones('abcdefghijkl'.slice(0, desired));
        const verdict = check({ world, because: sick.map(failing), share: percent / 100 });
        const common = all.size >= 2 && all.size * 100 >= percent * desired;
        expect(verdict.kind).toBe(common ? 'deny' : 'allow');
      },
    );
    fc.assert(property);
  });
});
