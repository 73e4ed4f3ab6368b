import { z } from 'zod';
import { atOnceOrBefore, defineFault, struckServices } from './fault.ts';
import { before, zone } from './fields.ts';

/** A zonal shift or autoshift keeps traffic away from one availability zone, of the named service or of all. */
export const zonalShift = defineFault({
  kind: 'zonal-shift',
  needsService: false,
  schema: z.strictObject({ zone, before }),
  strike(scene, fault) {
    atOnceOrBefore(scene, fault.before, () => {
      for (const { conditions } of struckServices(scene, fault)) conditions.zonalShift.set(fault, fault.zone);
    });
  },
  end(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.zonalShift.clear(fault);
  },
});
