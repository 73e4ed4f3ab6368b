import type { Random } from '../random.ts';
import { shareOf } from './latency.ts';
import type { Datapoints } from './metric-store.ts';
import type { ServiceSpec } from './service-spec.ts';
import type { Tally } from './tally.ts';
import type { Task } from './task.ts';

/** Load balancers publish no zeros (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html). */
const unlessZero = (count: number): number | null => (count === 0 ? null : count);

/** The target group's metrics of a minute. What the whole load balancer answered by itself is added by its owner. */
export const groupDatapoints = (tally: Tally, percentile: string): Datapoints => ({
  requests: unlessZero(tally.requests),
  target2xx: unlessZero(Math.max(0, tally.answered - tally.errors - tally.cut)),
  target5xx: unlessZero(tally.errors),
  connectionErrors: unlessZero(tally.connectionErrors),
  latency: tally.latencies.percentile(shareOf(percentile)),
  healthyHosts: tally.fewestHealthy,
  unhealthyHosts: tally.mostUnhealthy,
});

/** ECS's metrics of a minute: averages over the running tasks, and counts where Container Insights is on. */
export function serviceDatapoints(
  spec: ServiceSpec,
  desired: number,
  tasks: readonly Task[],
  requestsPerSecond: number,
  random: Random,
): Datapoints {
  const running = tasks.filter((task) => task.status === 'running');
  const noise = 1 + 0.01 * random.normal();
  const counts = { running: running.length, desired };
  const insights = spec.settings.resources.containerInsights ? counts : {};
  if (running.length === 0) return insights;
  const memory = running.reduce((sum, task) => sum + task.memory, 0) / running.length;
  const load = requestsPerSecond / (running.length * spec.capacityPerTask);
  return { ...insights, memory: Math.min(100, memory * noise), cpu: Math.min(100, (5 + 85 * load) * noise) };
}

/** A minute before the start, when nothing was wrong and the service's percentile was `typical`. */
export function pastDatapoints(spec: ServiceSpec, typical: number, random: Random): Datapoints {
  const groups = spec.settings.resources.targetGroups.length;
  const requests = random.poisson((60 * (spec.traffic[0]?.rate ?? 0)) / groups);
  const errors = random.binomial(requests, spec.errorRate);
  return {
    requests: unlessZero(requests),
    target2xx: unlessZero(requests - errors),
    target5xx: unlessZero(errors),
    latency: requests === 0 ? null : typical * (1 + 0.03 * random.normal()),
    healthyHosts: spec.tasks,
    unhealthyHosts: 0,
  };
}

/** Makes one datapoint of a fine minute a bad one. */
export function withBlip(points: Datapoints, what: 'latency' | 'errors', spec: ServiceSpec): Datapoints {
  if (what === 'latency')
    return { ...points, latency: 3 * (spec.settings.alarms.latency?.threshold ?? spec.latency.p99) };
  const requests = points.requests ?? 0;
  const errors = Math.ceil(requests / 4);
  return { ...points, target5xx: unlessZero(errors), target2xx: unlessZero(requests - errors) };
}
