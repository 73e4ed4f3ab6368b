import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';
import { victims } from './fields.ts';

/**
 * The containers of some tasks exit by themselves. The load balancer goes on sending requests for 2 to 3 seconds, until
 * ECS has deregistered the targets; ECS then starts other tasks.
 */
export const crashTask = defineFault({
  kind: 'crash-task',
  needsService: true,
  schema: z.strictObject({
    /** How many tasks crash, or `all`. */
    tasks: victims.default(1),
  }),
  strike(scene, fault) {
    const service = struckService(scene, fault);
    for (const task of service.victims(fault.tasks)) service.fleet.crash(task);
  },
});
