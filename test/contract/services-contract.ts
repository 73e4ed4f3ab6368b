import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FleetWorld, factsOf, type OpenFleetWorld, someTask, tasksInWorld } from './fleet-world.ts';

/** How many of the newest deployments are always given. */
const alwaysGiven = 50;

/** What must hold for what ECS says of a service, whatever is beneath the port. */
export function describeServices(name: string, open: OpenFleetWorld): void {
  describe(`services over ${name}`, () => {
    let world: FleetWorld;
    const fresh = async () => {
      world = await open();
    };

    describe('that are left alone', () => {
      beforeAll(fresh);

      it('have their shape, counts and deployment limits', async () => {
        expect(await factsOf(world)).toMatchObject({
          shape: { controller: 'ECS', strategy: 'ROLLING', scheduling: 'REPLICA', reachedBy: ['alb'] },
          desired: tasksInWorld,
          running: tasksInWorld,
          pending: 0,
          minimumHealthyPercent: 100,
          maximumPercent: 200,
          stopped: [],
        });
      });

      it('name a target group that is not configured as another way in', async () => {
        const { resources } = world.settings;
        const settings = {
          ...world.settings,
          resources: { ...resources, targetGroups: resources.targetGroups.slice(1) },
        };
        expect(new Set((await world.services.describe(settings)).shape.reachedBy)).toEqual(
          new Set(['alb', 'other-target-group']),
        );
      });

      it('have tasks that run, each with its address, zone, image digest and times', async () => {
        const { tasks, deployments } = await factsOf(world);
        expect(tasks).toHaveLength(tasksInWorld);
        for (const task of tasks) {
          expect(task).toMatchObject({
            task: { cluster: world.settings.resources.cluster, task: expect.stringMatching(/^arn:aws:ecs:.+:task\//) },
            taskDefinition: deployments[0]?.taskDefinition,
            containers: deployments[0]?.images.map(({ container, digest }) => ({ container, digest })),
            status: 'running',
            zone: expect.stringMatching(/^eu-central-1[abc]$/),
            addresses: [{ id: expect.stringMatching(/^10(\.\d{1,3}){3}$/), port: null }],
          });
          expect(task.createdAt).toBeLessThanOrEqual(task.startedAt ?? 0);
        }
        expect(new Set(tasks.map(({ task }) => task.task)).size).toBe(tasksInWorld);
        expect(new Set(tasks.map(({ zone }) => zone)).size).toBe(3);
      });

      it('have their deployments, newest first, each with what it brought in', async () => {
        const { deployments } = await factsOf(world);
        expect(deployments).toHaveLength(2);
        const [newest, oldest] = deployments;
        for (const deployment of deployments) {
          expect(deployment).toMatchObject({
            id: expect.stringMatching(/^arn:aws:ecs:.+:service-deployment\/.+\/checkout\//),
            status: 'successful',
            definition: 'active',
            copyOf: null,
            content: expect.any(String),
            images: [{ container: expect.any(String), digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }],
            waits: false,
            rolledBackTo: null,
          });
          expect(deployment.finishedAt).toBeGreaterThan(deployment.startedAt);
        }
        expect(newest?.startedAt).toBeGreaterThan(oldest?.finishedAt ?? Number.POSITIVE_INFINITY);
        expect(newest?.taskDefinition).not.toBe(oldest?.taskDefinition);
        expect(newest?.images[0]?.digest).not.toEqual(oldest?.images[0]?.digest);
        expect(newest?.images[0]?.image).toMatch(/:42$/);
      });

      it.each(['service', 'cluster'] as const)('are not known in a %s that does not exist', async (field) => {
        const { resources } = world.settings;
        const settings = { ...world.settings, resources: { ...resources, [field]: `${resources[field]}-nowhere` } };
        await expect(world.services.describe(settings)).rejects.toThrow(/checkout-nowhere|not found|no service/i);
      });
    });

    describe('that change', () => {
      beforeEach(fresh);

      it('show a deployment that is under way, and tasks of both releases', async () => {
        const [before] = (await factsOf(world)).deployments;
        await world.deploy();
        const { deployments, tasks } = await factsOf(world);
        const [newest, ...older] = deployments;
        expect(newest).toMatchObject({ status: 'in-progress', finishedAt: null, rolledBackTo: null });
        expect(older).toHaveLength(2);
        const releases = new Set(tasks.map(({ taskDefinition }) => taskDefinition));
        expect(releases).toEqual(new Set([before?.taskDefinition, newest?.taskDefinition]));
      });

      it('run the new release alone when its deployment is done', async () => {
        await world.deploy();
        await world.settle();
        await world.endDraining();
        const { deployments, tasks, stopped, running } = await factsOf(world);
        const [newest] = deployments;
        expect(newest?.status).toBe('successful');
        expect(newest?.finishedAt).toBeGreaterThanOrEqual(newest?.startedAt ?? Number.POSITIVE_INFINITY);
        expect(running).toBe(tasksInWorld);
        expect(tasks.map(({ taskDefinition }) => taskDefinition)).toEqual(
          Array(tasksInWorld).fill(newest?.taskDefinition),
        );
        expect(stopped.map(({ code }) => code)).toEqual(Array(tasksInWorld).fill('ServiceSchedulerInitiated'));
      });

      it('say of a task definition that was deregistered that it is not active, and what it is marked with all the same', async () => {
        const [running, earlier] = (await factsOf(world)).deployments;
        await world.deregister(earlier?.taskDefinition ?? '');
        const { deployments, tasks } = await factsOf(world);
        expect(deployments).toEqual([running, { ...earlier, definition: 'inactive', noRollback: false }]);
        expect(tasks).toHaveLength(tasksInWorld);
      });

      it('go on running tasks of a task definition that was deregistered', async () => {
        const [running] = (await factsOf(world)).deployments;
        await world.deregister(running?.taskDefinition ?? '');
        await world.changes.stopTask((await someTask(world)).task, 'It fails.');
        await world.settle();
        const { deployments, tasks } = await factsOf(world);
        expect(deployments[0]).toEqual({ ...running, definition: 'inactive' });
        expect(tasks.filter(({ status }) => status === 'running')).toHaveLength(tasksInWorld);
      });

      it('keep a stopped task with its code and reason, and run another in its place', async () => {
        const { task } = await someTask(world);
        await world.changes.stopTask(task, 'It fails.');
        await world.settle();
        const { tasks, stopped, running } = await factsOf(world);
        expect(stopped).toMatchObject([{ task, code: 'UserInitiated', reason: 'It fails.' }]);
        expect(running).toBe(tasksInWorld);
        expect(tasks.filter(({ status }) => status === 'running')).toHaveLength(tasksInWorld);
        expect(tasks.map((one) => one.task)).not.toContainEqual(task);
      });

      it(`give the newest ${alwaysGiven} deployments in their order, however many pages there are`, async () => {
        await world.deployAgain(105);
        const { deployments } = await factsOf(world);
        const newest = deployments.slice(0, alwaysGiven);
        expect(newest).toHaveLength(alwaysGiven);
        expect(new Set(newest.map(({ id }) => id)).size).toBe(alwaysGiven);
        expect(newest.every(({ status, images }) => status === 'successful' && images.length === 1)).toBe(true);
        const starts = newest.map(({ startedAt }) => startedAt);
        expect(starts).toEqual([...starts].sort((a, b) => b - a));
        // The last one that was made comes first.
        await world.changes.forceNewDeployment(refOf(world));
        await world.settle();
        expect((await factsOf(world)).deployments[1]?.id).toBe(newest[0]?.id);
      });
    });
  });
}

const refOf = ({ settings }: FleetWorld) => {
  const { cluster, service } = settings.resources;
  return { cluster, service };
};
