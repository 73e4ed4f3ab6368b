import { z } from 'zod';
import { defineFault } from './fault.ts';
import { factor } from './fields.ts';
import { afflictAll, relieve } from './task-fault.ts';

/** Something that every task needs is slow: every task takes several times as long, new tasks too. */
export const dependencySlow = defineFault({
  kind: 'dependency-slow',
  needsService: true,
  schema: z.strictObject({
    /** How many times longer requests take. */
    factor: factor.default(10),
  }),
  strike: (scene, fault) => afflictAll(scene, fault, { factor: fault.factor }),
  end: relieve,
});
