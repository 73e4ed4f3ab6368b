import { allowCalls, refuseCalls, whichCalls } from './api-fault.ts';
import { defineFault } from './fault.ts';

/** A share of Paramedic's calls gets no answer until the caller gives up; half of those that write take effect all the same. */
export const apiTimeouts = defineFault({
  kind: 'api-timeouts',
  needsService: false,
  schema: whichCalls,
  strike: (scene, fault) => refuseCalls(scene, fault, 'timed-out'),
  end: allowCalls,
});
