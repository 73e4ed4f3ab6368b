import type { Audience } from '../../../lambdas/ports/sight.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';

/** Confirmed subscriptions of a topic now. Services that share a topic share its audience; no service, no topic. */
export function listenersOf(world: World, topic: string): number {
  const listening = world.services.filter(({ spec }) => spec.settings.topic === topic);
  if (listening.length === 0) throw new Error('NotFound: Topic does not exist');
  return Math.max(...listening.map((service) => service.listeners));
}

export const simulatedAudience = (world: World): Audience => ({
  async confirmed(topic) {
    await call(world);
    return listenersOf(world, topic);
  },
});
