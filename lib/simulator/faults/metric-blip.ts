import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';

/** One datapoint of the service's metrics is bad, that of the minute in which it strikes; the true traffic is fine. */
export const metricBlip = defineFault({
  kind: 'metric-blip',
  needsService: true,
  schema: z.strictObject({
    /** Which metric: the response time (three times its threshold) or the 5xx count (a quarter of the requests). */
    metric: z.enum(['latency', 'errors']).default('latency'),
  }),
  strike(scene, fault) {
    struckService(scene, fault).conditions.blips.push(fault.metric);
  },
});
