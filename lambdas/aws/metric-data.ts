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
  const unfinished = new Map<string, MetricDataResult>();
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
    for (const result of needed(answer.MetricDataResults, call, 'MetricDataResults')) {
      collect(result, values);
      follow(result, unfinished);
    }
    NextToken = answer.NextToken;
    if (NextToken !== undefined) continue;
    for (const result of unfinished.values()) throw unreadable(result);
    return values;
  }
  throw new Error(`${call} answered more than ${mostPages} pages.`);
}

/**
 * Data that may not or could not be read must not look like data that is not there. What is `PartialData` or an
 * `InternalError` on one page may be `Complete` on a later one, while there is a later one
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataResult.html).
 */
function follow(result: MetricDataResult, unfinished: Map<string, MetricDataResult>): void {
  const id = needed(result.Id, call, 'Id');
  if (result.StatusCode === 'Forbidden') throw unreadable(result);
  if (result.StatusCode === 'Complete') unfinished.delete(id);
  else unfinished.set(id, result);
}

function unreadable({ Id, StatusCode, Messages }: MetricDataResult): Error {
  const says = Messages?.map(({ Value }) => Value).join(' ') ?? '';
  return new Error(`${call} could not read ${Id}: ${StatusCode ?? 'without a status'}. ${says}`.trim());
}

function collect(result: MetricDataResult, values: ReadonlyMap<string, Map<Instant, number>>): void {
  const id = needed(result.Id, call, 'Id');
  const { Timestamps: timestamps = [], Values: numbers = [] } = result;
  if (timestamps.length !== numbers.length)
    throw new Error(`${call} answered ${timestamps.length} timestamps and ${numbers.length} values for ${id}.`);
  timestamps.forEach((timestamp, index) => {
    const value = numbers[index];
    if (value !== undefined) values.get(id)?.set(timestamp.getTime(), value);
  });
}
