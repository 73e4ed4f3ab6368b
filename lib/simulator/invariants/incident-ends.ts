import { inMillis } from '../../../lambdas/contract/time.ts';
import type { Invariant } from './invariant.ts';

/** What one lap, its repetitions, and a workflow's death with its hand-over may add, in ms. */
const slack = 300_000;

/** Every incident is recovered or handed over within its time. */
export const incidentEnds: Invariant = {
  name: 'incident-ends',

  broken: ({ incidents, world, endedAt }) =>
    incidents.flatMap(({ incident, entries }) => {
      const timing = world.services.find(({ id }) => id === incident.service)?.spec.settings.timing;
      const longest = timing ? inMillis(timing.incidentWithin) + inMillis(timing.patience) + slack : slack;
      const end = entries.find(({ kind }) => kind === 'RecoveryConfirmed' || kind === 'HandedOver');
      const lasted = (end?.at ?? endedAt) - incident.openedAt;
      if (lasted <= longest) return [];
      const how = end === undefined ? 'is still open' : 'was open for';
      const says = `The incident ${incident.id} of ${incident.service} ${how} ${end === undefined ? 'after ' : ''}${Math.round(lasted / 60_000)} minutes.`;
      return [{ at: end?.at ?? endedAt, says }];
    }),
};
