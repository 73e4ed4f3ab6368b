import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';

/** CloudFormation changes the service's stack, though not the service itself, until it is done. */
export const stackUpdate = defineFault({
  kind: 'stack-update',
  needsService: true,
  schema: z.strictObject({
    /** What CloudFormation says of the stack meanwhile. */
    status: z
      .string()
      .regex(/_IN_PROGRESS$/, { error: 'a status such as UPDATE_IN_PROGRESS' })
      .default('UPDATE_IN_PROGRESS'),
  }),
  strike(scene, fault) {
    struckService(scene, fault).conditions.stack.set(fault, fault.status);
  },
  end(scene, fault) {
    struckService(scene, fault).conditions.stack.clear(fault);
  },
});
