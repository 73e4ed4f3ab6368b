import { z } from 'zod';
import { atOnceOrBefore, defineFault, struckService } from './fault.ts';
import { before, length, revision } from './fields.ts';

/** A good release comes in: ECS rolls it out and nothing is wrong with it. */
export const deployment = defineFault({
  kind: 'deployment',
  needsService: true,
  schema: z.strictObject({
    revision,
    /** The task definition names its image by digest instead of by tag. */
    pinned: z.boolean().default(false),
    /** Its image is that of the release before it: only its configuration is new. */
    sameImages: z.boolean().default(false),
    /** How long each new task takes from start to first healthy check; the service's `startup` when not given. */
    pace: length.optional(),
    before,
  }),
  strike(scene, fault) {
    const { revision: id, pinned, sameImages, pace } = fault;
    atOnceOrBefore(scene, fault.before, () => struckService(scene, fault).deploy({ id, pinned, sameImages }, pace));
  },
});
