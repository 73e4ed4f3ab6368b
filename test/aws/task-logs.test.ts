import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, describe, expect, it } from 'vitest';
import { reading } from '../../lambdas/aws/clients.ts';
import { logQuery } from '../../lambdas/aws/log-query.ts';
import { awsTaskLogs } from '../../lambdas/aws/task-logs.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import { minutes, now, seconds, settings, task, taskArn } from '../pipeline/build.ts';
import { failure, type RecordedAnswer, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const [start, results, stop] = ['logs.StartQuery', 'logs.GetQueryResults', 'logs.StopQuery'] as const;

/** How long each pause was, in ms. */
const waits: number[] = [];
beforeEach(() => {
  waits.length = 0;
});

/** A clock that a pause moves on. */
function read(given: ServiceSettings = settings(), from = now - minutes(4), until = now) {
  let at = now;
  const pause = async (millis: number) => {
    waits.push(millis);
    at += millis;
  };
  const client = new CloudWatchLogsClient({ ...reading, endpoint: aws.endpoint });
  return awsTaskLogs(client, { now: () => at }, pause).read(given, [task(1), task(2)], from, until);
}

const row = (stream: string, counts: Readonly<Record<string, string>>) => [
  { field: '@logStream', value: stream },
  ...Object.entries(counts).map(([field, value]) => ({ field, value })),
];
const complete = (...rows: ReturnType<typeof row>[]): RecordedAnswer => ({
  json: { status: 'Complete', results: rows },
});
const streamOf = (n: number, container = 'app') => `ecs/${container}/${taskArn(n).split('/').at(-1)}`;
const silent = (n: number) => ({ task: taskArn(n), requests: 0, errors: 0, slow: 0, newest: null });

describe('awsTaskLogs', () => {
  it('asks for counts by log stream, over what is surely visible', async () => {
    aws.answer({ [start]: { json: { queryId: 'q1' } }, [results]: complete() });
    const readings = await read();
    expect(readings).toMatchObject({ from: now - minutes(4), until: now - seconds(60) });
    expect(aws.bodies(start)).toEqual([
      {
        logGroupName: '/ecs/checkout',
        queryString:
          'filter ispresent(status) | ' +
          'fields if(status >= 500, 1, 0) as paramedicFailed, if(duration > 400, 1, 0) as paramedicSlow, ' +
          'toMillis(@timestamp) as paramedicAt | ' +
          'stats count(*) as requests, sum(paramedicFailed) as errors, sum(paramedicSlow) as slow, ' +
          'max(paramedicAt) as newest by @logStream | limit 1000',
        startTime: (now - minutes(4)) / 1000,
        endTime: (now - seconds(60)) / 1000 - 1,
      },
    ]);
  });

  it('says how far the lines reach when the newest is older than what was asked for', async () => {
    const newest = now - minutes(3);
    aws.answer({
      [start]: { json: { queryId: 'q1' } },
      [results]: complete(
        row(streamOf(1), { requests: '10', errors: '0', slow: '0', newest: String(newest) }),
        row(streamOf(2), { requests: '10', errors: '0', slow: '0', newest: String(newest - 5_000) }),
      ),
    });
    expect((await read())?.until).toBe(newest + 1);
  });

  it('gives each task the counts of its streams, and zeros to one without a line', async () => {
    aws.answer({
      [start]: { json: { queryId: 'q1' } },
      [results]: complete(
        row(streamOf(1), { requests: '212', errors: '102', slow: '3', newest: String(now - minutes(2)) }),
        row(streamOf(1, 'proxy'), { requests: '8', errors: '', slow: '0', newest: String(now - minutes(3)) }),
        row('ecs/app/somebody-elses-task', { requests: '9', errors: '9', slow: '9' }),
      ),
    });
    expect((await read())?.readings).toEqual([
      { task: taskArn(1), requests: 220, errors: 102, slow: 3, newest: now - minutes(2) },
      silent(2),
    ]);
  });

  const running: RecordedAnswer = { json: { status: 'Running', results: [] } };

  it('asks ever more seldom while the query runs', async () => {
    aws.answer({
      [start]: { json: { queryId: 'q1' } },
      [results]: [running, running, running, running, complete()],
    });
    await read();
    expect(aws.bodies(results)).toEqual(Array(5).fill({ queryId: 'q1' }));
    expect(waits).toEqual([1000, 2000, 4000, 4000, 4000]);
  });

  it('goes on asking for the answer when others have used up the quota', async () => {
    const throttled = failure('ThrottlingException', 'Rate exceeded');
    aws.answer({
      [start]: { json: { queryId: 'q1' } },
      // One poll, which the client has tried four times.
      [results]: [throttled, throttled, throttled, throttled, running, complete()],
    });
    expect(await read()).toMatchObject({ readings: [silent(1), silent(2)] });
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  it('gives up on an answer that is denied', async () => {
    aws.answer({ [start]: { json: { queryId: 'q1' } }, [results]: failure('AccessDeniedException', 'No.') });
    await expect(read()).rejects.toThrow('No.');
    expect(waits).toEqual([1000]);
  });

  it('stops a query that takes too long', async () => {
    aws.answer({
      [start]: { json: { queryId: 'q1' } },
      [results]: { json: { status: 'Running', results: [] } },
      [stop]: { json: { success: true } },
    });
    await expect(read()).rejects.toThrow('The log query in /ecs/checkout did not finish within 15 s.');
    expect(aws.bodies(results)).toHaveLength(5);
    expect(aws.bodies(stop)).toEqual([{ queryId: 'q1' }]);
  });

  it('says so too when that query could not be stopped any more', async () => {
    aws.answer({
      [start]: { json: { queryId: 'q1' } },
      [results]: { json: { status: 'Running', results: [] } },
      [stop]: failure('InvalidParameterException', 'The query has ended.'),
    });
    await expect(read()).rejects.toThrow('The log query in /ecs/checkout did not finish within 15 s.');
  });

  it.each(['Failed', 'Cancelled', 'Timeout', 'Unknown'])('says so when the query ends as %s', async (status) => {
    aws.answer({ [start]: { json: { queryId: 'q1' } }, [results]: { json: { status, results: [] } } });
    await expect(read()).rejects.toThrow(`The log query in /ecs/checkout ended as ${status}.`);
  });

  it('asks nothing where no log group is configured', async () => {
    expect(await read(settings({ resources: { ...settings().resources, logs: null } }))).toBeNull();
    expect(aws.requests).toEqual([]);
  });

  it('asks nothing about a time of which nothing is visible yet', async () => {
    expect(await read(settings(), now - seconds(30))).toEqual({
      from: now - seconds(30),
      until: now - seconds(30),
      readings: [silent(1), silent(2)],
    });
    expect(aws.requests).toEqual([]);
  });

  it('surfaces a missing log group', async () => {
    aws.answer({ [start]: failure('ResourceNotFoundException', 'Log group does not exist.') });
    await expect(read()).rejects.toThrow('Log group does not exist.');
    expect(aws.operations()).toEqual([start]);
  });

  it('refuses a count that is no number', async () => {
    aws.answer({
      [start]: { json: { queryId: 'q1' } },
      [results]: complete(row(streamOf(1), { requests: 'many' })),
    });
    await expect(read()).rejects.toThrow('GetQueryResults answered requests "many", which is no number.');
  });
});

describe('logQuery', () => {
  const logs = { logGroup: '/ecs/checkout', status: 'status', duration: 'duration', durationPerSecond: 1000 };

  it.each([
    ['status', 'status'],
    ['http.status', 'http.status'],
    ['response.0.status-code', '`response.0.status-code`'],
    ['@status', '@status'],
    ['@http_status', '@`http_status`'],
    ['_status', '`_status`'],
  ])('writes the field %s as %s', (status, written) => {
    expect(logQuery({ ...logs, status }, settings())).toContain(
      `filter ispresent(${written}) | fields if(${written} >= 500, 1, 0)`,
    );
  });

  it.each(['', 'a b', 'a`', 'a | limit 1', 'a) by b', '1a', 'a..b', 'ä', '@@a'])(
    'refuses the field "%s"',
    (duration) => {
      expect(() => logQuery({ ...logs, duration }, settings())).toThrow(`The log field for duration, "${duration}",`);
    },
  );

  it('counts as slow what exceeds the latency threshold, in the unit of the log', () => {
    expect(logQuery({ ...logs, durationPerSecond: 1 }, settings())).toContain('if(duration > 0.4, 1, 0)');
  });

  it('counts nothing as slow without a latency threshold', () => {
    const alarms = { ...settings().alarms, latency: null };
    expect(logQuery(logs, settings({ alarms }))).not.toMatch(/slow/i);
  });
});
