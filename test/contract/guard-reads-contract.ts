import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { belongsTo } from '../../lambdas/contract/targets.ts';
import type { TaskFact } from '../../lambdas/model/facts.ts';
import type { LookPorts } from '../../lambdas/ports/ports.ts';
import { type FleetWorld, factsOf, healthOf, someTask, tasksInWorld } from './fleet-world.ts';

/** The account of the fleet, and what others do to its service. */
export type GuardWorld = FleetWorld &
  Pick<LookPorts, 'routing' | 'protection' | 'stacks' | 'scaling'> & {
    /** Target groups stop spreading requests over the zones. */
    stopCrossing(): Promise<void>;
    protect(task: TaskFact): Promise<void>;
    /** A zonal shift keeps traffic away from that zone, such as `eu-central-1a`. */
    shiftAway(zone: string): Promise<void>;
    /** CloudFormation begins to change the stack of the service. */
    changeStack(): Promise<void>;
    /** Application Auto Scaling sets another count. It is done when the world has settled. */
    autoScale(desired: number): Promise<void>;
    /** The team deploys a release that must not be rolled back. */
    deployMarked(why: string): Promise<void>;
  };

/** What must hold for what guardrails read of a service, whatever is beneath the ports. */
export function describeGuardReads(name: string, open: () => Promise<GuardWorld>): void {
  describe(`what guardrails read over ${name}`, () => {
    let world: GuardWorld;
    const fresh = async () => {
      world = await open();
    };
    const protection = async () => {
      const { tasks } = await factsOf(world);
      return world.protection.of(
        world.settings,
        tasks.map(({ task }) => task),
      );
    };

    describe('of a service that is left alone', () => {
      beforeAll(fresh);

      it('is that its stack is not being changed, nothing scales it, and no zone is shifted', async () => {
        expect(await world.stacks.status(world.settings)).toMatch(/_COMPLETE$/);
        expect(await world.scaling.activities(world.settings)).toEqual([]);
        expect(new Set((await healthOf(world)).map(({ shift }) => shift))).toEqual(new Set(['none']));
      });

      it('is that its target groups send requests as they do unless told otherwise', async () => {
        const expected = world.settings.resources.targetGroups.map((targetGroup) => ({
          targetGroup,
          crossZone: true,
          deregistrationDelay: { seconds: 300 },
          slowStart: { seconds: 0 },
          sticky: false,
          algorithm: 'round-robin',
          anomalyMitigation: false,
          failsOpenBelow: { count: 1, share: 0 },
        }));
        expect(await world.routing.groups(world.settings)).toEqual(expected);
      });

      it('is that none of its tasks is protected', async () => {
        expect(Object.values(await protection())).toEqual(Array(tasksInWorld).fill(false));
      });

      it('is that its releases may be rolled back', async () => {
        expect((await factsOf(world)).deployments.map(({ noRollback }) => noRollback)).toEqual([false, false]);
      });

      it('leaves out a task that is not there', async () => {
        const { task } = await someTask(world);
        const gone = { ...task, task: task.task.replace(/[^/]+$/, '0'.repeat(32)) };
        expect(await world.protection.of(world.settings, [task, gone])).toEqual({ [task.task]: false });
      });

      it('is no stack where none is named', async () => {
        const resources = { ...world.settings.resources, stack: null };
        expect(await world.stacks.status({ ...world.settings, resources })).toBeNull();
      });

      it('cannot be told of a target group that is not there', async () => {
        const [known = ''] = world.settings.resources.targetGroups;
        const targetGroups = [known.replace(/targetgroup\/.*/, 'targetgroup/nobody/0123456789abcdef')];
        const resources = { ...world.settings.resources, targetGroups };
        await expect(world.routing.groups({ ...world.settings, resources })).rejects.toThrow(/target group/i);
      });
    });

    describe('of one that others are at', () => {
      beforeEach(fresh);

      it('is that requests do not cross zones any more', async () => {
        await world.stopCrossing();
        expect((await world.routing.groups(world.settings)).map(({ crossZone }) => crossZone)).toEqual([false, false]);
      });

      it('is which task is protected', async () => {
        const one = await someTask(world);
        await world.protect(one);
        const told = Object.entries(await protection());
        expect(told).toHaveLength(tasksInWorld);
        expect(told.filter(([, isProtected]) => isProtected).map(([arn]) => arn)).toEqual([one.task.task]);
      });

      it('is which targets traffic is kept away from, as healthy as they are', async () => {
        const { tasks } = await factsOf(world);
        const zone = tasks[0]?.zone ?? '';
        await world.shiftAway(zone);
        for (const { target, shift, state } of await healthOf(world)) {
          const owner = tasks.find(({ addresses }) => belongsTo(target, addresses));
          expect({ shift, state }).toEqual({ shift: owner?.zone === zone ? 'active' : 'none', state: 'healthy' });
        }
      });

      it('is that its stack is being changed', async () => {
        await world.changeStack();
        expect(await world.stacks.status(world.settings)).toBe('UPDATE_IN_PROGRESS');
      });

      it('is that it is being scaled, until it has been', async () => {
        await world.autoScale(tasksInWorld + 2);
        expect(await world.scaling.activities(world.settings)).toMatchObject([
          { status: 'under-way', desired: tasksInWorld + 2 },
        ]);
        await world.settle();
        expect(await world.scaling.activities(world.settings)).toMatchObject([
          { status: 'ended', desired: tasksInWorld + 2 },
        ]);
      });

      it('is why a release must not be rolled back, while it comes in', async () => {
        await world.deployMarked('orders are stored in a new format');
        const [newest, ...older] = (await factsOf(world)).deployments;
        expect(newest).toMatchObject({ status: 'in-progress', noRollback: 'orders are stored in a new format' });
        expect(older.map(({ noRollback }) => noRollback)).toEqual([false, false]);
      });
    });
  });
}
