import { z } from 'zod';
import { defineFault, struckServices } from './fault.ts';
import { length } from './fields.ts';

/** Log lines become visible later than usual; nothing says that they are missing. */
export const logsDelayed = defineFault({
  kind: 'logs-delayed',
  needsService: false,
  schema: z.strictObject({
    /** How much later than usual. */
    by: length.default(300_000),
  }),
  strike(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.logsLate.set(fault, fault.by);
  },
  end(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.logsLate.clear(fault);
  },
});
