import { alarmName } from '../names.ts';
import type { ServiceSettings } from '../settings.ts';
import { acrossGroups } from './across-groups.ts';
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

/** The alarms of one definition, in the order of their names: the target groups that each of them looks at. */
export function groupsOfAlarms<T>(
  { scope }: Pick<AlarmSpec, 'scope'>,
  groups: readonly T[],
): readonly (readonly T[])[] {
  switch (scope) {
    case 'target-group':
      return groups.map((group) => [group]);
    case 'all-groups':
      return [groups];
    case 'service':
      return [[]];
  }
}

/** What an alarm looks at: its target groups as one, or the service itself. */
export const seriesOf = ({ scope }: Pick<AlarmSpec, 'scope'>, groups: readonly Series[], service: Series): Series =>
  scope === 'service' ? service : acrossGroups(groups);

/** Every alarm of the service beside its series; a target group nothing was measured of has an empty one. */
export function watchedAlarms(settings: ServiceSettings, measured: Measured): readonly WatchedAlarm[] {
  const { pipeline, id, resources } = settings;
  const measuredOf = (targetGroup: string): Series =>
    measured.groups.find((group) => group.targetGroup === targetGroup)?.series ?? {};
  return alarmsOf(settings).flatMap((spec) =>
    groupsOfAlarms(spec, resources.targetGroups).map((groups, index) => ({
      name: alarmName(pipeline, id, spec.kind, index),
      spec,
      series: seriesOf(spec, groups.map(measuredOf), measured.service),
    })),
  );
}
