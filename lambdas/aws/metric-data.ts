import { type CloudWatchClient, GetMetricDataCommand, type MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { Instant } from '../contract/time.ts';
import { needed } from './answers.ts';
import type { PlannedQuery } from './metric-queries.ts';

const call = 'GetMetricData';

/** Query id → start of the minute → value. */
export type Values = ReadonlyMap<string, ReadonlyMap<Instant, number>>;

/** Fewer datapoints than one page may hold; the pages are a bound, so that a loop in the answers ends. */
const mostPages = 20;

/** Every datapoint of the queries in [from, until), both whole minutes. */
export async function readMetricData(
  client: CloudWatchClient,
  planned: readonly PlannedQuery[],
  from: Instant,
  until: Instant,
): Promise<Values> {
  const values = new Map(planned.map(({ id }) => [id, new Map<Instant, number>()]));
  const request = {
    MetricDataQueries: planned.map(({ query }) => query),
    StartTime: new Date(from),
    EndTime: new Date(until),
    ScanBy: 'TimestampAscending',
  } as const;
  let NextToken: string | undefined;
  for (let page = 1; page <= mostPages; page++) {
    const answer = await client.send(
      new GetMetricDataCommand(NextToken === undefined ? request : { ...request, NextToken }),
    );
    for (const result of needed(answer.MetricDataResults, call, 'MetricDataResults')) collect(result, values);
    NextToken = answer.NextToken;
    if (NextToken === undefined) return values;
  }
  throw new Error(`${call} answered more than ${mostPages} pages.`);
}

/** `PartialData` has more on the next page. Data that may not be read must not look like data that is not there. */
function collect(result: MetricDataResult, values: ReadonlyMap<string, Map<Instant, number>>): void {
  const id = needed(result.Id, call, 'Id');
  if (result.StatusCode === 'Forbidden' || result.StatusCode === 'InternalError') {
    const says = result.Messages?.map(({ Value }) => Value).join(' ') ?? '';
    throw new Error(`${call} could not read ${id}: ${result.StatusCode}. ${says}`.trim());
  }
  const timestamps = needed(result.Timestamps, call, `Timestamps of ${id}`);
  const numbers = needed(result.Values, call, `Values of ${id}`);
  timestamps.forEach((timestamp, index) => {
    const value = numbers[index];
    if (value !== undefined) values.get(id)?.set(timestamp.getTime(), value);
  });
}
