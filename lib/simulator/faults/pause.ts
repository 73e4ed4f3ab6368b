import { z } from 'zod';
import { defineFault } from './fault.ts';

/** A person pauses Paramedic, for the named service or for all, and resumes it at `until`. */
export const pause = defineFault({
  kind: 'pause',
  needsService: false,
  schema: z.strictObject({
    /** Who paused it, and why. */
    by: z.string().min(1).default('ann'),
    why: z.string().min(1).default('maintenance'),
  }),
  strike({ mishaps }, { service = null, by, why }) {
    mishaps.pause({ service, by, why, until: null });
  },
  end({ mishaps }, { service = null }) {
    mishaps.resume(service);
  },
});
