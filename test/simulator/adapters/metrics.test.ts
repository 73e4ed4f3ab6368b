import { metricMinute } from '../../../lambdas/contract/time.ts';
import { simulatedSettings } from '../../../lib/config/settings.ts';
import { simulatedMetrics } from '../../../lib/simulator/adapters/metrics.ts';
import { VirtualClock } from '../../../lib/simulator/clock.ts';
import { Random } from '../../../lib/simulator/random.ts';
import type { Datapoints } from '../../../lib/simulator/world/metric-store.ts';
import { World } from '../../../lib/simulator/world/world.ts';
import { describeMetrics, hour, type PublishedMinute } from '../../contract/metrics-contract.ts';
import { specOf } from '../world/play.ts';

/** Datapoints come so long after the end of their minute, in ms. */
const arrivesAfter = 60_000;
/** Before anything a test publishes. */
const early = hour - 30 * metricMinute;

describeMetrics('simulated', async ({ groups, dedicatedLoadBalancer, containerInsights }) => {
  const clock = new VirtualClock(early);
  const settings = simulatedSettings('checkout', {}, { latencyThreshold: 0.4, targetGroups: groups });
  const resources = { ...settings.resources, dedicatedLoadBalancer, containerInsights };
  // Nobody starts it: what it shows is what a test publishes, and the past.
  const world = new World(clock, new Random(1), [specOf('checkout', { settings: { ...settings, resources } })]);
  const store = world.service('checkout').metrics;
  const add = ({ start, groups: points, service = {} }: PublishedMinute): void => {
    const end = start + metricMinute;
    const isHole = points.length === 0;
    store.add({ end, arrives: isHole ? null : end + arrivesAfter, groups: points as readonly Datapoints[], service });
  };
  return {
    resources,
    async publish(minutes) {
      for (const minute of withHoles(minutes)) add(minute);
    },
    async recent(minutes, at) {
      await clock.runUntil(at);
      const [symptoms] = await Promise.all([
        simulatedMetrics(world).recent({ ...settings, resources }, minutes),
        clock.runUntil(at + 1000),
      ]);
      return symptoms;
    },
  };
});

/** The store has every minute there is; of one in which nothing was published nothing ever arrives. */
function withHoles(minutes: readonly PublishedMinute[]): readonly PublishedMinute[] {
  const [first] = minutes;
  if (first === undefined) return [];
  return Array.from({ length: 10 }, (_, index): PublishedMinute => {
    const start = first.start + index * metricMinute;
    return minutes.find((minute) => minute.start === start) ?? { start, groups: [] };
  });
}
