import type { LogSource, ServiceSettings } from '../contract/settings.ts';

/** More log streams than this are not told apart; a service has a stream per task and container. */
const mostStreams = 1000;

/** Names of fields come from people and go into a query: letters, digits, `_`, `@`, dots and hyphens, nothing else. */
const fieldPattern = /^@?[A-Za-z_][A-Za-z0-9_]*([.-][A-Za-z0-9_]+)*$/;

/**
 * Requests, errors and slow requests per log stream. A comparison counts as 1 when it is true
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html).
 */
export function logQuery(logs: LogSource, settings: Pick<ServiceSettings, 'alarms'>): string {
  const status = field(logs.status, 'status');
  const duration = field(logs.duration, 'duration');
  const latency = settings.alarms.latency;
  const slow = latency === null ? '' : `, sum(${duration} > ${inUnits(latency.threshold, logs)}) as slow`;
  return [
    `filter ispresent(${status})`,
    `stats count(*) as requests, sum(${status} >= 500) as errors${slow}, max(toMillis(@timestamp)) as newest by @logStream`,
    `limit ${mostStreams}`,
  ].join(' | ');
}

/** In backquotes, as names with anything but letters, digits, dots and `@` need to be. */
function field(name: string, what: string): string {
  if (!fieldPattern.test(name))
    throw new Error(`The log field for ${what}, "${name}", may have letters, digits, _ . - and a leading @ only.`);
  return `\`${name}\``;
}

function inUnits(seconds: number, { durationPerSecond }: LogSource): number {
  const units = seconds * durationPerSecond;
  if (!Number.isFinite(units)) throw new Error(`The log's durationPerSecond, ${durationPerSecond}, is not a number.`);
  return units;
}
