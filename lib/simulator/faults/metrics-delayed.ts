import { z } from 'zod';
import { defineFault, struckServices } from './fault.ts';
import { length } from './fields.ts';

/** CloudWatch is late: datapoints of minutes that end while it lasts come later, and count as missing until they come. */
export const metricsDelayed = defineFault({
  kind: 'metrics-delayed',
  needsService: false,
  schema: z.strictObject({
    /** How much later than usual. */
    by: length.default(300_000),
  }),
  strike(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.metricsLate.set(fault, fault.by);
  },
  end(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.metricsLate.clear(fault);
  },
});
