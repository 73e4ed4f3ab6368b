import type { ServiceSettings } from '../../contract/settings.ts';
import { shortTask } from '../../contract/short-name.ts';
import { inWords } from '../../contract/text.ts';
import { type Instant, inMillis } from '../../contract/time.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Symptoms, TaskReadings } from '../../model/facts.ts';
import { mean } from './statistics.ts';

/** From this share of the requests on, the log has lines for all that happens and not, say, for failures alone. */
const covers = 0.5;
/** How many of the newest metric minutes tell how many requests there are. */
const newestMinutes = 3;

/**
 * Does the request log show that the task, out since `out`, answers nothing any more? Only where the log is known to cover what
 * happens: without lines of the others, no line of this one means nothing. A line is written when its request ends, so that the
 * silence must be as long as a request may take.
 */
export function idleEvidence(
  task: string,
  out: Instant,
  taskLogs: TaskReadings | null,
  symptoms: Symptoms,
  settings: ServiceSettings,
): Evidence | undefined {
  const own = taskLogs?.readings.find((reading) => reading.task === task);
  if (taskLogs === null || own === undefined || !isCovered(taskLogs, symptoms)) return undefined;
  const since = Math.max(out, own.newest ?? taskLogs.from);
  const { until } = taskLogs;
  const needed = Math.max(inMillis(settings.timing.idleFor), 1000 * (settings.alarms.latency?.threshold ?? 0));
  if (until - since < needed) return undefined;
  const says = `The log shows no answer of task ${shortTask(task)} for ${inWords(until - since)}, so that no request is left in it.`;
  return { kind: 'TaskIdle', source: 'task-logs', at: until, task, since, until, says };
}

function isCovered({ from, until, readings }: TaskReadings, symptoms: Symptoms): boolean {
  const lines = readings.reduce((sum, { requests }) => sum + requests, 0);
  const aMinute = mean(requestsOfLate(symptoms));
  return aMinute !== null && lines > 0 && lines >= (covers * aMinute * (until - from)) / 60_000;
}

/** Requests of each of the newest minutes that were measured, of all target groups together. */
const requestsOfLate = ({ minutes, groups }: Symptoms): readonly number[] =>
  Array.from({ length: minutes }, (_, minute) => groups.map(({ series }) => series.requests?.[minute] ?? null))
    .filter((counts) => counts.some((count) => count !== null))
    .map((counts) => counts.reduce<number>((sum, count) => sum + (count ?? 0), 0))
    .slice(-newestMinutes);
