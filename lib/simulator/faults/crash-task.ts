import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';
import { whichTasks } from './fields.ts';

/**
 * The containers of some tasks exit by themselves. The load balancer goes on sending requests for 2 to 3 seconds, until
 * ECS has deregistered the targets; ECS then starts other tasks.
 */
export const crashTask = defineFault({
  kind: 'crash-task',
  needsService: true,
  schema: z.strictObject({
    ...whichTasks,
  }),
  strike(scene, fault) {
    const service = struckService(scene, fault);
    for (const task of service.victims(fault)) service.fleet.crash(task);
  },
});
