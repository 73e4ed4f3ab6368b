import { alarmName } from '../names.ts';
import type { ServiceSettings } from '../settings.ts';
import type { AlarmSpec } from './alarm.ts';
import { alarmsOf } from './alarms.ts';
import type { Series } from './evaluate.ts';

/** What was measured of a service: per target group, and of the service itself. */
export type Measured = {
  readonly groups: readonly { readonly targetGroup: string; readonly series: Series }[];
  readonly service: Series;
};

/** One alarm as it exists in CloudWatch, with the series it looks at. */
export type WatchedAlarm = { readonly name: string; readonly spec: AlarmSpec; readonly series: Series };

/** Every alarm of the service beside its series; a target group nothing was measured of has an empty one. */
export function watchedAlarms(settings: ServiceSettings, measured: Measured): readonly WatchedAlarm[] {
  const { pipeline, id, resources } = settings;
  return alarmsOf(settings).flatMap((spec): WatchedAlarm[] => {
    if (spec.scope === 'service') return [{ name: alarmName(pipeline, id, spec.kind), spec, series: measured.service }];
    return resources.targetGroups.map((targetGroup, group) => ({
      name: alarmName(pipeline, id, spec.kind, group),
      spec,
      series: measured.groups.find((measuredGroup) => measuredGroup.targetGroup === targetGroup)?.series ?? {},
    }));
  });
}
