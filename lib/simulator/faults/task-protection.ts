import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';
import { victims, whichTasks } from './fields.ts';

/** The first so many tasks in service protect themselves from being stopped: they are in the middle of something. */
export const taskProtection = defineFault({
  kind: 'task-protection',
  needsService: true,
  schema: z.strictObject({ ...whichTasks, tasks: victims.default('all') }),
  strike(scene, fault) {
    const service = struckService(scene, fault);
    const tasks = new Set(service.victims(fault));
    service.conditions.protects.set(fault, { tasks, since: scene.world.clock.now() });
  },
  end(scene, fault) {
    struckService(scene, fault).conditions.protects.clear(fault);
  },
});
