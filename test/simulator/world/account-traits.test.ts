import { describe, expect, it } from 'vitest';
import type { DeploymentFact } from '../../../lambdas/model/facts.ts';
import { simulatedImages } from '../../../lib/simulator/adapters/images.ts';
import { simulatedServices } from '../../../lib/simulator/adapters/services.ts';
import type { AccountSpec, ServiceSpec } from '../../../lib/simulator/world/service-spec.ts';
import { type Fault, inService, Play, quiet, specOf } from './play.ts';

const played = (account: Partial<AccountSpec>, faults: readonly Fault[] = [], seed = 1): Play =>
  new Play({ specs: [specOf('checkout', { account: { ...quiet, ...account } })], faults, seed });

async function factsOf(play: Play) {
  const asked = simulatedServices(play.world).describe(play.service.spec.settings);
  const [facts] = await Promise.all([asked, play.clock.runUntil(play.clock.now() + 1000)]);
  return facts;
}

const digestsOf = (deployment: DeploymentFact | undefined): readonly (string | null)[] =>
  deployment?.images.map(({ digest }) => digest) ?? [];

const seeds = Array.from({ length: 200 }, (_, seed) => seed);

describe('a sidecar', () => {
  it('shows with its digest on every task and on no deployment', async () => {
    const play = played({ sidecar: true }, [{ at: 60, kind: 'deployment', revision: '43' }]);
    await play.until(90);
    const { tasks, deployments } = await factsOf(play);
    const digests = deployments.flatMap((deployment) => digestsOf(deployment));
    expect(new Set(tasks.map(({ taskDefinition }) => taskDefinition)).size).toBe(2);
    for (const task of tasks) {
      const release = deployments.find(({ taskDefinition }) => taskDefinition === task.taskDefinition);
      expect(task.containers).toHaveLength(2);
      expect(task.containers.map(({ digest }) => digest)).toContain(digestsOf(release)[0]);
    }
    const others = new Set(
      tasks.flatMap(({ containers }) =>
        containers.filter(({ digest }) => !digests.includes(digest)).map(({ digest }) => digest),
      ),
    );
    expect(others.size).toBe(1);
    expect(deployments.every(({ images }) => images.length === 1)).toBe(true);
  });

  it('is not there where the account has none', async () => {
    const { tasks, deployments } = await factsOf(played({ sidecar: false }));
    expect(tasks.map(({ containers }) => containers.map(({ digest }) => digest))).toEqual(
      Array(6).fill(digestsOf(deployments[0])),
    );
  });

  it('runs with half of the seeds where that is left open, the same ones each time', () => {
    const drawn = seeds.map((seed) => played({ sidecar: undefined }, [], seed).service.account.sidecar);
    expect(drawn.filter(Boolean).length).toBeGreaterThan(80);
    expect(drawn.filter(Boolean).length).toBeLessThan(120);
    expect(seeds.slice(0, 20).map((seed) => played({ sidecar: undefined }, [], seed).service.account.sidecar)).toEqual(
      drawn.slice(0, 20),
    );
  });
});

describe('images', () => {
  const ask = async (play: Play, image: string): Promise<string | null | undefined> => {
    const asked = simulatedImages(play.world).resolve([image]);
    const [answer] = await Promise.all([asked, play.clock.runUntil(play.clock.now() + 1000)]);
    return answer[image];
  };

  it('in ECR can be asked for', async () => {
    const play = played({ images: 'ecr' });
    const [newest, before] = play.service.rollouts.all;
    expect(await ask(play, newest?.release.image ?? '')).toBe(newest?.digest);
    expect(await ask(play, before?.release.image ?? '')).toBe(before?.digest);
  });

  it('elsewhere can be asked for by nobody but ECS, which records their digests', async () => {
    const play = played({ images: 'elsewhere' }, [{ at: 60, kind: 'deployment', revision: '43' }]);
    await play.until(300);
    const { deployments } = await factsOf(play);
    for (const deployment of deployments) {
      const { images } = deployment;
      const digests = digestsOf(deployment);
      expect(images).toMatchObject([
        { image: expect.stringMatching(/^registry\.example\.com\/checkout:4[123]$/), digest: expect.any(String) },
      ]);
      expect(await ask(play, images[0]?.image ?? '')).toBeNull();
      expect(await ask(play, `registry.example.com/checkout@${digests[0]}`)).toBe(digests[0]);
    }
    expect(inService(play.service).map(({ digest }) => digest)).toEqual(Array(6).fill(digestsOf(deployments[0])[0]));
  });

  it('say which of them are gone by their digests, where anybody can be asked', async () => {
    const gone = async (images: 'ecr' | 'elsewhere' | 'expired') => {
      const play = played({ images });
      const asked = play.service.rollouts.all.map(({ release, digest }) => `${release.image.split(':')[0]}@${digest}`);
      const answer = simulatedImages(play.world).gone(asked);
      await play.clock.runUntil(play.clock.now() + 1000);
      return (await answer).map((image) => asked.indexOf(image));
    };
    expect(await gone('ecr')).toEqual([]);
    expect(await gone('elsewhere')).toEqual([]);
    expect(await gone('expired')).toEqual([1]);
  });

  it('expire when a newer release comes in, and are there until then', async () => {
    const play = played({ images: 'expired' }, [{ at: 60, kind: 'deployment', revision: '43' }]);
    const [running, before] = play.service.rollouts.all;
    expect(await ask(play, running?.release.image ?? '')).toBe(running?.digest);
    expect(await ask(play, before?.release.image ?? '')).toBeNull();
    await play.until(100);
    expect(await ask(play, running?.release.image ?? '')).toBeNull();
    // Tasks that run already need it no more.
    expect(inService(play.service)).toHaveLength(6);
    await play.until(300);
    expect(inService(play.service)).toHaveLength(6);
    expect(play.service.fleet.stopped.map(({ stopped }) => stopped?.code)).not.toContain('TaskFailedToStart');
  });

  it('that are gone let tasks fail to start, in the words of ECS, and nothing is recorded of a tag', async () => {
    const play = played({ images: 'expired' }, [{ at: 60, kind: 'deployment', revision: '43' }]);
    await play.until(300);
    const before = play.service.rollouts.all.find(({ release }) => release.revision === '42');
    play.service.updateTo(before?.release.taskDefinition ?? '');
    await play.until(600);
    const { deployments, stopped } = await factsOf(play);
    expect(deployments[0]).toMatchObject({ status: 'in-progress', images: [{ digest: null }] });
    const failed = stopped.filter(({ code }) => code === 'TaskFailedToStart');
    expect(failed.length).toBeGreaterThan(5);
    expect(failed[0]?.reason).toBe(
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${before?.release.image}: not found`,
    );
    expect(inService(play.service).map(({ deployment }) => deployment.release.revision)).toEqual(Array(6).fill('43'));
  });

  it('that are gone let tasks of a pinned copy fail to start too', async () => {
    const play = played({ images: 'expired' }, [{ at: 60, kind: 'deployment', revision: '43' }]);
    await play.until(300);
    const { releases, rollouts } = play.service;
    const before = rollouts.all.find(({ release }) => release.revision === '42');
    const definition = releases.describe(before?.release.taskDefinition ?? '');
    const image = `${definition.containers[0]?.image}@${before?.digest}`;
    play.service.updateTo(releases.register({ ...definition, containers: [{ name: 'checkout', image }] }).arn);
    await play.until(600);
    const reasons = new Set(play.service.fleet.stopped.map(({ stopped }) => stopped?.reason));
    expect([...reasons]).toContainEqual(
      expect.stringMatching(new RegExp(`failed to resolve ref ${image}: not found$`)),
    );
    expect(rollouts.all[0]).toMatchObject({ status: 'in-progress', recorded: before?.digest });
  });

  it('that were never pushed let tasks fail to start, whatever the account', async () => {
    const play = played({});
    const { releases, rollouts } = play.service;
    const definition = releases.describe(rollouts.wanted.release.taskDefinition);
    const containers = [{ name: 'checkout', image: 'checkout:never-pushed' }];
    play.service.updateTo(releases.register({ ...definition, containers }).arn);
    await play.until(120);
    expect(play.service.fleet.stopped.map(({ stopped }) => stopped?.code)).toContain('TaskFailedToStart');
  });

  it('of a release that is deployed again are pushed again', async () => {
    const play = played({ images: 'expired' }, [
      { at: 60, kind: 'deployment', revision: '43' },
      { at: 300, kind: 'deployment', revision: '42' },
    ]);
    await play.until(600);
    expect(inService(play.service).map(({ deployment }) => deployment.release.revision)).toEqual(Array(6).fill('42'));
  });
});

describe('a target that somebody takes out', () => {
  const takeOut = (play: Play, task = play.service.fleet.tasks[0]): void => {
    for (const group of play.service.fleet.groups) group.deregister(task?.address ?? '', 8080);
  };
  /** What its target looks like, second by second. */
  const states = async (play: Play, until: number): Promise<readonly (string | undefined)[]> => {
    const [task] = play.service.fleet.tasks;
    const [group] = play.service.fleet.groups;
    const seen: (string | undefined)[] = [];
    await play.watch(until, () => seen.push(task && group?.of(task)?.state));
    return seen;
  };
  const counts = (seen: readonly (string | undefined)[]): Readonly<Record<string, number>> =>
    Object.fromEntries([...new Set(seen)].map((state) => [String(state), seen.filter((one) => one === state).length]));

  it('comes back after its time, and serves after its first passed check, ten seconds later', async () => {
    const play = played({ reregisters: 20_000 });
    await play.until(60);
    takeOut(play);
    expect(counts(await states(play, 100))).toEqual({ draining: 19, initial: 10, healthy: 11 });
  });

  it('has its time anew after each deregistration', async () => {
    const play = played({ reregisters: 20_000 });
    await play.until(60);
    takeOut(play);
    await play.until(85);
    takeOut(play);
    expect(counts(await states(play, 130))).toEqual({ draining: 19, initial: 10, healthy: 16 });
  });

  it('has its time anew when it was put back and taken out again meanwhile', async () => {
    const play = played({ reregisters: 20_000 });
    await play.until(60);
    const task = play.service.fleet.tasks[0];
    takeOut(play);
    await play.until(62);
    play.service.fleet.groups[0]?.register(task?.address ?? '', 8080, task);
    await play.until(75);
    takeOut(play);
    expect(counts(await states(play, 110))).toEqual({ draining: 19, initial: 10, healthy: 6 });
  });

  it('comes back though it has drained for its whole delay', async () => {
    const play = played({ reregisters: 60_000, deregistrationDelay: 30_000 });
    await play.until(60);
    takeOut(play);
    expect(counts(await states(play, 150))).toEqual({ draining: 29, undefined: 30, initial: 10, healthy: 21 });
  });

  it('is registered once when somebody was quicker', async () => {
    const play = played({ reregisters: 20_000 });
    await play.until(60);
    const [task] = play.service.fleet.tasks;
    takeOut(play);
    await play.until(70);
    play.service.fleet.groups[0]?.register(task?.address ?? '', 8080, task);
    expect(counts(await states(play, 100))).toEqual({ initial: 9, healthy: 21 });
  });

  it('stays out where the account never does that', async () => {
    const play = played({ reregisters: null });
    await play.until(60);
    takeOut(play);
    expect(counts(await states(play, 400))).toEqual({ draining: 299, undefined: 41 });
  });

  it('stays out when its task stops meanwhile', async () => {
    const play = played({ reregisters: 20_000 });
    await play.until(60);
    const [task] = play.service.fleet.tasks;
    takeOut(play);
    await play.until(70);
    if (task !== undefined) play.service.fleet.stop(task, 'because');
    await play.until(100);
    expect(task && play.service.fleet.groups[0]?.of(task)?.state).toBe('draining');
    expect(inService(play.service)).toHaveLength(5);
  });

  it('is deregistered by ECS for good when a deployment replaces its task', async () => {
    const play = played({ reregisters: 5000 }, [{ at: 60, kind: 'deployment', revision: '43' }]);
    await play.until(300);
    const old = play.service.fleet.tasks.filter(({ deployment }) => deployment.release.revision === '42');
    expect(old).toHaveLength(6);
    for (const task of old) expect(play.service.fleet.groups[0]?.of(task)?.state).toBe('draining');
  });

  it('never comes back with half of the seeds where that is left open, else after 5 s to 2 min', () => {
    const drawn = seeds.map((seed) => played({ reregisters: undefined }, [], seed).service.account.reregisters);
    const times = drawn.filter((millis) => millis !== null);
    expect(times.length).toBeGreaterThan(80);
    expect(times.length).toBeLessThan(120);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(5000);
    expect(Math.min(...times)).toBeLessThan(10_000);
    expect(Math.max(...times)).toBeLessThanOrEqual(120_000);
    expect(Math.max(...times)).toBeGreaterThan(110_000);
  });
});

describe('the deregistration delay', () => {
  /** How long there are more tasks than desired. */
  const seconds = async (deregistrationDelay: number): Promise<number> => {
    const play = played({ deregistrationDelay }, [{ at: 60, kind: 'deployment', revision: '43' }]);
    let surplus = 0;
    await play.watch(600, () => {
      surplus += play.service.fleet.tasks.length > 6 ? 1 : 0;
    });
    return surplus;
  };

  it('is how long a task of an old release goes on running, out of service', async () => {
    expect((await seconds(300_000)) - (await seconds(30_000))).toBe(270);
  });
});

describe('the history of deployments', () => {
  it('ends so many days ago, but for what is under way', async () => {
    const play = played({ deploymentHistory: 5 * 86_400_000 }, [{ at: 60, kind: 'deployment', revision: '43' }]);
    const listed = async () =>
      (await factsOf(play)).deployments.map(({ taskDefinition }) => taskDefinition.split(':').at(-1));
    expect(await listed()).toEqual(['42']);
    await play.until(100);
    expect(await listed()).toEqual(['43', '42']);
    const none = played({ deploymentHistory: 20_000 });
    expect((await factsOf(none)).deployments).toEqual([]);
    none.service.redeploy();
    await none.until(40);
    expect((await factsOf(none)).deployments).toMatchObject([{ status: 'in-progress' }]);
    await none.until(120);
    expect((await factsOf(none)).deployments).toEqual([]);
  });
});

describe('an imbalance between zones', () => {
  const spread = ({ service }: Play): readonly number[] =>
    ['a', 'b', 'c'].map((zone) => service.fleet.live.filter((task) => task.zone === zone).length);
  /** Four tasks of which none runs in one of the zones, as after an outage of it. */
  const lopsided = (changes: Partial<ServiceSpec>, seed = 1, faults: readonly Fault[] = []): Play => {
    const spec = specOf('checkout', { tasks: 4, zones: 2, ...changes });
    const play = new Play({ specs: [spec], seed, faults });
    // The third zone is there again.
    Object.assign(spec, { zones: 3 });
    return play;
  };
  const balancing = { account: { ...quiet, zoneRebalancing: true } };

  it('is mended by ECS one to ten minutes later, the new task first', async () => {
    const play = lopsided(balancing);
    await play.until(59);
    expect(spread(play)).toEqual([2, 2, 0]);
    const seen: number[] = [];
    const healthy: number[] = [];
    await play.watch(720, () => {
      seen.push(play.service.fleet.live.length);
      healthy.push(inService(play.service).length);
    });
    expect([...spread(play)].sort()).toEqual([1, 1, 2]);
    expect(Math.max(...seen)).toBe(5);
    expect(Math.min(...healthy)).toBe(4);
    expect(play.service.fleet.live).toHaveLength(4);
  });

  it('is mended at a time that the seed decides', async () => {
    const begins: number[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      const play = lopsided(balancing, seed);
      let begun = Number.POSITIVE_INFINITY;
      await play.watch(620, (second) => {
        if (play.service.fleet.live.length > 4) begun = Math.min(begun, second);
      });
      begins.push(begun);
    }
    expect(Math.min(...begins)).toBeGreaterThanOrEqual(60);
    expect(Math.min(...begins)).toBeLessThan(200);
    expect(Math.max(...begins)).toBeGreaterThan(400);
    expect(Math.max(...begins)).toBeLessThanOrEqual(610);
  });

  it('is mended one task after the other', async () => {
    const play = lopsided({ ...balancing, tasks: 8 });
    const seen: number[] = [];
    await play.watch(1200, () => seen.push(play.service.fleet.live.length));
    expect([...spread(play)].sort()).toEqual([2, 3, 3]);
    expect(Math.max(...seen)).toBe(9);
  });

  it('stays where ECS does not mend it, or has no room to', async () => {
    for (const changes of [{}, { ...balancing, maximumPercent: 100 }]) {
      const play = lopsided(changes);
      await play.until(900);
      expect(spread(play)).toEqual([2, 2, 0]);
    }
  });

  it('waits when a task is lost meanwhile', async () => {
    const play = lopsided(balancing);
    let struck = false;
    await play.watch(1500, () => {
      const [first] = play.service.fleet.live;
      if (struck || play.service.fleet.live.length < 5 || first === undefined) return;
      struck = true;
      play.service.fleet.crash(first);
    });
    expect(struck).toBe(true);
    expect(inService(play.service)).toHaveLength(4);
    expect(Math.max(...spread(play)) - Math.min(...spread(play))).toBe(1);
  });

  it('stays when the only tasks that could leave are protected', async () => {
    const play = lopsided(balancing, 1, [{ at: 10, kind: 'task-protection' }]);
    const before = play.service.fleet.live;
    await play.until(900);
    for (const task of before) expect(task.live).toBe(true);
    expect(play.service.fleet.live).toHaveLength(4);
  });
});

describe('the grace period of health checks', () => {
  const failing = { at: 60, kind: 'unhealthy-task' };
  /** Its tasks have just started when the run begins. */
  const young = (account: Partial<AccountSpec>): Play => {
    const revisions = [{ id: '42', deployed: -90_000, pinned: false }];
    const spec = specOf('checkout', { revisions, account: { ...quiet, ...account } });
    return new Play({ specs: [spec], faults: [failing] });
  };

  it('lets a young task that fails its checks live until it is over; it gets no requests meanwhile', async () => {
    const play = young({ healthCheckGrace: 300_000 });
    await play.until(200);
    expect(play.service.fleet.live).toHaveLength(6);
    expect(inService(play.service)).toHaveLength(5);
    expect(play.service.fleet.groups[0]?.look()).toMatchObject({ healthy: 5, unhealthy: 1 });
    await play.until(450);
    expect(inService(play.service)).toHaveLength(6);
    const failed = play.service.fleet.tasks.filter(({ failsHealthCheck }) => failsHealthCheck);
    expect(failed.filter(({ live }) => live)).toEqual([]);
  });

  it('is none unless the account has one', async () => {
    const play = young({});
    await play.until(120);
    const failed = play.service.fleet.tasks.filter(({ failsHealthCheck }) => failsHealthCheck);
    expect(failed.filter(({ live }) => live)).toEqual([]);
  });

  it('shows a task that starts as unhealthy until it listens', async () => {
    const unhealthy = async (healthCheckGrace: number): Promise<number> => {
      const play = played({ healthCheckGrace }, [{ at: 60, kind: 'deployment', revision: '43' }]);
      let most = 0;
      await play.watch(300, () => {
        most = Math.max(most, play.service.fleet.groups[0]?.look().unhealthy ?? 0);
      });
      expect(inService(play.service).map(({ deployment }) => deployment.release.revision)).toEqual(Array(6).fill('43'));
      return most;
    };
    expect(await unhealthy(0)).toBe(0);
    expect(await unhealthy(120_000)).toBe(6);
  });

  it('that is shorter than the start lets no replacement become healthy where there is no room for another', async () => {
    const spec = specOf('checkout', { maximumPercent: 100, account: { ...quiet, healthCheckGrace: 10_000 } });
    const play = new Play({ specs: [spec], faults: [{ at: 60, kind: 'crash-task' }] });
    await play.until(600);
    expect(inService(play.service)).toHaveLength(5);
    expect(play.service.fleet.tasks.filter(({ live }) => !live).length).toBeGreaterThan(2);
  });
});
