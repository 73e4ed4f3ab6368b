import { z } from 'zod';
import { defineFault } from './fault.ts';
import { whichTasks } from './fields.ts';
import { afflictTasks, relieve } from './task-fault.ts';

/**
 * Some tasks take requests and never answer them: no status, no connection error, no log line, no latency. The requests
 * count at the load balancer as they arrive; health checks stay green. Ends with the task.
 */
export const hungTask = defineFault({
  kind: 'hung-task',
  needsService: true,
  schema: z.strictObject({
    ...whichTasks,
  }),
  strike: (scene, fault) => afflictTasks(scene, fault, { hung: true }),
  end: relieve,
});
