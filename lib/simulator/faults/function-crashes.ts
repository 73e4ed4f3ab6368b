import { z } from 'zod';
import { defineFault } from './fault.ts';
import { share } from './fields.ts';
import { functions } from './workflow-crash.ts';

/**
 * Processes of Paramedic's functions die at random: before or after any of their calls, so that also between an effect and the
 * memory of it.
 */
export const functionCrashes = defineFault({
  kind: 'function-crashes',
  needsService: false,
  schema: z.strictObject({
    /** One function alone; all when not given. */
    function: z.enum(functions).optional(),
    /** The share of calls, on either side of each, at which the process dies. */
    rate: share.default(0.02),
  }),
  strike: ({ mishaps }, fault) => mishaps.killAtRandom({ function: fault.function ?? null, rate: fault.rate }),
  end: ({ mishaps }) => mishaps.killAtRandom(null),
});
