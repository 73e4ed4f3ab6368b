import { z } from 'zod';
import { defineFault } from './fault.ts';
import { victims } from './fields.ts';
import { afflictTasks, relieve } from './task-fault.ts';

/**
 * Some tasks take requests and never answer them: no status, no connection error, no log line, no latency. The requests
 * count at the load balancer as they arrive; health checks stay green. Ends with the task.
 */
export const hungTask = defineFault({
  kind: 'hung-task',
  needsService: true,
  schema: z.strictObject({
    /** How many tasks, or `all`. */
    tasks: victims.default(1),
  }),
  strike: (scene, fault) => afflictTasks(scene, fault, { hung: true }),
  end: relieve,
});
