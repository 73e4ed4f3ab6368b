import { metricNames } from '../../../lambdas/contract/alarms/alarm.ts';
import type { Series } from '../../../lambdas/contract/alarms/evaluate.ts';
import { isPublished, type MetricSource, metrics } from '../../../lambdas/contract/alarms/metrics.ts';
import type { ServiceResources } from '../../../lambdas/contract/settings.ts';
import type { Metrics } from '../../../lambdas/ports/sight.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';

/** GetMetricData over the simulated account: whole minutes, as late as they come. */
export const simulatedMetrics = (world: World): Metrics => ({
  async recent({ id, resources }, minutes) {
    await call(world);
    const window = world.service(id).metrics.window(minutes, world.clock.now());
    return {
      until: window.until,
      minutes: window.minutes,
      groups: window.groups.map((series, group) => ({
        targetGroup: resources.targetGroups[group] ?? '',
        series: asked(series, resources, (dimensions) => dimensions !== 'service'),
      })),
      service: asked(window.service, resources, (dimensions) => dimensions === 'service'),
    };
  },
});

/** Only what CloudWatch is asked for: a load balancer's own errors are nobody's evidence where services share it. */
const asked = (
  series: Series,
  resources: ServiceResources,
  has: (dimensions: MetricSource['dimensions']) => boolean,
): Series =>
  Object.fromEntries(
    metricNames
      .filter((name) => has(metrics[name].dimensions) && isPublished(metrics[name], resources))
      .map((name) => [name, series[name] ?? []]),
  );
