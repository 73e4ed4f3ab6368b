import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Service } from '../../../lib/simulator/world/service.ts';
import { inService, Play, specOf, start } from './play.ts';

const revisions = ({ fleet }: Service): string[] => fleet.live.map((task) => task.deployment.release.revision);
const statuses = ({ rollouts }: Service): string[] =>
  rollouts.all.map((one) => `${one.release.revision} ${one.status}`);

const firstTask = ({ fleet }: Service) => {
  const [task] = fleet.tasks;
  if (task === undefined) throw new Error('There is no task.');
  return task;
};

describe('a service at the start', () => {
  it('runs its newest past revision, with tasks as old as that deployment, spread over the zones', () => {
    const { service } = new Play();
    const deployed = start - 3 * 86_400_000;
    expect(service.fleet.tasks).toHaveLength(6);
    for (const task of service.fleet.tasks) {
      expect(task.startedAt).toBeGreaterThan(deployed);
      expect(task.startedAt).toBeLessThan(deployed + 60_001);
    }
    expect(service.fleet.tasks.map((task) => task.zone).sort()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
    expect(statuses(service)).toEqual(['42 successful', '41 successful']);
  });

  it('has run something even when no revision is deployed before the start', async () => {
    const play = new Play({
      specs: [specOf('checkout', { revisions: [{ id: '7', deployed: 60_000, pinned: false }] })],
    });
    await play.until(120);
    expect(revisions(play.service)).toEqual(Array(6).fill('7'));
  });

  it('gives every task an address and an id of its own', () => {
    const { service } = new Play();
    expect(new Set(service.fleet.tasks.map((task) => task.address)).size).toBe(6);
    for (const task of service.fleet.tasks) expect(task.id).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('the scheduler', () => {
  it('replaces a task that exits: it is healthy one start-up later', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'crash-task' }] });
    await play.until(63);
    expect(inService(play.service)).toHaveLength(5);
    await play.until(60 + 5 + 48);
    expect(inService(play.service)).toHaveLength(6);
    expect(play.service.fleet.stopped.map((task) => task.stopped?.code)).toEqual(['EssentialContainerExited']);
  });

  it('starts the replacement of an unhealthy task before it stops it', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'unhealthy-task' }] });
    const healthy: number[] = [];
    await play.watch(200, () => healthy.push(play.service.fleet.live.filter((task) => task.healthy).length));
    expect(Math.min(...healthy)).toBe(5);
    expect(play.service.fleet.live).toHaveLength(6);
    expect(inService(play.service)).toHaveLength(6);
  });

  it('stops an unhealthy task first where maximumPercent leaves no room', async () => {
    const spec = specOf('checkout', { maximumPercent: 100 });
    const play = new Play({ specs: [spec], faults: [{ at: 60, kind: 'unhealthy-task', tasks: 2 }] });
    const live: number[] = [];
    await play.watch(300, () => live.push(play.service.fleet.live.length));
    expect(Math.max(...live)).toBe(6);
    expect(Math.min(...live)).toBe(5);
    expect(inService(play.service)).toHaveLength(6);
  });

  it('waits longer and longer before it starts tasks again that never become healthy', async () => {
    const spec = specOf('checkout', { tasks: 2 });
    const play = new Play({
      specs: [spec],
      faults: [
        { at: 60, kind: 'crash-loop' },
        { at: 61, kind: 'crash-task', tasks: 'all' },
      ],
    });
    await play.until(1800);
    const born = [...new Set(play.service.fleet.stopped.map((task) => task.createdAt))].slice(2);
    const gaps = born.slice(1).map((at, index) => at - (born[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(3);
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
    expect(born.length).toBeLessThan(12);
  });

  it('leaves new tasks pending while there is no room, and starts them when there is', async () => {
    const play = new Play({
      faults: [
        { at: 50, until: 200, kind: 'capacity-unavailable' },
        { at: 60, kind: 'crash-task', tasks: 2 },
      ],
    });
    await play.until(199);
    expect(play.service.fleet.live.filter((task) => task.status === 'starting')).toHaveLength(2);
    await play.until(260);
    expect(inService(play.service)).toHaveLength(6);
  });
});

describe('StopTask', () => {
  it('leaves instants in whole milliseconds', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'crash-task', tasks: 'all' }] });
    await play.until(200);
    const instants = [...play.service.fleet.tasks, ...play.service.fleet.stopped].flatMap((task) => [
      task.createdAt,
      task.startedAt,
      task.stoppedAt ?? 0,
    ]);
    expect(instants.filter((instant) => !Number.isInteger(instant))).toEqual([]);
  });

  it('drops a few requests of a task that was in service: ECS deregisters it only afterwards', async () => {
    const play = new Play();
    await play.until(60.5);
    const before = play.service.truth.totals.failed;
    play.service.fleet.stop(firstTask(play.service), 'because');
    await play.until(75);
    const failed = play.service.truth.totals.failed - before;
    expect(failed).toBeGreaterThan(25);
    expect(failed).toBeLessThan(100);
    expect(play.service.fleet.stopped[0]?.stopped).toEqual({ code: 'UserInitiated', reason: 'because' });
  });

  it('drops none of a task that was taken out of the load balancer before', async () => {
    const play = new Play({ specs: [specOf('checkout', { errorRate: 0 })] });
    await play.until(60);
    const task = firstTask(play.service);
    play.service.fleet.groups[0]?.deregister(task.address, 8080);
    await play.until(120);
    play.service.fleet.stop(task, 'because');
    await play.until(200);
    expect(play.service.truth.totals.failed).toBe(0);
    expect(inService(play.service)).toHaveLength(6);
  });

  it('takes half a minute on a task that hangs', async () => {
    const play = new Play({ faults: [{ at: 10, kind: 'hung-task', tasks: 'all' }] });
    await play.until(20);
    const task = firstTask(play.service);
    play.service.fleet.stop(task, 'because');
    await play.until(49);
    expect(task.status).toBe('stopping');
    await play.until(51);
    expect(task.status).toBe('stopped');
  });

  it('shows a stopped task for an hour', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'crash-task' }] });
    await play.until(3600);
    expect(play.service.fleet.stopped).toHaveLength(1);
    await play.until(3700);
    expect(play.service.fleet.stopped).toHaveLength(0);
  });
});

describe('a rolling deployment', () => {
  it('never goes below minimumHealthyPercent nor above maximumPercent', async () => {
    const percents = fc.record({
      tasks: fc.integer({ min: 1, max: 9 }),
      minimumHealthyPercent: fc.constantFrom(0, 50, 66, 100),
      maximumPercent: fc.constantFrom(100, 125, 150, 200),
    });
    await fc.assert(
      fc.asyncProperty(percents, fc.nat(1000), async (shape, seed) => {
        const spec = specOf('checkout', { ...shape, traffic: [{ at: 0, rate: 5 }] });
        const play = new Play({ specs: [spec], seed, faults: [{ at: 30, kind: 'deployment', revision: '43' }] });
        const fewest = Math.ceil((shape.tasks * shape.minimumHealthyPercent) / 100);
        const most = Math.max(shape.tasks, Math.floor((shape.tasks * shape.maximumPercent) / 100));
        await play.watch(400, () => {
          const { live } = play.service.fleet;
          expect(live.length).toBeLessThanOrEqual(most);
          expect(live.filter((task) => task.healthy).length).toBeGreaterThanOrEqual(fewest);
        });
      }),
      { numRuns: 25 },
    );
  });

  it('ends with every task on the new revision, and fails no request', async () => {
    const spec = specOf('checkout', { errorRate: 0 });
    const play = new Play({ specs: [spec], faults: [{ at: 60, kind: 'deployment', revision: '43' }] });
    await play.until(400);
    expect(revisions(play.service)).toEqual(Array(6).fill('43'));
    expect(statuses(play.service)[0]).toBe('43 successful');
    expect(play.service.truth.totals.failed).toBe(0);
    await play.until(500);
    expect(play.service.fleet.tasks).toHaveLength(6);
  });

  it('is superseded by the next one', async () => {
    const play = new Play({
      faults: [
        { at: 60, kind: 'deployment', revision: '43' },
        { at: 80, kind: 'deployment', revision: '44' },
      ],
    });
    await play.until(300);
    expect(statuses(play.service)).toEqual(['44 successful', '43 stopped', '42 successful', '41 successful']);
    expect(revisions(play.service)).toEqual(Array(6).fill('44'));
  });

  it('goes back to the last successful one when it is rolled back while under way', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'deployment', revision: '43', pace: '3m' }] });
    await play.until(120);
    const [deployment] = play.service.rollouts.all;
    play.service.rollouts.rollBack(deployment?.id ?? '');
    expect(statuses(play.service)[0]).toBe('43 rolling-back');
    await play.until(200);
    expect(statuses(play.service)[0]).toBe('43 rolled-back');
    expect(deployment?.rolledBackTo?.revision).toBe('42');
    expect(revisions(play.service)).toEqual(Array(6).fill('42'));
  });

  it('cannot be rolled back once it has finished, nor when there is none of that name', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'deployment', revision: '43' }] });
    await play.until(300);
    const { rollouts } = play.service;
    expect(() => rollouts.rollBack(rollouts.all[0]?.id ?? '')).toThrow(/is successful and cannot be stopped/);
    expect(() => rollouts.rollBack('nothing')).toThrow(/no service deployment nothing/);
  });

  it('restarts every task on the same task definition when it is forced', async () => {
    const play = new Play();
    await play.until(60);
    const before = new Set(play.service.fleet.tasks);
    play.service.redeploy();
    await play.until(200);
    expect(inService(play.service).filter((task) => before.has(task))).toEqual([]);
    expect(revisions(play.service)).toEqual(Array(6).fill('42'));
    expect(play.service.rollouts.all[0]?.release).toBe(play.service.rollouts.all[1]?.release);
  });

  it('uses a known revision’s task definition and image again', async () => {
    const play = new Play({
      faults: [
        { at: 60, kind: 'deployment', revision: '43' },
        { at: 600, kind: 'deployment', revision: '43' },
      ],
    });
    await play.until(900);
    const [second, first] = play.service.rollouts.all;
    expect(second?.id).not.toBe(first?.id);
    expect(second?.release).toBe(first?.release);
    expect(second?.digest).toBe(first?.digest);
    expect(first?.release.taskDefinition).toMatch(/:task-definition\/checkout:43$/);
  });
});

describe('an image tag', () => {
  it('that has moved brings in the other image with the next deployment, and not before', async () => {
    const play = new Play({ faults: [{ at: 30, kind: 'image-moved', revision: '42', to: '41' }] });
    const [old] = play.service.rollouts.all;
    await play.until(60);
    play.service.fleet.crash(firstTask(play.service));
    await play.until(120);
    expect(new Set(play.service.fleet.tasks.map((task) => task.digest))).toEqual(new Set([old?.digest]));
    play.service.redeploy();
    await play.until(300);
    const digest = play.service.releases.of({ id: '41', pinned: false }).digest;
    expect(new Set(inService(play.service).map((task) => task.digest))).toEqual(new Set([digest]));
    expect(digest).not.toBe(old?.digest);
  });
});
