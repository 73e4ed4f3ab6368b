import { z } from 'zod';
import { defineFault } from './fault.ts';

/** Whether Paramedic is paused cannot be read. */
export const pauseUnreadable = defineFault({
  kind: 'pause-unreadable',
  needsService: false,
  schema: z.strictObject({}),
  strike: ({ mishaps }) => mishaps.pauseUnreadable(true),
  end: ({ mishaps }) => mishaps.pauseUnreadable(false),
});
