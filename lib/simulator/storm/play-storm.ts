import { type BrokenInvariant, brokenInvariants } from '../invariants/invariants.ts';
import { Play } from '../simulate.ts';
import { type StormWorld, scenarioFor, stormWorld } from './storm-world.ts';

/** A broken invariant, and at which second of the run. */
export type Broken = Pick<BrokenInvariant, 'invariant' | 'says'> & { readonly second: number };

/** What is kept of one run of a storm. */
export type StormRun = {
  readonly seed: number;
  readonly broken: readonly Broken[];
  readonly incidents: number;
  readonly changes: number;
  readonly deaths: number;
  /** Seconds that were simulated. */
  readonly lasted: number;
};

/** Plays the world of a seed and judges it. */
export const playSeed = (seed: number, without?: string): Promise<StormRun> =>
  playWorld(seed, stormWorld(seed), without);

/** Plays a world with the chance of a seed and judges it. */
export async function playWorld(seed: number, world: StormWorld, without?: string): Promise<StormRun> {
  const play = new Play(scenarioFor(world), { seed, without });
  await play.until(play.scenario.duration);
  const { record } = play;
  return {
    seed,
    broken: brokenInvariants(record).map(({ invariant, says, at }) => ({
      invariant,
      says,
      second: (at - record.startedAt) / 1000,
    })),
    incidents: record.incidents.length,
    changes: record.deeds.length,
    deaths: record.deaths,
    lasted: play.scenario.duration / 1000,
  };
}
