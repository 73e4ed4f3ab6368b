import { z } from 'zod';
import type { Mishap } from '../world/event-bus.ts';
import type { Scene, Struck } from './fault.ts';

/** Which events a fault of the event bus hits. */
export const whichEvents = z.strictObject({
  /** Only events of alarms that go to this state. */
  state: z.enum(['ALARM', 'OK']).optional(),
});

type OnEvents = Struck & z.output<typeof whichEvents>;

/** Hits the next event that fits, or, with `until`, every one up to then. */
export const afflictEvents = ({ world }: Scene, fault: OnEvents, what: Mishap['what'], by = 0): void =>
  world.bus.afflict(fault, {
    what,
    by,
    service: fault.service ?? null,
    state: fault.state ?? null,
    once: fault.until === undefined,
  });

export const relieveEvents = ({ world }: Scene, fault: Struck): void => world.bus.relieve(fault);
