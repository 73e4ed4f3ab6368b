import type { Asked } from './asked.ts';

/** A request, what was answered, and by whom: moto, a gap that the harness fills, or a fault. */
export type Recorded = Asked & { readonly answeredBy: 'moto' | 'gap' | 'fault'; readonly status: number };

/** Every request of every account of this process, in order. */
export const recorded: Recorded[] = [];

/** Why the harness answered for an operation in moto's stead. */
export const reasons = new Map<string, string>();
