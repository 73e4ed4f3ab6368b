import { z } from 'zod';
import { atOnceOrBefore, defineFault, struckService } from './fault.ts';
import { before } from './fields.ts';

/** A person changes how many tasks are desired. */
export const scaling = defineFault({
  kind: 'scaling',
  needsService: true,
  schema: z.strictObject({
    /** How many are desired from now on; 0 switches the service off. */
    desired: z.int().min(0).max(500),
    before,
  }),
  strike(scene, fault) {
    atOnceOrBefore(scene, fault.before, () =>
      struckService(scene, fault).scheduler.scale(fault.desired, scene.world.clock.now()),
    );
  },
});
