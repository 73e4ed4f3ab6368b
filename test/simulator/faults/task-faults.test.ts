import { describe, expect, it } from 'vitest';
import type { Task } from '../../../lib/simulator/world/task.ts';
import { inService, Play, specOf, start } from '../world/play.ts';

/** Share of a task's answered requests that failed, and that were slow, in the seconds [from, until). */
function manners(task: Task, from: number, until: number): { errors: number; slow: number; requests: number } {
  const { requests, errors, slow } = task.lines.count(from, until);
  return { requests, errors: errors / Math.max(1, requests), slow: slow / Math.max(1, requests) };
}

describe('a fault of some tasks', () => {
  it('hits exactly as many tasks as it says, and no other', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'error-task', tasks: 2, rate: '40%' }] });
    await play.until(180);
    const rates = play.service.fleet.tasks.map((task) => manners(task, 60, 180).errors).sort();
    expect(rates.filter((rate) => rate > 0.35)).toHaveLength(2);
    expect(rates.filter((rate) => rate < 0.01)).toHaveLength(4);
  });

  it('hits the same tasks whichever fault it is', async () => {
    const hit = async (kind: string, fields: object): Promise<(string | undefined)[]> => {
      const play = new Play({ faults: [{ at: 60, kind, tasks: 2, ...fields }] });
      await play.until(180);
      const sick = play.service.fleet.tasks.filter((task) => {
        const { requests, errors, slow } = manners(task, 60, 180);
        return requests === 0 || errors > 0.3 || slow > 0.3;
      });
      return sick.map((task) => task.id);
    };
    const erring = await hit('error-task', {});
    expect(await hit('slow-task', {})).toEqual(erring);
    expect(await hit('hung-task', {})).toEqual(erring);
    expect(erring).toHaveLength(2);
  });

  it.each([
    ['oldest', 0, 2],
    ['newest', 4, 6],
  ] as const)('hits the %s tasks', async (age, from, until) => {
    const play = new Play({ faults: [{ at: 60, kind: 'error-task', tasks: 2, rate: '100%', age }] });
    await play.until(180);
    const byAge = [...play.service.fleet.tasks].sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
    const sick = byAge.filter((task) => manners(task, 61, 180).errors === 1);
    expect(sick).toEqual(byAge.slice(from, until));
  });

  it('hits the tasks of one zone, as many as it says or all of them', async () => {
    const sick = async (tasks: number | 'all'): Promise<readonly string[]> => {
      const play = new Play({ faults: [{ at: 60, kind: 'error-task', tasks, rate: '100%', zone: 'b' }] });
      await play.until(180);
      return play.service.fleet.tasks.filter((task) => manners(task, 61, 180).errors === 1).map(({ zone }) => zone);
    };
    expect(await sick(1)).toEqual(['b']);
    expect(await sick('all')).toEqual(['b', 'b']);
  });

  it.each(['crash-task', 'unhealthy-task', 'task-stopped', 'hung-task', 'slow-task'])(
    'hits by zone and age with %s too',
    async (kind) => {
      const play = new Play({ faults: [{ at: 60, kind, zone: 'c', age: 'newest' }] });
      const [, newest] = play.service.fleet.tasks.filter(({ zone }) => zone === 'c');
      await play.until(120);
      const { fleet } = play.service;
      const hit = [...fleet.stopped, ...fleet.tasks].filter(
        (task) =>
          !task.live ||
          (task.createdAt < start && manners(task, 61, 120).requests === 0) ||
          manners(task, 61, 120).slow > 0.3,
      );
      expect(hit).toEqual([newest]);
    },
  );

  it('ends with the task', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'slow-task' }] });
    await play.until(120);
    const [slow] = play.service.fleet.tasks.filter((task) => manners(task, 60, 120).slow > 0.3);
    if (slow === undefined) throw new Error('No task is slow.');
    play.service.fleet.stop(slow, 'because');
    await play.until(300);
    for (const task of inService(play.service)) expect(manners(task, 200, 300).slow).toBeLessThan(0.01);
  });

  it('ends at `until`', async () => {
    const play = new Play({ faults: [{ at: 60, until: 120, kind: 'error-task', tasks: 'all', rate: 1 }] });
    await play.until(180);
    for (const task of play.service.fleet.tasks) {
      expect(manners(task, 60, 120).errors).toBe(1);
      expect(manners(task, 121, 180).errors).toBeLessThan(0.02);
    }
  });

  it('that hang leaves their health checks green and writes no line', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'hung-task', tasks: 3 }] });
    await play.until(180);
    const silent = play.service.fleet.tasks.filter((task) => task.lines.count(61, 180).requests === 0);
    expect(silent).toHaveLength(3);
    expect(inService(play.service)).toHaveLength(6);
    expect(play.service.truth.trouble(120)).toBe(true);
  });
});

describe('a fault of every task', () => {
  it('hits new tasks as well', async () => {
    const play = new Play({
      faults: [
        { at: 60, kind: 'dependency-down', rate: '50%' },
        { at: 90, kind: 'crash-task', tasks: 'all' },
      ],
    });
    await play.until(300);
    for (const task of inService(play.service)) expect(manners(task, 200, 300).errors).toBeGreaterThan(0.4);
  });

  it('of one zone hits that zone of every service', async () => {
    const specs = [specOf('one'), specOf('two')];
    const play = new Play({ specs, faults: [{ at: 60, kind: 'zone-impairment', zone: 'b', service: null }] });
    await play.until(180);
    for (const service of play.world.services) {
      for (const task of service.fleet.tasks) {
        const { errors } = manners(task, 60, 180);
        if (task.zone === 'b') expect(errors).toBeGreaterThan(0.4);
        else expect(errors).toBeLessThan(0.02);
      }
    }
  });

  it('of the traffic ends at `until`', async () => {
    const play = new Play({ faults: [{ at: 60, until: 120, kind: 'overload', rate: '400/s' }] });
    await play.until(179.9);
    const [calm, loud, after] = play.service.truth.minutes.map(({ requests }) => requests).concat(0);
    expect(loud).toBeGreaterThan(23_000);
    expect(calm).toBeLessThan(7800);
    expect(after).toBeLessThan(7800);
  });
});

describe('a memory leak', () => {
  it('shows in the memory metric, makes every task slow in the end, and ends with a restart', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'memory-leak', growth: '4%/m', from: '60%' }] });
    await play.until(900);
    const { truth, metrics } = play.service;
    const memory = metrics.window(8, play.clock.now()).service.memory ?? [];
    expect(memory.every((percent, minute) => minute === 0 || (percent ?? 0) > (memory[minute - 1] ?? 0) - 2)).toBe(
      true,
    );
    expect((memory.at(-1) ?? 0) - (memory[0] ?? 0)).toBeGreaterThan(20);
    expect(truth.trouble(240)).toBe(false);
    expect(truth.trouble(720)).toBe(true);
    play.service.redeploy();
    await play.until(1100);
    expect(truth.trouble(1090)).toBe(false);
    for (const task of inService(play.service)) expect(task.memory).toBeLessThan(60);
  });
});

describe('a bad release', () => {
  const badFrom = async (fields: object): Promise<Play> => {
    const play = new Play({ faults: [{ at: 60, kind: 'bad-deployment', revision: '43', ...fields }] });
    await play.until(900);
    return play;
  };

  it('hurts from its first task on', async () => {
    const { service } = await badFrom({ errorRate: '40%' });
    expect(service.truth.trouble(60)).toBe(false);
    expect(service.truth.trouble(125)).toBe(true);
    expect(service.truth.trouble(899)).toBe(true);
  });

  it('hurts only so long after its deployment has finished', async () => {
    const { service } = await badFrom({ factor: 8, onset: '5m' });
    const finished = ((service.rollouts.all[0]?.finishedAt ?? Number.NaN) - start) / 1000;
    expect(service.truth.trouble(Math.floor(finished + 299))).toBe(false);
    expect(service.truth.trouble(Math.ceil(finished + 330))).toBe(true);
  });

  it('hurts no more once another release runs, and again when it comes back', async () => {
    const play = await badFrom({ errorRate: '40%' });
    const bad = play.service.rollouts.wanted.release;
    play.service.updateTo(bad.taskDefinition.replace(':43', ':42'));
    await play.until(1200);
    expect(play.service.truth.trouble(1199)).toBe(false);
    play.service.updateTo(bad.taskDefinition);
    await play.until(1500);
    expect(play.service.truth.trouble(1499)).toBe(true);
  });

  it('with the images of the release before it hurts by its configuration alone', async () => {
    const { service } = await badFrom({ errorRate: '40%', sameImages: true });
    const [bad, good] = service.rollouts.all;
    expect(bad?.release).toMatchObject({ revision: '43', image: good?.release.image, digest: good?.digest });
    expect(bad?.release.taskDefinition).not.toBe(good?.release.taskDefinition);
    expect(service.truth.trouble(899)).toBe(true);
  });

  it('with the images of the release before it hurts no more once that runs again', async () => {
    const play = await badFrom({ errorRate: '40%', sameImages: true });
    const bad = play.service.rollouts.wanted.release;
    play.service.updateTo(bad.taskDefinition.replace(':43', ':42'));
    await play.until(1200);
    expect(play.service.truth.trouble(1199)).toBe(false);
    const copy = play.service.releases.register(play.service.releases.describe(bad.taskDefinition));
    play.service.updateTo(copy.arn);
    await play.until(1500);
    expect(play.service.truth.trouble(1499)).toBe(true);
  });

  it('that does not start never runs, while the old one goes on serving', async () => {
    const { service } = await badFrom({ starts: false });
    expect(service.rollouts.all[0]).toMatchObject({ status: 'in-progress' });
    expect(inService(service).map(({ deployment }) => deployment.release.revision)).toEqual(Array(6).fill('42'));
    expect(service.truth.trouble(899)).toBe(false);
    const failed = service.fleet.stopped.filter(({ deployment }) => deployment.release.revision === '43');
    expect(failed.length).toBeGreaterThan(11);
    expect(
      failed.every(({ everAnswered, stopped }) => !everAnswered && stopped?.code === 'EssentialContainerExited'),
    ).toBe(true);
  });

  it('that does not start harms no task of another release', async () => {
    const play = await badFrom({ starts: false });
    play.service.updateTo(play.service.rollouts.wanted.release.taskDefinition.replace(':43', ':42'));
    await play.until(1200);
    expect(play.service.rollouts.all[0]?.status).toBe('successful');
  });

  it('is rolled back by AWS where the scenario says so, if it is still under way', async () => {
    const slow = await badFrom({ pace: '4m', rolledBackAfter: '2m' });
    expect(slow.service.rollouts.all[0]?.status).toBe('rolled-back');
    expect(slow.service.rollouts.wanted.release.revision).toBe('42');
    const quick = await badFrom({ rolledBackAfter: '5m' });
    expect(quick.service.rollouts.all[0]?.status).toBe('successful');
  });
});

describe('a good release', () => {
  it('with the images of the release before it has another configuration and the same digest', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'deployment', revision: '43', sameImages: true }] });
    await play.until(300);
    const [newest, before] = play.service.rollouts.all;
    expect(newest).toMatchObject({ status: 'successful', digest: before?.digest });
    expect(newest?.release).toMatchObject({ revision: '43', image: before?.release.image });
    expect(play.service.truth.trouble(299)).toBe(false);
  });
});

describe('scaling to nothing', () => {
  it('stops every task, and starts as many again afterwards', async () => {
    const play = new Play({
      specs: [specOf('checkout', { traffic: [{ at: 0, rate: 0 }] })],
      faults: [
        { at: 60, kind: 'scaling', desired: 0 },
        { at: 600, kind: 'scaling', desired: 4 },
      ],
    });
    await play.until(590);
    expect(play.service.fleet.tasks).toHaveLength(0);
    await play.until(900);
    expect(inService(play.service)).toHaveLength(4);
  });
});
