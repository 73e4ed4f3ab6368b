import type { World } from '../world/world.ts';

/** An API call takes this long, in ms. */
const [quickest, slowest] = [100, 300];

/** Lets the time of one API call pass. */
export const call = (world: World): Promise<void> =>
  world.clock.sleep(Math.round(world.random.fork(`call ${world.clock.now()}`).between(quickest, slowest)));
