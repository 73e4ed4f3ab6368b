import { z } from 'zod';
import { atOnceOrBefore, defineFault } from './fault.ts';
import { before } from './fields.ts';

/** A person stops the workflow of the service's open incident by hand; what it has called goes on. */
export const workflowStopped = defineFault({
  kind: 'workflow-stopped',
  needsService: true,
  schema: z.strictObject({ before }),
  strike(scene, { service = '', before }) {
    atOnceOrBefore(scene, before, () => scene.mishaps.stopWorkflow(service));
  },
});
