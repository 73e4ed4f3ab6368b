import { z } from 'zod';
import { defineFault } from './fault.ts';
import { share } from './fields.ts';
import { afflictAll, relieve } from './task-fault.ts';

/** Something that every task needs is down: nearly all requests of every task fail with 500, new tasks' too. */
export const dependencyDown = defineFault({
  kind: 'dependency-down',
  needsService: true,
  schema: z.strictObject({
    /** Share of requests that need it. */
    rate: share.default(0.95),
  }),
  strike: (scene, fault) => afflictAll(scene, fault, { errorRate: fault.rate }),
  end: relieve,
});
