import { z } from 'zod';
import { defineFault, struckServices } from './fault.ts';

/**
 * A mute rule holds back the actions of the service's alarms until it ends. The alarms go on changing their states, and the
 * events of that say that they are muted; when the mute ends, no event tells of it.
 */
export const alarmMuted = defineFault({
  kind: 'alarm-muted',
  needsService: true,
  schema: z.strictObject({}),
  strike(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.muted.set(fault, true);
  },
  end(scene, fault) {
    for (const { conditions } of struckServices(scene, fault)) conditions.muted.clear(fault);
  },
});
