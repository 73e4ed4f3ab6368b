import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { ServiceSeries } from './result.ts';

type TrueMinute = {
  readonly requests: number;
  readonly failed: number;
  readonly latency: number | null;
  readonly healthy: number;
};

/** At most this many digits, so that a result stays readable. */
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** One service's true traffic as columns, a value per minute. */
export function seriesOf(service: {
  readonly id: string;
  readonly desired: number;
  readonly settings: ServiceSettings;
  readonly minutes: readonly TrueMinute[];
}): ServiceSeries {
  const { id, desired, settings, minutes } = service;
  const { alarms, latencyPercentile } = settings;
  return {
    service: id,
    desired,
    percentile: latencyPercentile,
    thresholds: { latency: alarms.latency?.threshold ?? null, errors: alarms.errors?.threshold ?? null },
    requests: minutes.map(({ requests }) => requests),
    errorPercent: minutes.map(({ requests, failed }) => (requests > 0 ? rounded((100 * failed) / requests, 2) : null)),
    latency: minutes.map(({ latency }) => (latency === null ? null : rounded(latency, 4))),
    healthyTargets: minutes.map(({ healthy }) => healthy),
  };
}
