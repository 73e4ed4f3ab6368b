import { z } from 'zod';
import { atOnceOrBefore, defineFault, struckService } from './fault.ts';
import { before, victims } from './fields.ts';

/** A person stops tasks by hand, without draining them; ECS starts others. */
export const taskStopped = defineFault({
  kind: 'task-stopped',
  needsService: true,
  schema: z.strictObject({
    /** How many tasks, or `all`. */
    tasks: victims.default(1),
    before,
  }),
  strike(scene, fault) {
    const service = struckService(scene, fault);
    atOnceOrBefore(scene, fault.before, () => {
      for (const task of service.victims(fault.tasks)) service.fleet.stop(task, 'Stopped by a person.');
    });
  },
});
