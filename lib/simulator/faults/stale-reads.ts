import { z } from 'zod';
import { defineFault } from './fault.ts';
import { length } from './fields.ts';

/**
 * AWS answers reads of tasks, deployments and targets as they were up to some seconds ago: its APIs are eventually consistent
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html).
 */
export const staleReads = defineFault({
  kind: 'stale-reads',
  needsService: false,
  schema: z.strictObject({
    /** How old an answer may be; each is as old as chance has it. */
    by: length.default(5_000),
  }),
  strike: ({ mishaps }, fault) => mishaps.staleReads(fault.by),
  end: ({ mishaps }) => mishaps.staleReads(null),
});
