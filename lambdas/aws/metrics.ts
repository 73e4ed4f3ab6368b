import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { Series } from '../contract/alarms/evaluate.ts';
import { type Instant, metricMinute } from '../contract/time.ts';
import type { Clock, Metrics } from '../ports/sight.ts';
import { reading } from './clients.ts';
import { awsClock } from './clock.ts';
import { readMetricData, type Values } from './metric-data.ts';
import { metricQueries, type PlannedQuery } from './metric-queries.ts';

/** The last minute is still filling up: a minute counts from so long after its end, once it has requests. */
const settledAfter = metricMinute;
/** A minute without requests by then has none: metrics come within one to two minutes, or not at all. */
const missingAfter = 2 * metricMinute;

/** The newest whole minutes of the service's metrics. */
export const awsMetrics = (client = new CloudWatchClient(reading), clock: Clock = awsClock): Metrics => ({
  recent: async (settings, minutes) => {
    const now = clock.now();
    const latest = wholeMinute(now - settledAfter);
    const planned = metricQueries(settings);
    // One minute more than asked for: which minute is the newest is seen in the answer.
    const from = latest - (minutes + 2) * metricMinute;
    const values = await readMetricData(client, planned, from, latest);
    const until = Math.max(newestWithRequests(planned, values), Math.min(latest, wholeMinute(now - missingAfter)));
    const series = (group: string | null) => seriesOf(planned, values, group, until, minutes);
    return {
      until,
      minutes,
      groups: settings.resources.targetGroups.map((targetGroup) => ({ targetGroup, series: series(targetGroup) })),
      service: series(null),
    };
  },
});

const wholeMinute = (at: Instant): Instant => Math.floor(at / metricMinute) * metricMinute;

/** The end of the newest minute that has a count of requests. Other metrics may be there earlier and mislead. */
function newestWithRequests(planned: readonly PlannedQuery[], values: Values): Instant {
  const starts = planned
    .filter(({ metric }) => metric === 'requests')
    .flatMap(({ id }) => [...(values.get(id)?.keys() ?? [])]);
  return Math.max(Number.NEGATIVE_INFINITY, ...starts.map((start) => start + metricMinute));
}

/** Oldest first, null where CloudWatch has no datapoint. */
function seriesOf(
  planned: readonly PlannedQuery[],
  values: Values,
  group: string | null,
  until: Instant,
  minutes: number,
): Series {
  const starts = Array.from({ length: minutes }, (_, index) => until - (minutes - index) * metricMinute);
  const mine = planned.filter((query) => query.group === group);
  return Object.fromEntries(
    mine.map(({ metric, id }) => [metric, starts.map((start) => values.get(id)?.get(start) ?? null)]),
  );
}
