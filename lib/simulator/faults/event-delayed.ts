import { afflictEvents, relieveEvents, whichEvents } from './event-fault.ts';
import { defineFault } from './fault.ts';
import { length } from './fields.ts';

/** EventBridge delivers the next alarm event late or, with `until`, every one up to then. */
export const eventDelayed = defineFault({
  kind: 'event-delayed',
  needsService: false,
  schema: whichEvents.extend({
    /** How late it comes. */
    by: length.default(120_000),
  }),
  strike: (scene, fault) => afflictEvents(scene, fault, 'late', fault.by),
  end: relieveEvents,
});
