import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NotDone } from '../../lambdas/contract/not-done.ts';
import { runs, sameRelease } from '../../lambdas/contract/releases.ts';
import type { DeploymentFact } from '../../lambdas/model/facts.ts';
import type { CopySpec } from '../../lambdas/ports/changes.ts';
import { type FleetWorld, factsOf, type OpenFleetWorld, someTask, stateOf, tasksInWorld } from './fleet-world.ts';

/** What must hold for changes of a service, whatever is beneath the port. Each is read back through the ports of sight. */
export function describeChanges(name: string, open: OpenFleetWorld): void {
  describe(`changes of a service over ${name}`, () => {
    let world: FleetWorld;
    const fresh = async () => {
      world = await open();
    };
    const ref = () => {
      const { cluster, service } = world.settings.resources;
      return { cluster, service };
    };
    const settled = async () => {
      await world.settle();
      await world.endDraining();
      return factsOf(world);
    };
    const newestTwo = async () => {
      const [newest, before] = (await factsOf(world)).deployments;
      if (newest === undefined || before === undefined) throw new Error('There were no two deployments.');
      return [newest, before] as const;
    };

    describe('stopTask', () => {
      beforeEach(fresh);

      it('stops that task and no other, and the target groups get its successor', async () => {
        const before = (await factsOf(world)).tasks.map(({ task }) => task.task);
        const { task } = await someTask(world);
        await world.changes.stopTask(task, 'It fails.');
        const { tasks, stopped } = await settled();
        const after = tasks.map((one) => one.task.task);
        expect(before.filter((one) => !after.includes(one))).toEqual([task.task]);
        expect(after).toHaveLength(tasksInWorld);
        expect(stopped.map((one) => one.task)).toEqual([task]);
        const addresses = new Set(tasks.flatMap((one) => one.addresses.map(({ id }) => id)));
        const registered = (await world.targets.health(world.settings)).map(({ target }) => target.id);
        expect(new Set(registered)).toEqual(addresses);
        expect(registered).toHaveLength(2 * tasksInWorld);
      });
    });

    describe('forceNewDeployment', () => {
      beforeEach(fresh);

      it('deploys the same task definition again, and every task is a new one', async () => {
        const before = await factsOf(world);
        await world.changes.forceNewDeployment(ref());
        const [begun, ...older] = (await factsOf(world)).deployments;
        expect(begun?.status).toMatch(/^(pending|in-progress)$/);
        expect(begun?.taskDefinition).toBe(before.deployments[0]?.taskDefinition);
        expect(older.map(({ id }) => id)).toEqual(before.deployments.map(({ id }) => id));
        const after = await settled();
        expect(after.deployments[0]).toMatchObject({ id: begun?.id, status: 'successful' });
        const old = new Set(before.tasks.map(({ task }) => task.task));
        expect(after.tasks).toHaveLength(tasksInWorld);
        expect(after.tasks.filter(({ task }) => old.has(task.task))).toEqual([]);
      });

      it('brings in what the image tag means now', async () => {
        const before = await factsOf(world);
        await world.moveTag();
        await world.changes.forceNewDeployment(ref());
        const { tasks, deployments } = await settled();
        expect(deployments[0]?.images[0]?.image).toBe(before.deployments[0]?.images[0]?.image);
        expect(digestsOf(deployments[0])).not.toEqual(digestsOf(before.deployments[0]));
        expect(tasks.map(({ containers }) => containers.map(({ digest }) => digest))).toEqual(
          Array(tasksInWorld).fill(digestsOf(deployments[0])),
        );
        expect(digestsOf(deployments[1])).toEqual(digestsOf(before.deployments[0]));
      });
    });

    describe('updateService', () => {
      beforeEach(fresh);

      it('brings an earlier task definition back', async () => {
        const [, earlier] = await newestTwo();
        await world.changes.updateService(ref(), earlier.taskDefinition);
        const { tasks, deployments } = await settled();
        expect(deployments).toHaveLength(3);
        expect(deployments[0]).toMatchObject({
          status: 'successful',
          taskDefinition: earlier.taskDefinition,
          images: earlier.images,
          rolledBackTo: null,
        });
        expect(tasks.map(({ taskDefinition }) => taskDefinition)).toEqual(
          Array(tasksInWorld).fill(earlier.taskDefinition),
        );
      });

      it('does nothing for the task definition that runs', async () => {
        const [newest] = await newestTwo();
        const before = await stateOf(world);
        await world.changes.updateService(ref(), newest.taskDefinition);
        await world.settle();
        expect(await stateOf(world)).toEqual(before);
      });

      it('supersedes a deployment that is under way', async () => {
        const [good] = await newestTwo();
        await world.deploy();
        const [bad] = await newestTwo();
        await world.changes.updateService(ref(), good.taskDefinition);
        const { tasks, deployments } = await settled();
        expect(deployments.map(({ id, status }) => ({ id, status })).slice(1, 3)).toEqual([
          { id: bad.id, status: 'stopped' },
          { id: good.id, status: 'successful' },
        ]);
        expect(deployments[0]).toMatchObject({ status: 'successful', taskDefinition: good.taskDefinition });
        expect(new Set(tasks.map(({ taskDefinition }) => taskDefinition))).toEqual(new Set([good.taskDefinition]));
      });
    });

    describe('registerTaskDefinition', () => {
      beforeEach(fresh);
      const copyOf = (
        { taskDefinition, images }: DeploymentFact,
        incidentId = '20260105-115500-aaaaaaaa',
      ): CopySpec => ({
        of: taskDefinition,
        original: taskDefinition,
        pins: Object.fromEntries(images.map(({ container, digest }) => [container, digest ?? ''])),
        for: { incidentId, orderId: '7' },
      });

      it('makes what is not active any more deployable: the same release, by the digests that were recorded', async () => {
        const [running, earlier] = await newestTwo();
        await world.deregister(earlier.taskDefinition);
        const copy = await world.changes.registerTaskDefinition(copyOf(earlier));
        expect([running.taskDefinition, earlier.taskDefinition]).not.toContain(copy);
        expect(digestsOf((await factsOf(world)).deployments[0])).toEqual(digestsOf(running));
        await world.changes.updateService(ref(), copy);
        const { tasks, deployments } = await settled();
        const [newest] = deployments;
        expect(newest).toMatchObject({
          status: 'successful',
          taskDefinition: copy,
          copyOf: earlier.taskDefinition,
          definition: 'active',
        });
        expect(digestsOf(newest)).toEqual(digestsOf(earlier));
        const original = deployments.find(({ id }) => id === earlier.id);
        if (newest === undefined || original === undefined) throw new Error('A deployment is missing.');
        expect(original.definition).toBe('inactive');
        expect(sameRelease(newest, original)).toBe(true);
        expect(newest.content).toBe(original.content);
        expect(sameRelease(newest, running)).toBe(false);
        for (const task of tasks) {
          expect(runs(task, original, deployments)).toBe(true);
          expect(runs(task, running, deployments)).toBe(false);
        }
      });

      it('brings what ran, whatever its tag stands for by now', async () => {
        const [running] = await newestTwo();
        await world.moveTag();
        const copy = await world.changes.registerTaskDefinition(copyOf(running));
        await world.changes.updateService(ref(), copy);
        const [newest] = (await settled()).deployments;
        expect(digestsOf(newest)).toEqual(digestsOf(running));
        expect(newest?.images.map(({ image }) => image)).toEqual(
          running.images.map(({ image, digest }) => `${image.slice(0, image.lastIndexOf(':'))}@${digest}`),
        );
      });

      it('changes nothing that runs, and is made once for an incident, whichever order asks', async () => {
        const [, earlier] = await newestTwo();
        const before = await stateOf(world);
        const spec = copyOf(earlier);
        const first = await world.changes.registerTaskDefinition(spec);
        const again = { ...spec, for: { ...spec.for, orderId: '9' } };
        expect(await world.changes.registerTaskDefinition(again)).toBe(first);
        expect(await world.changes.registerTaskDefinition(copyOf(earlier, '20260106-000000-bbbbbbbb'))).not.toBe(first);
        await world.settle();
        expect(await stateOf(world)).toEqual(before);
      });
    });

    describe('stopServiceDeployment', () => {
      beforeEach(fresh);

      it('rolls a deployment that is under way back to the last one that succeeded', async () => {
        const [good] = await newestTwo();
        await world.deploy();
        const [bad] = await newestTwo();
        await world.changes.stopServiceDeployment(bad.id);
        const [stopping] = await newestTwo();
        expect(stopping).toMatchObject({ id: bad.id, status: 'rolling-back', finishedAt: null });
        const { tasks, deployments, desired } = await settled();
        expect(deployments).toHaveLength(3);
        expect(deployments[0]).toMatchObject({
          id: bad.id,
          status: 'rolled-back',
          rolledBackTo: good.taskDefinition,
          taskDefinition: bad.taskDefinition,
        });
        expect(tasks.map(({ taskDefinition }) => taskDefinition)).toEqual(Array(desired).fill(good.taskDefinition));
      });

      it('asked twice goes on rolling back', async () => {
        await world.deploy();
        const [bad] = await newestTwo();
        await world.changes.stopServiceDeployment(bad.id);
        await world.changes.stopServiceDeployment(bad.id);
        expect((await settled()).deployments[0]).toMatchObject({ id: bad.id, status: 'rolled-back' });
      });

      it('is rejected for a deployment that is done', async () => {
        const [newest] = await newestTwo();
        const before = await stateOf(world);
        await expect(world.changes.stopServiceDeployment(newest.id)).rejects.toThrow(/^ConflictException: /);
        await world.settle();
        expect(await stateOf(world)).toEqual(before);
      });
    });

    describe('a subject that is unknown or out of use', () => {
      beforeAll(fresh);
      type Ask = () => Promise<unknown>;
      const asks: Readonly<Record<string, () => Promise<Ask>>> = {
        'task of stopTask': async () => {
          const { task } = await someTask(world);
          return () => world.changes.stopTask({ ...task, task: another(task.task) }, 'why');
        },
        'cluster of stopTask': async () => {
          const { task } = await someTask(world);
          return () => world.changes.stopTask({ ...task, cluster: another(task.cluster) }, 'why');
        },
        'service of forceNewDeployment': async () => () =>
          world.changes.forceNewDeployment({ ...ref(), service: another(ref().service) }),
        'cluster of forceNewDeployment': async () => () =>
          world.changes.forceNewDeployment({ ...ref(), cluster: another(ref().cluster) }),
        'service of updateService': async () => {
          const [, { taskDefinition }] = await newestTwo();
          return () => world.changes.updateService({ ...ref(), service: another(ref().service) }, taskDefinition);
        },
        'task definition of updateService': async () => {
          const [{ taskDefinition }] = await newestTwo();
          return () => world.changes.updateService(ref(), `${taskDefinition}99`);
        },
        'deregistered task definition of updateService': async () => {
          const [, { taskDefinition }] = await newestTwo();
          await world.deregister(taskDefinition);
          return () => world.changes.updateService(ref(), taskDefinition);
        },
        'original of registerTaskDefinition': async () => {
          const [{ taskDefinition }] = await newestTwo();
          const of = `${taskDefinition}99`;
          const order = { incidentId: '20260105-115500-aaaaaaaa', orderId: '7' };
          return () => world.changes.registerTaskDefinition({ of, original: of, pins: {}, for: order });
        },
        'deployment of stopServiceDeployment': async () => {
          const [{ id }] = await newestTwo();
          return () => world.changes.stopServiceDeployment(another(id));
        },
      };

      it.each(Object.keys(asks))('is certainly not changed: the %s', async (subject) => {
        const ask = await asks[subject]?.();
        const before = await stateOf(world);
        await expect(ask?.()).rejects.toBeInstanceOf(NotDone);
        await world.settle();
        expect(await stateOf(world)).toEqual(before);
      });
    });
  });
}

const digestsOf = (deployment: DeploymentFact | undefined) => deployment?.images.map(({ digest }) => digest);

/** A name of the same form that nobody has. */
const another = (name: string): string => `${name.slice(0, -4)}0bad`;
