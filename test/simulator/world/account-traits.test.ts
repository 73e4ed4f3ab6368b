import { describe, expect, it } from 'vitest';
import { simulatedServices } from '../../../lib/simulator/adapters/services.ts';
import type { AccountSpec } from '../../../lib/simulator/world/service-spec.ts';
import { type Fault, Play, quiet, specOf } from './play.ts';

const played = (account: Partial<AccountSpec>, faults: readonly Fault[] = [], seed = 1): Play =>
  new Play({ specs: [specOf('checkout', { account: { ...quiet, ...account } })], faults, seed });

async function factsOf(play: Play) {
  const asked = simulatedServices(play.world).describe(play.service.spec.settings);
  const [facts] = await Promise.all([asked, play.clock.runUntil(play.clock.now() + 1000)]);
  return facts;
}

const seeds = Array.from({ length: 200 }, (_, seed) => seed);

describe('a sidecar', () => {
  it('shows with its digest on every task and on no deployment', async () => {
    const play = played({ sidecar: true }, [{ at: 60, kind: 'deployment', revision: '43' }]);
    await play.until(90);
    const { tasks, deployments } = await factsOf(play);
    const digests = deployments.flatMap((deployment) => deployment.digests);
    expect(new Set(tasks.map(({ taskDefinition }) => taskDefinition)).size).toBe(2);
    for (const task of tasks) {
      const release = deployments.find(({ taskDefinition }) => taskDefinition === task.taskDefinition);
      expect(task.digests).toHaveLength(2);
      expect(task.digests).toContain(release?.digests[0]);
    }
    const others = new Set(tasks.flatMap((task) => task.digests.filter((digest) => !digests.includes(digest))));
    expect(others.size).toBe(1);
    expect(deployments.every(({ images }) => images.length === 1)).toBe(true);
  });

  it('is not there where the account has none', async () => {
    const { tasks, deployments } = await factsOf(played({ sidecar: false }));
    expect(tasks.map(({ digests }) => digests)).toEqual(Array(6).fill(deployments[0]?.digests));
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
