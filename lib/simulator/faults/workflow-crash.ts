import { z } from 'zod';
import type { ActionKind } from '../../../lambdas/contract/names.ts';
import { grants } from '../../../lambdas/contract/permissions.ts';
import { defineFault } from './fault.ts';

/** The functions that can die. */
export const functions = ['on-signal', 'recover', ...(Object.keys(grants) as ActionKind[])] as const;

const aStep = 'a number from 1 on, or the name of a step';

/**
 * The process of one of Paramedic's functions dies, once, at its next passing of a step. `after` lies between the effect
 * of the step and the memory of it.
 */
export const workflowCrash = defineFault({
  kind: 'workflow-crash',
  needsService: false,
  schema: z.strictObject({
    function: z.enum(functions),
    /** The n-th step from 1 on, or the name of one. */
    step: z.union([z.int().min(1, { error: aStep }), z.string().min(1, { error: aStep })], { error: aStep }),
    when: z.enum(['before', 'after']).default('before'),
  }),
  strike({ mishaps }, fault) {
    mishaps.killAt({ function: fault.function, step: fault.step, when: fault.when });
  },
});
