import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';
import { victims } from './fields.ts';

/**
 * Some tasks fail their health checks: the load balancer sends them nothing more, and ECS replaces them, the replacement
 * first where there is room for it.
 */
export const unhealthyTask = defineFault({
  kind: 'unhealthy-task',
  needsService: true,
  schema: z.strictObject({
    /** How many tasks, or `all`. */
    tasks: victims.default(1),
  }),
  strike(scene, fault) {
    for (const task of struckService(scene, fault).victims(fault.tasks)) task.failsHealthCheck = true;
  },
});
