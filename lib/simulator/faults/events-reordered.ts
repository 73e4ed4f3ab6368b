import { afflictEvents, relieveEvents, whichEvents } from './event-fault.ts';
import { defineFault } from './fault.ts';

/**
 * EventBridge delivers the next alarm event only after the one that follows it, at the latest five minutes on. With
 * `until` it holds back every one that fits up to then, and the first that does not fit overtakes them.
 */
export const eventsReordered = defineFault({
  kind: 'events-reordered',
  needsService: false,
  schema: whichEvents,
  strike: (scene, fault) => afflictEvents(scene, fault, 'overtaken'),
  end: relieveEvents,
});
