import { allowCalls, refuseCalls, whichCalls } from './api-fault.ts';
import { defineFault } from './fault.ts';

/** AWS refuses a share of Paramedic's calls because too many are made; a repetition may get through. */
export const apiThrottled = defineFault({
  kind: 'api-throttled',
  needsService: false,
  schema: whichCalls,
  strike: (scene, fault) => refuseCalls(scene, fault, 'throttled'),
  end: allowCalls,
});
