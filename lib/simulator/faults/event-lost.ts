import { afflictEvents, relieveEvents, whichEvents } from './event-fault.ts';
import { defineFault } from './fault.ts';

/** EventBridge loses the next alarm event or, with `until`, every one up to then. */
export const eventLost = defineFault({
  kind: 'event-lost',
  needsService: false,
  schema: whichEvents,
  strike: (scene, fault) => afflictEvents(scene, fault, 'lost'),
  end: relieveEvents,
});
