import { z } from 'zod';
import { defineFault } from './fault.ts';
import { share, whichTasks } from './fields.ts';
import { afflictTasks, relieve } from './task-fault.ts';

/** Some tasks answer a share of their requests with 500; their health checks stay green. Ends with the task. */
export const errorTask = defineFault({
  kind: 'error-task',
  needsService: true,
  schema: z.strictObject({
    ...whichTasks,
    /** Share of their requests that fails. */
    rate: share.default(0.5),
  }),
  strike: (scene, fault) => afflictTasks(scene, fault, { errorRate: fault.rate }),
  end: relieve,
});
