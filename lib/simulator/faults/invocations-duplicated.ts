import { z } from 'zod';
import { defineFault } from './fault.ts';
import { share } from './fields.ts';

/**
 * Lambda runs some of Paramedic's action functions twice for one order: an invocation comes at least once
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html).
 */
export const invocationsDuplicated = defineFault({
  kind: 'invocations-duplicated',
  needsService: false,
  schema: z.strictObject({
    /** The share of invocations that come twice. */
    rate: share.default(1),
  }),
  strike: ({ mishaps }, fault) => mishaps.invocationsTwice(fault.rate),
  end: ({ mishaps }) => mishaps.invocationsTwice(0),
});
