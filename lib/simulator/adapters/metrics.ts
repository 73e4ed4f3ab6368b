import type { Metrics } from '../../../lambdas/ports/sight.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';

/** GetMetricData over the simulated account: whole minutes, as late as they come. */
export const simulatedMetrics = (world: World): Metrics => ({
  async recent({ id, resources }, minutes) {
    await call(world);
    const window = world.service(id).metrics.window(minutes, world.clock.now());
    return {
      until: window.until,
      minutes: window.minutes,
      groups: window.groups.map((series, group) => ({ targetGroup: resources.targetGroups[group] ?? '', series })),
      service: window.service,
    };
  },
});
