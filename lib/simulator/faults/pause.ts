import { z } from 'zod';
import { atOnceOrBefore, defineFault } from './fault.ts';
import { before } from './fields.ts';

/** A person pauses Paramedic, for the named service or for all, and resumes it at `until`. */
export const pause = defineFault({
  kind: 'pause',
  needsService: false,
  schema: z.strictObject({
    /** Who paused it, and why. */
    by: z.string().min(1).default('ann'),
    why: z.string().min(1).default('maintenance'),
    before,
  }),
  strike(scene, { service = null, by, why, before }) {
    atOnceOrBefore(scene, before, () => scene.mishaps.pause({ service, by, why, until: null }));
  },
  end({ mishaps }, { service = null }) {
    mishaps.resume(service);
  },
});
