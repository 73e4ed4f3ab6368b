import { z } from 'zod';
import { defineFault } from './fault.ts';
import { factor, whichTasks } from './fields.ts';
import { afflictTasks, relieve } from './task-fault.ts';

/** Some tasks take several times as long for every request; their health checks stay green. Ends with the task. */
export const slowTask = defineFault({
  kind: 'slow-task',
  needsService: true,
  schema: z.strictObject({
    ...whichTasks,
    /** How many times longer their requests take. */
    factor: factor.default(10),
  }),
  strike: (scene, fault) => afflictTasks(scene, fault, { factor: fault.factor }),
  end: relieve,
});
