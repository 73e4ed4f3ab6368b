import { z } from 'zod';
import { atOnceOrBefore, defineFault } from './fault.ts';
import { before } from './fields.ts';

/** A person has taken back what was done in the service's newest incident, whether it is over or not. */
export const undo = defineFault({
  kind: 'undo',
  needsService: true,
  schema: z.strictObject({ before }),
  strike(scene, { service = '', before }) {
    atOnceOrBefore(scene, before, () => scene.mishaps.undo(service));
  },
});
