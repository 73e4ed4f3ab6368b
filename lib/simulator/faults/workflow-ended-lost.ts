import { z } from 'zod';
import { defineFault } from './fault.ts';

/** EventBridge loses the event that a workflow has ended before its time, up to `until`. */
export const workflowEndedLost = defineFault({
  kind: 'workflow-ended-lost',
  needsService: false,
  schema: z.strictObject({}),
  strike: ({ mishaps }) => mishaps.endsUnheard(true),
  end: ({ mishaps }) => mishaps.endsUnheard(false),
});
