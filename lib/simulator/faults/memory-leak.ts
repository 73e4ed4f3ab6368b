import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';
import { growth, share } from './fields.ts';

/**
 * Every task of the service loses memory steadily, a fresh one from 40 % on. Above 85 % it becomes slow, steeply; above
 * 95 % it fails requests too. It thrashes at 99 % rather than being killed, so that AWS does not heal it.
 */
export const memoryLeak = defineFault({
  kind: 'memory-leak',
  needsService: true,
  schema: z.strictObject({
    /** How fast memory is lost. */
    growth: growth.default(2),
    /** How much of it the running tasks have lost already when the fault begins; 40 % when not given. */
    from: share.optional(),
  }),
  strike(scene, fault) {
    const service = struckService(scene, fault);
    service.conditions.leak.set(fault, fault.growth);
    const { from } = fault;
    if (from !== undefined) for (const task of service.fleet.tasks) task.memory = Math.max(task.memory, 100 * from);
  },
  end(scene, fault) {
    struckService(scene, fault).conditions.leak.clear(fault);
  },
});
