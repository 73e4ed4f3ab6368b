import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Standing, TargetFact } from '../../../lambdas/model/facts.ts';
import { zoneFloor } from '../../../lambdas/pipeline/guard/zone-floor.ts';
import {
  everyProposal,
  groupA,
  groupB,
  guardFacts,
  onTask,
  routing,
  standing,
  target,
  task,
  taskArn,
} from '../build.ts';
import { anyStanding } from './any-standing.ts';
import { says } from './expect-verdict.ts';

type Kind = 'deregister-target' | 'replace-task';
const check = (world: Standing, kind: Kind = 'deregister-target') =>
  zoneFloor.check(onTask(kind, 1), guardFacts({ standing: world }));
/** Tasks 1, 2, ... in these zones, each with one healthy target that carries no zone, as AWS gives them. */
const inZones = (zones: readonly (string | null)[], change: Partial<Standing> = {}) =>
  standing({
    desired: zones.length,
    routing: routing({ crossZone: false }),
    tasks: zones.map((zone, i) => task(i + 1, { zone })),
    targets: zones.map((_, i) => ({ ...target(i + 1), zone: null })),
    ...change,
  });
const bare = (n: number, state: TargetFact['state'] = 'healthy', group = groupA): TargetFact => ({
  ...target(n, state, group),
  zone: null,
});
const allow = { kind: 'allow' };

describe('zone-floor', () => {
  it.each(['deregister-target', 'replace-task'] as const)('refuses to %s with the last healthy target', (kind) => {
    says(
      check(inZones(['a', 'b', 'b']), kind),
      'deny',
      'zone.floor',
      'It has the last healthy target in a, and cross-zone load balancing is off.',
    );
  });

  it('allows it beside another healthy one in its zone', () => {
    expect(check(inZones(['a', 'a', 'b']))).toEqual(allow);
  });

  it('allows the last one of a zone where requests cross zones', () => {
    expect(check(inZones(['a', 'b', 'b'], { routing: routing() }))).toEqual(allow);
  });

  it('refuses it when cross-zone load balancing could not be read', () => {
    const world = inZones(['a', 'b'], { routing: null });
    says(check(world), 'deny', 'zone.floor', 'the last healthy target in a', 'could not be read');
    expect(check(inZones(['a', 'a'], { routing: null }))).toEqual(allow);
  });

  it.each(['draining', 'unhealthy', 'initial', 'unused', 'unavailable'] as const)(
    'does not count one beside it that is %s',
    (state) => {
      const world = inZones(['a', 'a'], { targets: [bare(1), bare(2, state)] });
      says(check(world), 'deny', 'zone.floor', 'the last healthy target in a');
    },
  );

  it('does not count one whose task is stopping, though it still looks healthy', () => {
    const world = inZones(['a', 'a'], { tasks: [task(1), task(2, { status: 'stopping' })] });
    expect(check(world)).toMatchObject({ kind: 'deny', reason: 'zone.floor' });
  });

  it.each(['draining', 'unhealthy'] as const)('allows one that is %s itself: the zone does not miss it', (state) => {
    expect(check(inZones(['a', 'b'], { targets: [bare(1, state), bare(2)] }), 'replace-task')).toEqual(allow);
  });

  it('looks at each target group by itself', () => {
    const both = [bare(1), bare(1, 'healthy', groupB), bare(2), bare(2, 'unhealthy', groupB)];
    expect(check(inZones(['a', 'a'], { targets: both }))).toMatchObject({ kind: 'deny', reason: 'zone.floor' });
    const healthy = [bare(1), bare(1, 'healthy', groupB), bare(2), bare(2, 'healthy', groupB)];
    expect(check(inZones(['a', 'a'], { targets: healthy }))).toEqual(allow);
  });

  it('refuses it when its zone is not known, and counts none of an unknown zone', () => {
    says(check(inZones([null, 'a'])), 'deny', 'zone.floor', 'The zone of its target is not known');
    expect(check(inZones(['a', null]))).toMatchObject({ kind: 'deny' });
  });

  it('takes the zone of a target where the task gives none', () => {
    const targets = [target(1), target(2)];
    expect(check(inZones([null, null], { targets }))).toEqual(allow);
    expect(check(inZones(['a', 'b'], { targets: [target(1)] }))).toMatchObject({ kind: 'deny' });
  });

  it('has nothing to say of a task that is gone', () => {
    expect(check(inZones(['b', 'b'], { tasks: [] }))).toEqual(allow);
  });

  it('refuses every removal while traffic is shifted away from a zone, even where requests cross zones', () => {
    const targets = [bare(1), bare(2), { ...bare(3), shift: 'active' as const }];
    const world = inZones(['a', 'a', 'c'], { targets, routing: routing() });
    for (const kind of ['deregister-target', 'replace-task'] as const)
      says(check(world, kind), 'deny', 'zone.shift', 'Traffic is being shifted away from c.');
  });

  it('names no zone of a shift that it does not know', () => {
    const world = inZones(['a', 'a'], { targets: [bare(1), { ...bare(9), shift: 'active' }] });
    says(check(world), 'deny', 'zone.shift', 'shifted away from a zone.');
  });

  it('refuses them when AWS cannot tell of a shift', () => {
    const world = inZones(['a', 'a'], { targets: [bare(1), { ...bare(2), shift: 'unknown' }] });
    says(check(world), 'deny', 'zone.shift', 'AWS cannot tell');
  });

  it('leaves acts on the whole service and ways back alone', () => {
    const world = inZones(['a', 'b'], { targets: [{ ...bare(1), shift: 'active' }] });
    for (const kind of ['restart-service', 'roll-back-deployment', 'register-target'] as const)
      expect(zoneFloor.check(everyProposal[kind], guardFacts({ standing: world }))).toEqual(allow);
  });

  it('never leaves a zone without a healthy target, whatever the world looks like', () => {
    const zone = fc.constantFrom('a', 'b', 'c', null);
    const property = fc.property(
      anyStanding,
      fc.array(zone, { minLength: 12, maxLength: 12 }),
      fc.constantFrom(routing({ crossZone: false }), null),
      (world, zones, spread) => {
        const tasks = world.tasks.map((each, i) => ({ ...each, zone: zones[i] ?? null }));
        const targets = world.targets.map((each) => ({ ...each, zone: null }));
        const own = targets.filter(({ target: { id }, state }) => id === '10.0.0.1' && state === 'healthy');
        if (!tasks.some((t) => t.task.task === taskArn(1)) || own.length === 0) return;
        if (check({ ...world, tasks, targets, routing: spread }).kind !== 'allow') return;
        for (const { target: ref } of own) {
          const left = targets.filter(
            (t) =>
              t.target.targetGroup === ref.targetGroup &&
              t.target.id !== ref.id &&
              t.state === 'healthy' &&
              tasks.find((x) => x.addresses[0]?.id === t.target.id)?.zone === zones[0],
          );
          expect(left.length).toBeGreaterThan(0);
        }
      },
    );
    fc.assert(property, { numRuns: 300 });
  });
});
