import { describe, expect, it } from 'vitest';
import { Play } from '../../../lib/simulator/simulate.ts';
import { playSeed, playWorld } from '../../../lib/simulator/storm/play-storm.ts';
import { shrink } from '../../../lib/simulator/storm/shrink.ts';
import { scenarioFor, stormWorld } from '../../../lib/simulator/storm/storm-world.ts';
import { untilCaught } from '../../../lib/simulator/storm/until-caught.ts';

/** Everything a run says, as text. */
async function played(seed: number): Promise<string> {
  const scenario = scenarioFor(stormWorld(seed));
  const play = new Play(scenario, { seed });
  await play.until(scenario.duration);
  return JSON.stringify(play.result());
}

describe('a storm', () => {
  it('breaks no invariant', async () => {
    for (let seed = 1; seed <= 60; seed++) expect(await playSeed(seed)).toMatchObject({ seed, broken: [] });
  });

  it('plays a seed the same to the byte, whatever was played before or beside it', async () => {
    const first = await played(3);
    const [again] = await Promise.all([played(3), played(4)]);
    expect(again).toBe(first);
  });
});

describe('what is left out', () => {
  it('is missed, and the world that shows it is made small', async () => {
    const { caught } = await untilCaught({ without: 'deployment-keeps-capacity', from: 1, most: 200 });
    expect(caught?.invariant).toBe('deployment-capacity');
    const seed = caught?.seed ?? 0;
    const whole = stormWorld(seed);
    const { world } = await shrink(seed, whole, 'deployment-capacity', 'deployment-keeps-capacity');
    expect(world.faults.length).toBeLessThanOrEqual(whole.faults.length);
    const { broken } = await playWorld(seed, world, 'deployment-keeps-capacity');
    expect(broken.map(({ invariant }) => invariant)).toContain('deployment-capacity');
  });
});
