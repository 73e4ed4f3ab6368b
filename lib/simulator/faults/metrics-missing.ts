import { z } from 'zod';
import { defineFault, struckServices } from './fault.ts';

/** CloudWatch loses metrics: datapoints of minutes that end while it lasts never come. */
export const metricsMissing = defineFault({
  kind: 'metrics-missing',
  needsService: false,
  schema: z.strictObject({}),
  strike(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.metricsMissing.set(fault, true);
  },
  end(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.metricsMissing.clear(fault);
  },
});
