import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';
import { length, revision } from './fields.ts';

/** A good release comes in: ECS rolls it out and nothing is wrong with it. */
export const deployment = defineFault({
  kind: 'deployment',
  needsService: true,
  schema: z.strictObject({
    revision,
    /** The task definition names its image by digest instead of by tag. */
    pinned: z.boolean().default(false),
    /** How long each new task takes from start to first healthy check; the service's `startup` when not given. */
    pace: length.optional(),
  }),
  strike(scene, fault) {
    struckService(scene, fault).deploy({ id: fault.revision, pinned: fault.pinned }, fault.pace);
  },
});
