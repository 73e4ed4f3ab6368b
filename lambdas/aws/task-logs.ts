import {
  CloudWatchLogsClient,
  GetQueryResultsCommand,
  type ResultField,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { type Duration, type Instant, inMillis } from '../contract/time.ts';
import type { TaskReading } from '../model/facts.ts';
import type { Clock, TaskLogs } from '../ports/sight.ts';
import { lastPart, needed } from './answers.ts';
import { reading } from './clients.ts';
import { awsClock } from './clock.ts';
import { logQuery } from './log-query.ts';
import { pause as realPause } from './pause.ts';

/** Log lines become visible so late; what is younger may still be missing. */
const visibleAfter: Duration = { seconds: 60 };
/** A query that takes longer is stopped: its answer would come too late to act on. */
const answersWithin: Duration = { seconds: 15 };
/**
 * The first wait for an answer, doubled each time up to the longest: GetQueryResults has a quota of ten a second for the whole
 * account, which everybody's dashboards share (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html).
 */
const [firstPoll, longestPoll] = [1000, 4000];

type Parts = { readonly client: CloudWatchLogsClient; readonly clock: Clock; readonly pause: typeof realPause };

/** Requests, errors and slow requests of each task, by one bounded Logs Insights query. */
export const awsTaskLogs = (
  client = new CloudWatchLogsClient(reading),
  clock: Clock = awsClock,
  pause = realPause,
): TaskLogs => ({
  read: async (settings, tasks, from, until) => {
    const { logs } = settings.resources;
    if (logs === null) return null;
    const visible = Math.max(from, Math.min(until, clock.now() - inMillis(visibleAfter)));
    const ids = tasks.map(({ task }) => task.task);
    if (visible <= from) return { from, until: visible, readings: ids.map(silent) };
    const rows = await ask({ client, clock, pause }, logs.logGroup, logQuery(logs, settings), from, visible);
    return { from, until: reachOf(rows, visible), readings: readingsOf(ids, rows) };
  },
});

type Row = Readonly<Record<string, string>>;

async function ask(parts: Parts, logGroup: string, query: string, from: Instant, until: Instant): Promise<Row[]> {
  const started = await parts.client.send(
    new StartQueryCommand({
      logGroupName: logGroup,
      queryString: query,
      // Whole seconds, both ends included.
      startTime: Math.ceil(from / 1000),
      endTime: Math.ceil(until / 1000) - 1,
    }),
  );
  const queryId = needed(started.queryId, 'StartQuery', 'queryId');
  const deadline = parts.clock.now() + inMillis(answersWithin);
  for (let wait = firstPoll; parts.clock.now() < deadline; wait = Math.min(longestPoll, 2 * wait)) {
    await parts.pause(wait);
    const answer = await parts.client.send(new GetQueryResultsCommand({ queryId })).catch(unlessThrottled);
    if (answer === undefined) continue;
    const status = needed(answer.status, 'GetQueryResults', 'status');
    if (status === 'Complete') return needed(answer.results, 'GetQueryResults', 'results').map(rowOf);
    if (status !== 'Running' && status !== 'Scheduled')
      throw new Error(`The log query in ${logGroup} ended as ${status}.`);
  }
  // It may have ended just now; that it took too long is what is to be said either way.
  await parts.client.send(new StopQueryCommand({ queryId })).catch(() => undefined);
  throw new Error(`The log query in ${logGroup} did not finish within ${inMillis(answersWithin) / 1000} s.`);
}

/** Others have used up the quota for the moment; the query itself goes on. */
function unlessThrottled(error: unknown): undefined {
  if (error instanceof Error && error.name === 'ThrottlingException') return undefined;
  throw error;
}

const rowOf = (fields: readonly ResultField[]): Row =>
  Object.fromEntries(fields.map(({ field, value }) => [field ?? '', value ?? '']));

/** A stream is named `prefix/container/task-id`; containers of one task are added up. Other streams are left out. */
function readingsOf(ids: readonly string[], rows: readonly Row[]): TaskReading[] {
  const readings = new Map(ids.map((id) => [lastPart(id), silent(id)]));
  for (const row of rows) {
    const id = lastPart(needed(row['@logStream'], 'GetQueryResults', '@logStream'));
    const before = readings.get(id);
    if (before === undefined) continue;
    readings.set(id, {
      task: before.task,
      requests: before.requests + count(row, 'requests'),
      errors: before.errors + count(row, 'errors'),
      slow: before.slow + count(row, 'slow'),
      newest: later(before.newest, count(row, 'newest')),
    });
  }
  return [...readings.values()];
}

/**
 * How far the lines reach: lines that come late are no silence. Without any line there is nothing to tell the two apart by.
 * The newest time comes as milliseconds since 1970.
 */
function reachOf(rows: readonly Row[], visible: Instant): Instant {
  const newest = rows.map((row) => count(row, 'newest')).filter((at) => at > 0);
  return newest.length === 0 ? visible : Math.min(visible, Math.max(...newest) + 1);
}

/** A sum over nothing comes back without a value. */
function count(row: Row, field: string): number {
  const text = row[field];
  if (text === undefined || text === '') return 0;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`GetQueryResults answered ${field} "${text}", which is no number.`);
  return value;
}

const silent = (task: string): TaskReading => ({ task, requests: 0, errors: 0, slow: 0, newest: null });

const later = (one: Instant | null, other: Instant): Instant | null => (other > (one ?? 0) ? other : one);
