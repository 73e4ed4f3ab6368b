import type { FiringAlarm } from '../../../lambdas/model/firing-alarm.ts';
import type { Alarms } from '../../../lambdas/ports/sweep.ts';
import type { Alarm } from '../world/alarm-watch.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';

/** DescribeAlarms and the mute rules, over the simulated account. */
export const simulatedAlarms = (world: World): Alarms => ({
  async firing(query) {
    await call(world);
    const asked = (name: string): boolean =>
      'prefix' in query ? name.startsWith(query.prefix) : query.names.includes(name);
    return [...alarmsIn(world).map(({ alarm }) => alarm), ...world.services.flatMap(({ ownAlarms }) => ownAlarms.all)]
      .filter(({ name, standing }) => standing.value === 'ALARM' && asked(name))
      .map(firingAlarm);
  },

  async muted(name) {
    await call(world);
    const known = alarmsIn(world).find(({ alarm }) => alarm.name === name);
    return known?.service.conditions.muted.newest ?? false;
  },
});

const alarmsIn = ({ services }: World) =>
  services.flatMap((service) => service.alarms.map((alarm) => ({ alarm, service })));

const firingAlarm = ({
  name,
  standing,
}: Pick<Alarm, 'name'> & { standing: Omit<Alarm['standing'], 'value'> }): FiringAlarm => ({
  name,
  since: standing.at,
  reason: standing.reason,
  reasonData: standing.reasonData,
  silenced: false,
});
