import type { AddressedAlarm, FiringAlarm } from '../../../lambdas/model/firing-alarm.ts';
import { minutes, now } from '../build.ts';

/** An alarm that has fired for so many minutes. */
export const firing = (name: string, change: Partial<FiringAlarm> = {}): FiringAlarm => ({
  name,
  since: now - minutes(5),
  reason: 'Threshold Crossed',
  reasonData: null,
  silenced: false,
  ...change,
});

export const errorsAlarm = 'paramedic/test/checkout/errors';

export const toCheckout = (change: Partial<FiringAlarm> = {}): AddressedAlarm => ({
  alarm: firing(errorsAlarm, change),
  service: 'checkout',
  kind: null,
});
