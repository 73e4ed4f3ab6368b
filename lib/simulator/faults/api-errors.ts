import { allowCalls, refuseCalls, whichCalls } from './api-fault.ts';
import { defineFault } from './fault.ts';

/** A share of Paramedic's calls to AWS fails with an internal error. */
export const apiErrors = defineFault({
  kind: 'api-errors',
  needsService: false,
  schema: whichCalls,
  strike: (scene, fault) => refuseCalls(scene, fault, 'failed'),
  end: allowCalls,
});
