import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';

/** Application Auto Scaling changes how many tasks are desired; its activity lasts until as many run. */
export const autoScaling = defineFault({
  kind: 'auto-scaling',
  needsService: true,
  schema: z.strictObject({
    /** How many are desired from now on. */
    desired: z.int().min(1).max(500),
  }),
  strike(scene, fault) {
    struckService(scene, fault).scheduler.autoScale(fault.desired, scene.world.clock.now());
  },
});
