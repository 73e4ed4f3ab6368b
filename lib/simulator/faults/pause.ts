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
    /** Not at once, but right before a function makes that call, such as `ledger.claim`. */
    before: z.string().min(1).optional(),
  }),
  strike({ mishaps }, { service = null, by, why, before }) {
    mishaps.pause({ service, by, why, until: null, ...(before === undefined ? {} : { before }) });
  },
  end({ mishaps }, { service = null }) {
    mishaps.resume(service);
  },
});
