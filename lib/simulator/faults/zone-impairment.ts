import { z } from 'zod';
import { defineFault, struckServices } from './fault.ts';
import { factor, share, zone } from './fields.ts';
import { fine } from './task-fault.ts';

/** Every task in one availability zone misbehaves, of the named service or of all; health checks stay green. */
export const zoneImpairment = defineFault({
  kind: 'zone-impairment',
  needsService: false,
  schema: z.strictObject({
    zone,
    /** Share of requests that fails; 50 % when neither this nor `factor` is given. */
    errorRate: share.optional(),
    /** How many times longer requests take. */
    factor: factor.optional(),
  }),
  strike(scene, fault) {
    const errorRate = fault.errorRate ?? (fault.factor === undefined ? 0.5 : 0);
    for (const { conditions } of struckServices(scene, fault)) {
      conditions.effects.set(fault, {
        ...fine,
        errorRate,
        factor: fault.factor ?? 1,
        on: (task) => task.zone === fault.zone,
      });
    }
  },
  end(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.effects.clear(fault);
  },
});
