import { z } from 'zod';
import { defineFault } from './fault.ts';
import { length } from './fields.ts';

/** A person answers every proposal of the service from then on, each after so long, though another may stand by then. Several may answer. */
export const approval = defineFault({
  kind: 'approval',
  needsService: true,
  schema: z.strictObject({
    answer: z.enum(['approve', 'reject']),
    /** How long after a proposal the answer comes. */
    after: length,
    by: z.string().min(1).default('ann'),
  }),
  strike({ mishaps }, fault) {
    const { service = '', answer, after, by } = fault;
    mishaps.answers(fault, { service, answer, after, by });
  },
  end({ mishaps }, fault) {
    mishaps.answers(fault, null);
  },
});
