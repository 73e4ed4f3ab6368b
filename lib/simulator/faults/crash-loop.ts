import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';
import { length } from './fields.ts';

/**
 * Tasks that start while it lasts exit again, about 20 seconds after their containers started, and ECS waits longer and
 * longer before it starts others. Tasks that run already go on.
 */
export const crashLoop = defineFault({
  kind: 'crash-loop',
  needsService: true,
  schema: z.strictObject({
    /** How long after its start a container exits. */
    after: length.default(20_000),
  }),
  strike(scene, fault) {
    struckService(scene, fault).conditions.newTasksDie.set(fault, { after: fault.after, on: () => true });
  },
  end(scene, fault) {
    struckService(scene, fault).conditions.newTasksDie.clear(fault);
  },
});
