import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NotDone } from '../../lambdas/contract/not-done.ts';
import type { TargetRef } from '../../lambdas/contract/targets.ts';
import { belongsTo, targetsOf } from '../../lambdas/contract/targets.ts';
import {
  type FleetWorld,
  factsOf,
  healthOf,
  type OpenFleetWorld,
  someTask,
  stateOf,
  tasksInWorld,
} from './fleet-world.ts';

/** What must hold for targets, whatever is beneath the ports. */
export function describeTargets(name: string, open: OpenFleetWorld): void {
  describe(`targets over ${name}`, () => {
    let world: FleetWorld;
    const fresh = async () => {
      world = await open();
    };

    /** The targets of one task, one in each target group. */
    const targetsOfOne = async (): Promise<readonly [TargetRef, TargetRef]> => {
      const [task, health] = [await someTask(world), await healthOf(world)];
      const [first, second, ...rest] = targetsOf(task, health).map(({ target }) => target);
      if (first === undefined || second === undefined) throw new Error('The task is not in both target groups.');
      expect(rest).toEqual([]);
      return [first, second];
    };
    const stateOfOne = async ({ targetGroup, id, port }: TargetRef) =>
      (await healthOf(world)).find(
        ({ target }) => target.targetGroup === targetGroup && target.id === id && target.port === port,
      )?.state;

    describe('where nothing changes', () => {
      beforeAll(fresh);

      it('are every task in every target group, healthy', async () => {
        const health = await healthOf(world);
        expect(health.map(({ state }) => state)).toEqual(Array(2 * tasksInWorld).fill('healthy'));
        expect(health.map(({ anomaly }) => anomaly)).toEqual(Array(2 * tasksInWorld).fill('normal'));
        const { tasks } = await factsOf(world);
        for (const targetGroup of world.settings.resources.targetGroups) {
          const inGroup = health.filter(({ target }) => target.targetGroup === targetGroup);
          const owners = inGroup.map(({ target }) => tasks.find(({ addresses }) => belongsTo(target, addresses))?.task);
          expect(owners).toHaveLength(tasksInWorld);
          expect(new Set(owners)).toEqual(new Set(tasks.map(({ task }) => task)));
        }
      });

      it('are read of the target groups that are asked for', async () => {
        const [targetGroup = ''] = world.settings.resources.targetGroups;
        const resources = { ...world.settings.resources, targetGroups: [targetGroup] };
        const health = await world.targets.health({ ...world.settings, resources });
        expect(health.map(({ target }) => target.targetGroup)).toEqual(Array(tasksInWorld).fill(targetGroup));
      });

      it('cannot be read of a target group that is not there', async () => {
        const [known = ''] = world.settings.resources.targetGroups;
        const resources = { ...world.settings.resources, targetGroups: [elsewhere(known)] };
        await expect(world.targets.health({ ...world.settings, resources })).rejects.toThrow(/target group/i);
      });

      it('stay as they are when they are deregistered under another port, without an error', async () => {
        const [first] = await targetsOfOne();
        await world.changes.deregisterTargets([{ ...first, port: first.port + 1 }]);
        expect(await stateOfOne(first)).toBe('healthy');
        expect(await healthOf(world)).toHaveLength(2 * tasksInWorld);
      });

      it('that are not registered are deregistered without an error and without effect', async () => {
        const [first] = await targetsOfOne();
        const before = await stateOf(world);
        await world.changes.deregisterTargets([{ ...first, id: '10.255.255.254' }]);
        expect(await stateOf(world)).toEqual(before);
      });

      it.each(['deregisterTargets', 'registerTargets'] as const)('are not changed by %s of none', async (change) => {
        const before = await stateOf(world);
        await expect(world.changes[change]([])).rejects.toThrow('an empty selection never means all of them');
        expect(await stateOf(world)).toEqual(before);
      });

      it.each(['deregisterTargets', 'registerTargets'] as const)(
        'of an unknown target group are certainly not changed by %s',
        async (change) => {
          const [first] = await targetsOfOne();
          const before = await stateOf(world);
          const unknown = { ...first, targetGroup: elsewhere(first.targetGroup) };
          await expect(world.changes[change]([unknown])).rejects.toBeInstanceOf(NotDone);
          expect(await stateOf(world)).toEqual(before);
        },
      );
    });

    describe('where something changes', () => {
      beforeEach(fresh);

      it('show as unhealthy when they fail their health check', async () => {
        const task = await someTask(world);
        await world.sicken(task);
        const states = (await healthOf(world)).map(({ target, state }) => ({
          own: belongsTo(target, task.addresses),
          state,
        }));
        expect(states.filter(({ own }) => own).map(({ state }) => state)).toEqual(['unhealthy', 'unhealthy']);
        expect(new Set(states.filter(({ own }) => !own).map(({ state }) => state))).toEqual(new Set(['healthy']));
      });

      it('are compared by nobody when fewer than three are healthy', async () => {
        const { tasks } = await factsOf(world);
        for (const task of tasks.slice(2)) await world.sicken(task);
        expect((await healthOf(world)).map(({ anomaly }) => anomaly)).toEqual(Array(2 * tasksInWorld).fill(null));
      });

      it('drain in the one target group they are deregistered from, and nowhere else', async () => {
        const [first, second] = await targetsOfOne();
        await world.changes.deregisterTargets([first]);
        expect(await stateOfOne(first)).toBe('draining');
        expect(await stateOfOne(second)).toBe('healthy');
        expect((await healthOf(world)).filter(({ state }) => state === 'healthy')).toHaveLength(2 * tasksInWorld - 1);
      });

      it('drain in several target groups at once', async () => {
        const both = await targetsOfOne();
        await world.changes.deregisterTargets(both);
        for (const target of both) expect(await stateOfOne(target)).toBe('draining');
      });

      it('are gone when they have drained; their task runs on', async () => {
        const before = await someTask(world);
        const both = await targetsOfOne();
        await world.changes.deregisterTargets(both);
        await world.endDraining();
        for (const target of both) expect(await stateOfOne(target)).toBeUndefined();
        expect(await healthOf(world)).toHaveLength(2 * tasksInWorld - 2);
        expect((await factsOf(world)).tasks.map(({ task }) => task)).toContainEqual(before.task);
      });

      it('may be deregistered again while they drain', async () => {
        const [first] = await targetsOfOne();
        await world.changes.deregisterTargets([first]);
        await world.changes.deregisterTargets([first]);
        expect(await stateOfOne(first)).toBe('draining');
      });

      it('come back when they are registered again, draining or drained', async () => {
        const [first, second] = await targetsOfOne();
        await world.changes.deregisterTargets([first, second]);
        await world.changes.registerTargets([first]);
        expect(await stateOfOne(first)).not.toBe('draining');
        expect(await stateOfOne(second)).toBe('draining');
        await world.endDraining();
        expect(await stateOfOne(second)).toBeUndefined();
        await world.changes.registerTargets([second]);
        await world.settle();
        for (const target of [first, second]) expect(await stateOfOne(target)).toBe('healthy');
      });

      it('are there once, however often they are registered', async () => {
        const [first] = await targetsOfOne();
        await world.changes.registerTargets([first]);
        await world.changes.registerTargets([first]);
        expect(await healthOf(world)).toHaveLength(2 * tasksInWorld);
        expect(await stateOfOne(first)).toBe('healthy');
      });

      it('leave open what was done when a later target group is unknown', async () => {
        const [first, second] = await targetsOfOne();
        const unknown = { ...second, targetGroup: elsewhere(second.targetGroup) };
        const error = await world.changes.deregisterTargets([first, unknown]).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(Error);
        expect(error).not.toBeInstanceOf(NotDone);
        expect(await stateOfOne(first)).toBe('draining');
      });
    });
  });
}

/** The ARN of a target group that nobody made. */
const elsewhere = (targetGroup: string): string =>
  `${targetGroup.slice(0, targetGroup.indexOf('targetgroup/'))}targetgroup/nobody/0123456789abcdef`;
