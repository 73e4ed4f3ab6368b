import { z } from 'zod';
import type { Scene, Struck } from './fault.ts';
import { share } from './fields.ts';

/** Which API calls a fault of the APIs hits. */
export const whichCalls = z.strictObject({
  /** Only calls of this port, such as `targets` or `change`; all when not given. */
  operations: z.string().min(1).optional(),
  /** Share of these calls. */
  rate: share.default(0.5),
});

export const refuseCalls = (
  { mishaps }: Scene,
  fault: z.output<typeof whichCalls>,
  kind: 'throttled' | 'failed' | 'timed-out',
): void => mishaps.apiFault(fault, { kind, operations: fault.operations ?? null, rate: fault.rate });

export const allowCalls = ({ mishaps }: Scene, fault: Struck): void => mishaps.apiFault(fault, null);
