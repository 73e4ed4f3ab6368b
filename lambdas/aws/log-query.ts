import type { LogSource, ServiceSettings } from '../contract/settings.ts';

/** More log streams than this are not told apart; a service has a stream per task and container. */
const mostStreams = 1000;

/** Names of fields come from people and go into a query: letters, digits, `_`, `@`, dots and hyphens, nothing else. */
const fieldPattern = /^@?[A-Za-z_][A-Za-z0-9_]*([.-][A-Za-z0-9_]+)*$/;

/** Names for computed fields: no field of a log is called so. */
const computed = { failed: 'paramedicFailed', slow: 'paramedicSlow', at: 'paramedicAt' } as const;

/**
 * Requests, errors and slow requests per log stream. `sum` takes numbers and a comparison is a Boolean, so `if` makes a
 * number of it (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html).
 */
export function logQuery(logs: LogSource, settings: Pick<ServiceSettings, 'alarms'>): string {
  const status = field(logs.status, 'status');
  const duration = field(logs.duration, 'duration');
  const { latency } = settings.alarms;
  const threshold = latency === null ? null : inUnits(latency.threshold, logs);
  const fields = [
    `if(${status} >= 500, 1, 0) as ${computed.failed}`,
    ...(threshold === null ? [] : [`if(${duration} > ${threshold}, 1, 0) as ${computed.slow}`]),
    `toMillis(@timestamp) as ${computed.at}`,
  ];
  const counts = [
    'count(*) as requests',
    `sum(${computed.failed}) as errors`,
    ...(threshold === null ? [] : [`sum(${computed.slow}) as slow`]),
    `max(${computed.at}) as newest`,
  ];
  return [
    `filter ispresent(${status})`,
    `fields ${fields.join(', ')}`,
    `stats ${counts.join(', ')} by @logStream`,
    `limit ${mostStreams}`,
  ].join(' | ');
}

/**
 * In backquotes where a name has anything but letters, digits and dots; a leading @ stands outside of them
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Guidelines.html).
 */
function field(name: string, what: string): string {
  if (!fieldPattern.test(name))
    throw new Error(`The log field for ${what}, "${name}", may have letters, digits, _ . - and a leading @ only.`);
  const [at, rest] = name.startsWith('@') ? ['@', name.slice(1)] : ['', name];
  return /^[A-Za-z0-9.]+$/.test(rest) ? name : `${at}\`${rest}\``;
}

function inUnits(seconds: number, { durationPerSecond }: LogSource): number {
  const units = seconds * durationPerSecond;
  if (!Number.isFinite(units)) throw new Error(`The log's durationPerSecond, ${durationPerSecond}, is not a number.`);
  return units;
}
