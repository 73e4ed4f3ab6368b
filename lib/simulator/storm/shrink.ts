import { playWorld } from './play-storm.ts';
import type { StormWorld } from './storm-world.ts';

/** How often a world is played at most in order to find a smaller one. */
const mostPlays = 80;
/** Seconds that a world goes on after its invariant broke. */
const aftermath = 60;

/** The smallest world found in which the same invariant breaks, and how many plays that took. */
export type Shrunk = { readonly world: StormWorld; readonly plays: number };

/** Drops faults, then services, then the time after the end of it, as long as the same invariant breaks. */
export async function shrink(seed: number, whole: StormWorld, invariant: string, without?: string): Promise<Shrunk> {
  let plays = 0;
  const breaks = async (world: StormWorld): Promise<boolean> => {
    if (plays >= mostPlays) return false;
    plays++;
    const { broken } = await playWorld(seed, world, without);
    return broken.some((each) => each.invariant === invariant);
  };
  let world = whole;
  for (let again = true; again; ) {
    again = false;
    for (const smaller of [...withoutOneFault(world), ...withoutOneService(world)]) {
      if (!(await breaks(smaller))) continue;
      world = smaller;
      again = true;
      break;
    }
  }
  const { broken } = await playWorld(seed, world, without);
  const last = broken.find((each) => each.invariant === invariant)?.second ?? 0;
  const shorter = { ...world, duration: `${Math.ceil(last) + aftermath}s` };
  return { world: (await breaks(trimmed(shorter))) ? trimmed(shorter) : world, plays };
}

const withoutOneFault = (world: StormWorld): readonly StormWorld[] =>
  world.faults.map((fault) => ({ ...world, faults: world.faults.filter((other) => other !== fault) }));

function withoutOneService(world: StormWorld): readonly StormWorld[] {
  const names = Object.keys(world.services);
  if (names.length < 2) return [];
  return names.map((name) => ({
    ...world,
    services: Object.fromEntries(Object.entries(world.services).filter(([other]) => other !== name)),
    faults: world.faults.filter(({ service }) => service !== name),
  }));
}

/** Without the faults that would come after its end. */
const trimmed = (world: StormWorld): StormWorld => ({
  ...world,
  faults: world.faults.filter(({ at }) => Number.parseInt(at, 10) < Number.parseInt(world.duration, 10)),
});
