import { z } from 'zod';
import { defineFault, struckServices } from './fault.ts';

/** AWS has no room for new tasks: they stay pending, of the named service or of all, until it has. */
export const capacityUnavailable = defineFault({
  kind: 'capacity-unavailable',
  needsService: false,
  schema: z.strictObject({}),
  strike(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.noCapacity.set(fault, true);
  },
  end(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.noCapacity.clear(fault);
  },
});
