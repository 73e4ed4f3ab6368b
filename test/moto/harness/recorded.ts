import type { Asked } from './asked.ts';

/**
 * Who answered: moto; moto, with something added or changed by a gap of the harness; the gap alone; or a fault.
 */
export type AnsweredBy = 'moto' | 'amended' | 'gap' | 'fault';

/** A request, and what became of it. */
export type Recorded = Asked & { readonly answeredBy: AnsweredBy; readonly status: number };

/** Every request of every account of this process, in order. */
export const recorded: Recorded[] = [];

/** Why the harness answered for an operation in moto's stead. */
export const reasons = new Map<string, string>();
