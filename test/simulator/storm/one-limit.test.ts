import { describe, expect, it } from 'vitest';
import { Random } from '../../../lib/simulator/random.ts';
import { Draw } from '../../../lib/simulator/storm/draw.ts';
import { drawService } from '../../../lib/simulator/storm/draw-service.ts';
import { forOneLimit } from '../../../lib/simulator/storm/one-limit.ts';
import { playWorld } from '../../../lib/simulator/storm/play-storm.ts';
import type { StormWorld } from '../../../lib/simulator/storm/storm-world.ts';

/** The first so many worlds that are made for one limit, by their seeds. */
const worlds = Array.from({ length: 700 }, (_, seed) => seed).flatMap((seed): (readonly [number, StormWorld])[] => {
  const random = new Random(`one limit ${seed}`);
  const night = forOneLimit(new Draw(random.fork('night')), [['checkout', drawService(new Draw(random), 0)]]);
  if (night === undefined) return [];
  const services = Object.fromEntries(night.services);
  return [[seed, { name: `made-${seed}`, duration: '30m', services, faults: night.faults }]];
});

describe('worlds that are made for one limit', () => {
  it('are about one in eight', () => {
    expect(worlds.length).toBeGreaterThan(60);
    expect(worlds.length).toBeLessThan(110);
  });

  it.each([
    'ineffective-limit',
    'ban',
    'error-budget',
    'failure-block',
    'scaling-in-progress',
    'cooldown',
    'rollback-target-known-good',
    'claim-fence',
    'claim-pause',
  ])('miss %s when it is left out', async (without) => {
    for (const [seed, world] of worlds) {
      if ((await playWorld(seed, world, without)).broken.length === 0) continue;
      expect(await playWorld(seed, world)).toMatchObject({ broken: [] });
      return;
    }
    expect.fail(`None of ${worlds.length} worlds missed ${without}.`);
  });
});
