import { logQuery } from '../../../lambdas/aws/log-query.ts';
import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';
import type { Gap } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { jsonIn, jsonReply } from '../harness/replies.ts';

/** One request as the task that served it logs it. */
export type Line = {
  readonly task: string;
  readonly at: number;
  readonly status: number;
  readonly milliseconds: number;
  readonly container?: string;
};

export type QueryStatus = 'Scheduled' | 'Running' | 'Complete' | 'Failed' | 'Cancelled' | 'Timeout' | 'Unknown';
/** Times in seconds, both ends included. */
type StartQuery = { logGroupName: string; queryString: string; startTime: number; endTime: number };
type Service = { readonly settings: ServiceSettings; readonly lines: readonly Line[] };
type Query = { readonly rows: readonly Row[]; readonly statuses: QueryStatus[] };
type Row = Readonly<Record<string, string | number>>;

const ends: readonly QueryStatus[] = ['Complete', 'Failed', 'Cancelled', 'Timeout', 'Unknown'];

/**
 * The answers to the one query that Paramedic sends, from the lines a service has logged. moto takes any text for a query and
 * counts nothing, and it has no StopQuery. A query that is not, to the letter, what the adapter builds from the settings of
 * the service is refused, and stands in `refused`
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html).
 */
export class OwnLogQuery implements Gap {
  readonly operations = ['logs.StartQuery', 'logs.GetQueryResults', 'logs.StopQuery'];
  readonly because = 'the counts of our own query, its progress, StopQuery';
  /** What GetQueryResults says of a query, one after the other; the last one for ever. */
  progress: readonly QueryStatus[] = ['Scheduled', 'Running', 'Complete'];
  /** So many queries are still to be refused, because others run. */
  crowded = 0;
  readonly refused: string[] = [];
  readonly #services = new Map<string, Service>();
  readonly #queries = new Map<string, Query>();

  /** The lines may go on growing. */
  add(settings: ServiceSettings, lines: readonly Line[]): void {
    this.#services.set(settings.resources.logs?.logGroup ?? '', { settings, lines });
  }

  readonly answer: Gap['answer'] = async ({ operation, body }: Asked, forward) => {
    if (operation === 'logs.StartQuery') return this.#start(body as StartQuery, forward);
    const { queryId } = body as { queryId: string };
    const query = this.#queries.get(queryId);
    if (query === undefined) return refusal('ResourceNotFoundException', 'Query does not exist.');
    return operation === 'logs.StopQuery' ? stop(query) : results(query);
  };

  async #start(asked: StartQuery, forward: Parameters<Gap['answer']>[1]) {
    if (this.crowded > 0) {
      this.crowded--;
      return refusal('LimitExceededException', 'Account maximum query concurrency limit of [100] reached.');
    }
    // moto knows whether there is such a log group.
    const reply = await forward();
    if (reply.status !== 200) return reply;
    const service = this.#services.get(asked.logGroupName);
    if (service === undefined || asked.queryString !== ownQuery(service)) {
      this.refused.push(`${asked.logGroupName}: ${asked.queryString}`);
      return refusal('MalformedQueryException', `The tests answer our own query alone, not ${asked.queryString}`);
    }
    this.#queries.set(String(jsonIn(reply).queryId), { rows: counted(service, asked), statuses: [...this.progress] });
    return reply;
  }
}

const ownQuery = ({ settings }: Service): string =>
  settings.resources.logs === null ? '' : logQuery(settings.resources.logs, settings);

/** What the query asks for: requests, errors, slow requests and the newest time of each log stream, up to its limit. */
function counted({ settings, lines }: Service, { queryString, startTime, endTime }: StartQuery): readonly Row[] {
  const asked = lines.filter(({ at }) => at >= startTime * 1000 && at <= endTime * 1000);
  const most = Number(/limit (\d+)$/.exec(queryString)?.[1]);
  const slowFrom = settings.alarms.latency?.threshold ?? Number.POSITIVE_INFINITY;
  const rows = [...new Set(asked.map(streamOf))].map((stream) => {
    const of = asked.filter((line) => streamOf(line) === stream);
    return {
      '@logStream': stream,
      requests: of.length,
      errors: of.filter(({ status }) => status >= 500).length,
      slow: of.filter(({ milliseconds }) => milliseconds / 1000 > slowFrom).length,
      newest: Math.max(...of.map(({ at }) => at)),
    };
  });
  return rows.slice(0, most);
}

/** As the awslogs driver names it. */
const streamOf = ({ task, container = 'app' }: Line): string => `ecs/${container}/${task.split('/').at(-1)}`;

function results({ rows, statuses }: Query) {
  const status = statuses.length > 1 ? statuses.shift() : statuses[0];
  // While it runs, there may be a part of the results.
  const shown = status === 'Complete' ? rows : rows.slice(0, status === 'Running' ? 1 : 0);
  const results = shown.map((row) => Object.entries(row).map(([field, value]) => ({ field, value: String(value) })));
  return jsonReply({ queryLanguage: 'CWLI', results, status });
}

function stop({ statuses }: Query) {
  const [status = 'Unknown'] = statuses;
  if (ends.includes(status)) return refusal('InvalidParameterException', 'The query is not running.');
  statuses.splice(0, statuses.length, 'Cancelled');
  return jsonReply({ success: true });
}

const refusal = (code: string, message: string) => jsonReply({ __type: code, message }, 400);
