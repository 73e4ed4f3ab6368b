import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';
import { requests } from './fields.ts';

/** More requests come than the tasks can serve: latency climbs from 80 % of their capacity on, beyond it requests fail. */
export const overload = defineFault({
  kind: 'overload',
  needsService: true,
  schema: z.strictObject({
    /** All the traffic of the service while it lasts. */
    rate: requests,
  }),
  strike(scene, fault) {
    struckService(scene, fault).conditions.traffic.set(fault, fault.rate);
  },
  end(scene, fault) {
    struckService(scene, fault).conditions.traffic.clear(fault);
  },
});
