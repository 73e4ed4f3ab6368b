import { z } from 'zod';
import { atOnceOrBefore, defineFault, struckService } from './fault.ts';
import { before, whichTasks } from './fields.ts';

/** A person stops tasks by hand, without draining them; ECS starts others. */
export const taskStopped = defineFault({
  kind: 'task-stopped',
  needsService: true,
  schema: z.strictObject({
    ...whichTasks,
    before,
  }),
  strike(scene, fault) {
    const service = struckService(scene, fault);
    atOnceOrBefore(scene, fault.before, () => {
      for (const task of service.victims(fault)) service.fleet.stop(task, 'Stopped by a person.');
    });
  },
});
