import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';
import { revision } from './fields.ts';

/**
 * Somebody pushes another image under the tag of a revision: tasks of its task definition that a new deployment starts
 * run that image. Running deployments keep theirs.
 */
export const imageMoved = defineFault({
  kind: 'image-moved',
  needsService: true,
  schema: z.strictObject({
    revision,
    /** The revision whose image the tag names now; one never seen when not given. */
    to: revision.optional(),
  }),
  strike(scene, fault) {
    const service = struckService(scene, fault);
    const unseen = `sha256:${scene.world.random.fork(`image pushed over ${fault.revision} of ${service.id}`).hex(64)}`;
    const digest = fault.to === undefined ? unseen : service.releases.of({ id: fault.to, pinned: false }).digest;
    service.releases.moveTag(service.releases.of({ id: fault.revision, pinned: false }), digest);
  },
});
