import { z } from 'zod';
import { defineFault, struckService } from './fault.ts';

/** One of the team's own alarms, which is listed under `signals:` of the service, changes its state; back to what it was at `until`. */
export const ownAlarm = defineFault({
  kind: 'own-alarm',
  needsService: true,
  schema: z.strictObject({
    alarm: z.string().min(1),
    state: z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA']).default('ALARM'),
  }),
  strike(scene, fault) {
    struckService(scene, fault).ownAlarms.set(fault, fault.alarm, fault.state);
  },
  end(scene, fault) {
    struckService(scene, fault).ownAlarms.clear(fault);
  },
});
