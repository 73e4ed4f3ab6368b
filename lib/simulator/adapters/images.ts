import type { Images } from '../../../lambdas/ports/sight.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';

/** DescribeImages over the repositories of the simulated account. */
export const simulatedImages = (world: World): Images => ({
  async resolve(images) {
    await call(world);
    return Object.fromEntries(images.map((image) => [image, digestOf(world, image)]));
  },
  async gone(images) {
    await call(world);
    return images.filter((image) => world.services.some(({ releases }) => releases.isKnownGone(image)));
  },
});

function digestOf(world: World, image: string): string | null {
  for (const { releases } of world.services) {
    const digest = releases.lookUp(image);
    if (digest !== null) return digest;
  }
  return null;
}
