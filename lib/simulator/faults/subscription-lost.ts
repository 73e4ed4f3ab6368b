import { z } from 'zod';
import { defineFault, struckServices } from './fault.ts';

/** Everybody unsubscribes from the messages of the service, or of all: nobody would be told. */
export const subscriptionLost = defineFault({
  kind: 'subscription-lost',
  needsService: false,
  schema: z.strictObject({}),
  strike(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.listeners.set(fault, 0);
  },
  end(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.listeners.clear(fault);
  },
});
