import { z } from 'zod';
import { defineFault } from './fault.ts';
import { length } from './fields.ts';
import { functions } from './workflow-crash.ts';

/**
 * Lambda is short of concurrency: Paramedic's functions begin late, so that what was so when they were called need not be so any
 * more (https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html).
 */
export const invocationsDelayed = defineFault({
  kind: 'invocations-delayed',
  needsService: false,
  schema: z.strictObject({
    /** One function alone; all when not given. */
    function: z.enum(functions).optional(),
    /** How late at most; each as late as chance has it. */
    by: length.default(60_000),
  }),
  strike: ({ mishaps }, fault) => mishaps.invocationsLate({ function: fault.function ?? null, by: fault.by }),
  end: ({ mishaps }) => mishaps.invocationsLate(null),
});
