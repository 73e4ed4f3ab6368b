import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Gap } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { jsonIn, jsonReply } from '../harness/replies.ts';
import type { Fields } from './logs-insights-expressions.ts';
import type { Value } from './logs-insights-functions.ts';
import { compiled } from './logs-insights-query.ts';
import { MalformedQuery } from './logs-insights-tokens.ts';

export type QueryStatus = 'Scheduled' | 'Running' | 'Complete' | 'Failed' | 'Cancelled' | 'Timeout' | 'Unknown';
/** Times in seconds, both ends included. */
type StartQuery = { logGroupName: string; queryString: string; startTime: number; endTime: number };
type Query = { readonly asked: StartQuery; readonly statuses: QueryStatus[] };

const ends: readonly QueryStatus[] = ['Complete', 'Failed', 'Cancelled', 'Timeout', 'Unknown'];

/**
 * Logs Insights over the events in moto, which takes any text for a query, leaves out filters and counts nothing, and has
 * no StopQuery (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html).
 */
export class LogsInsights implements Gap {
  readonly operations = ['logs.StartQuery', 'logs.GetQueryResults', 'logs.StopQuery'];
  readonly because = 'evaluation of queries over the events in moto, their progress, StopQuery';
  /** What GetQueryResults says of a query, one after the other; the last one for ever. */
  progress: readonly QueryStatus[] = ['Scheduled', 'Running', 'Complete'];
  /** So many queries are still to be refused, because others run. */
  crowded = 0;
  readonly #client: CloudWatchLogsClient;
  readonly #queries = new Map<string, Query>();

  /** `client` reads the events in moto. */
  constructor(client: CloudWatchLogsClient) {
    this.#client = client;
  }

  readonly answer: Gap['answer'] = async ({ operation, body }: Asked, forward) => {
    if (operation === 'logs.StartQuery') return this.#start(body as StartQuery, forward);
    const { queryId } = body as { queryId: string };
    const query = this.#queries.get(queryId);
    if (query === undefined) return refusal('ResourceNotFoundException', 'Query does not exist.');
    return operation === 'logs.StopQuery' ? stop(query) : this.#results(query);
  };

  async #start(asked: StartQuery, forward: Parameters<Gap['answer']>[1]) {
    if (this.crowded > 0) {
      this.crowded--;
      return refusal('LimitExceededException', 'Account maximum query concurrency limit of [100] reached.');
    }
    try {
      compiled(asked.queryString);
    } catch (error) {
      if (error instanceof MalformedQuery) return refusal('MalformedQueryException', error.message);
      throw error;
    }
    // moto knows whether there is such a log group.
    const reply = await forward();
    if (reply.status === 200) this.#queries.set(String(jsonIn(reply).queryId), { asked, statuses: [...this.progress] });
    return reply;
  }

  async #results({ asked, statuses }: Query) {
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    // While it runs, there may be a part of the results.
    const rows = status === 'Complete' || status === 'Running' ? await this.#rows(asked) : [];
    const shown = status === 'Running' ? rows.slice(0, 1) : rows;
    return jsonReply({ queryLanguage: 'CWLI', results: shown.map(resultOf), status });
  }

  async #rows({ logGroupName, queryString, startTime, endTime }: StartQuery): Promise<readonly Fields[]> {
    const events: Fields[] = [];
    const range = { logGroupName, startTime: startTime * 1000, endTime: endTime * 1000 + 1 };
    for await (const page of paginateFilterLogEvents({ client: this.#client }, range))
      for (const event of page.events ?? []) if ((event.timestamp ?? 0) <= endTime * 1000) events.push(fieldsOf(event));
    return compiled(queryString)(events);
  }
}

function stop({ statuses }: Query) {
  const [status = 'Unknown'] = statuses;
  if (ends.includes(status)) return refusal('InvalidParameterException', 'The query is not running.');
  statuses.splice(0, statuses.length, 'Cancelled');
  return jsonReply({ success: true });
}

const refusal = (code: string, message: string) => jsonReply({ __type: code, message }, 400);

/** A value that is not there is left out. */
const resultOf = (row: Fields) =>
  [...row].flatMap(([field, value]) => (value === undefined ? [] : [{ field, value: String(value) }]));

/** The system fields, and those of a line in JSON (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html). */
function fieldsOf({ timestamp, message = '', logStreamName }: FilteredLogEvent): Fields {
  const system: readonly (readonly [string, Value])[] = [
    ['@timestamp', timestamp],
    ['@message', message],
    ['@logStream', logStreamName],
  ];
  return new Map([...discovered(message), ...system]);
}

function discovered(message: string): readonly (readonly [string, Value])[] {
  try {
    return flattened(JSON.parse(message), '');
  } catch {
    return [];
  }
}

/** `{ a: { b: [1] } }` has the field `a.b.0`. A name that begins with @ gets another one. */
function flattened(value: unknown, path: string): readonly (readonly [string, Value])[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, part]) =>
      flattened(part, path === '' ? name.replace(/^@/, '@@') : `${path}.${name}`),
    );
  return value === null || path === '' ? [] : [[path, typeof value === 'number' ? value : String(value)]];
}
