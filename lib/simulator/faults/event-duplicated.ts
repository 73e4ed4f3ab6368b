import { afflictEvents, relieveEvents, whichEvents } from './event-fault.ts';
import { defineFault } from './fault.ts';

/** EventBridge delivers the next alarm event twice or, with `until`, every one up to then. */
export const eventDuplicated = defineFault({
  kind: 'event-duplicated',
  needsService: false,
  schema: whichEvents,
  strike: (scene, fault) => afflictEvents(scene, fault, 'duplicated'),
  end: relieveEvents,
});
