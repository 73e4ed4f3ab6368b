import { z } from 'zod';
import { defineFault } from './fault.ts';

/** A person stops the workflow of the service's open incident by hand; what it has called goes on. */
export const workflowStopped = defineFault({
  kind: 'workflow-stopped',
  needsService: true,
  schema: z.strictObject({}),
  strike({ mishaps }, { service = '' }) {
    mishaps.stopWorkflow(service);
  },
});
