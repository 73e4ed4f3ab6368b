import { z } from 'zod';
import type { Task } from '../world/task.ts';
import { defineFault, struckService } from './fault.ts';
import { whichTasks } from './fields.ts';

/** Whom each of them has struck. */
const struck = new WeakMap<object, readonly Task[]>();

/**
 * Some tasks fail their health checks: the load balancer sends them nothing more, and ECS replaces them, the replacement
 * first where there is room for it. Those that are still there when it ends pass them again.
 */
export const unhealthyTask = defineFault({
  kind: 'unhealthy-task',
  needsService: true,
  schema: z.strictObject({
    ...whichTasks,
  }),
  strike(scene, fault) {
    const service = struckService(scene, fault);
    const tasks = service.victims(fault);
    for (const task of tasks) {
      task.failsHealthCheck = true;
      service.conditions.struck.add(task);
    }
    struck.set(fault, tasks);
  },
  end(_scene, fault) {
    for (const task of struck.get(fault) ?? []) task.failsHealthCheck = false;
  },
});
