import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';

/** A person changes how many tasks are desired. */
export const scaling = defineFault({
  kind: 'scaling',
  needsService: true,
  schema: z.strictObject({
    /** How many are desired from now on. */
    desired: z.int().min(1).max(500),
  }),
  strike(scene, fault) {
    struckService(scene, fault).scheduler.scale(fault.desired, scene.world.clock.now());
  },
});
