import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reading } from '../../../lambdas/aws/clients.ts';
import { awsTaskLogs } from '../../../lambdas/aws/task-logs.ts';
import type { LogSource, ServiceSettings } from '../../../lambdas/contract/settings.ts';
import type { TaskFact } from '../../../lambdas/model/facts.ts';
import { describeTaskLogs } from '../../contract/task-logs-contract.ts';
import { settings, task, taskArn } from '../../pipeline/build.ts';
import { LogsInsights, type QueryStatus } from '../gaps/logs-insights.ts';
import { Account } from '../harness/account.ts';

const [startQuery, results, stopQuery] = ['logs.StartQuery', 'logs.GetQueryResults', 'logs.StopQuery'] as const;
/** CloudWatch Logs takes no lines that are older than two weeks, so tests cannot choose their time. */
const now = Math.floor(Date.now() / 60_000) * 60_000;
const tasks = [task(1), task(2), task(3)];
const defaultProgress: readonly QueryStatus[] = ['Scheduled', 'Running', 'Complete'];

let account: Account;
let insights: LogsInsights;
let groups = 0;

const client = (caller = 'test') => new CloudWatchLogsClient({ ...reading, ...account.client(caller) });

beforeAll(async () => {
  account = await Account.open('200000000003');
  insights = new LogsInsights(client(Account.past));
  account.fill(insights);
});
beforeEach(() => {
  account.calm();
  account.requests.length = 0;
  insights.progress = defaultProgress;
  insights.crowded = 0;
});
afterAll(() => account.close());

type LogLine = { readonly stream: string; readonly at: number; readonly message: string };

const streamOf = (of: TaskFact | undefined, container = 'app') =>
  `ecs/${container}/${(of?.task.task ?? '').split('/').at(-1)}`;

/** One log group, empty. */
async function freshGroup(): Promise<string> {
  const logGroupName = `/ecs/checkout-${++groups}`;
  await client().send(new CreateLogGroupCommand({ logGroupName }));
  return logGroupName;
}

async function write(logGroupName: string, lines: readonly LogLine[]): Promise<void> {
  for (const logStreamName of new Set(lines.map(({ stream }) => stream))) {
    await client().send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    const logEvents = lines
      .filter(({ stream }) => stream === logStreamName)
      .map(({ at, message }) => ({ timestamp: at, message }))
      .sort((a, b) => a.timestamp - b.timestamp);
    const { rejectedLogEventsInfo } = await client().send(
      new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }),
    );
    expect(rejectedLogEventsInfo).toBeUndefined();
  }
}

const settingsWith = (logs: Partial<LogSource>): ServiceSettings => {
  const { resources } = settings();
  const all = { logGroup: '', status: 'status', duration: 'duration_ms', durationPerSecond: 1000, ...logs };
  return settings({ resources: { ...resources, logs: all } });
};

/** Reads at `now`, by a clock that a pause moves on. */
function read(given: ServiceSettings, asked: readonly TaskFact[] = tasks, from = now - 240_000, until = now) {
  let at = now;
  const pause = async (millis: number) => {
    at += millis;
  };
  return awsTaskLogs(client(), { now: () => at }, pause).read(given, asked, from, until);
}

describeTaskLogs('CloudWatch Logs in moto', async () => {
  const logGroup = await freshGroup();
  const given = settingsWith({ logGroup });
  return {
    now,
    tasks,
    write: (lines) =>
      write(
        logGroup,
        lines.map(({ task: index, at, failed, slow }) => ({
          stream: streamOf(tasks[index]),
          at,
          message: JSON.stringify({ status: failed ? 503 : 200, duration_ms: slow ? 401 : 12 }),
        })),
      ),
    read: (asked, from, until) => read(given, asked, from, until),
    readWithoutLogs: () => read(settings({ resources: { ...given.resources, logs: null } })),
  };
});

describe('awsTaskLogs over moto', () => {
  const at = now - 120_000;
  const line = (message: object | string, stream = streamOf(tasks[0])): LogLine => ({
    stream,
    at,
    message: typeof message === 'string' ? message : JSON.stringify(message),
  });
  const first = async (given: ServiceSettings) => (await read(given))?.readings[0];

  it('draws the line at status 500, and at more than the threshold', async () => {
    const logGroup = await freshGroup();
    const lines = [
      { status: 499, duration_ms: 400 },
      { status: 500, duration_ms: 400.5 },
      { status: 599, duration_ms: 9000 },
      { status: '502', duration_ms: '3' },
    ];
    await write(
      logGroup,
      lines.map((each) => line(each)),
    );
    expect(await first(settingsWith({ logGroup }))).toMatchObject({
      task: taskArn(1),
      requests: 4,
      errors: 3,
      slow: 2,
    });
  });

  it('leaves out lines that are no requests, and streams that are no tasks of the service', async () => {
    const logGroup = await freshGroup();
    await write(logGroup, [
      line('starting on port 8080'),
      line({ level: 'info', said: 'ready' }),
      line({ status: 200 }),
      line({ status: 500 }, 'ecs/app/somebody-elses'),
    ]);
    const answer = await read(settingsWith({ logGroup }));
    expect(answer?.readings.map(({ requests, errors }) => [requests, errors])).toEqual([
      [1, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it('adds up the containers of a task', async () => {
    const logGroup = await freshGroup();
    await write(logGroup, [
      line({ status: 200 }),
      line({ status: 500 }, streamOf(tasks[0], 'proxy')),
      line({ status: 503 }, streamOf(tasks[0], 'proxy')),
    ]);
    expect(await first(settingsWith({ logGroup }))).toMatchObject({ requests: 3, errors: 2 });
  });

  it.each([
    ['status', 'duration', { status: 500, duration: 2 }],
    ['http.response.status', 'http.took', { http: { response: { status: 500 }, took: 2 } }],
    ['http_status', 'took_s', { http_status: 500, took_s: 2 }],
    ['status-code', 'time-taken', { 'status-code': 500, 'time-taken': 2 }],
  ])('finds the fields %s and %s', async (status, duration, message) => {
    const logGroup = await freshGroup();
    await write(logGroup, [line(message)]);
    const given = settingsWith({ logGroup, status, duration, durationPerSecond: 1 });
    expect(await first(given)).toMatchObject({ requests: 1, errors: 1, slow: 1 });
  });

  it('sends a query as the documentation allows it', async () => {
    await read(settingsWith({ logGroup: await freshGroup() }));
    expect(account.asked(startQuery).map(({ status }) => status)).toEqual([200]);
    expect(account.asked(results)).toHaveLength(3);
  });

  it('does not take a part of the results for all of them', async () => {
    const logGroup = await freshGroup();
    await write(logGroup, [line({ status: 200 }), line({ status: 500 }, streamOf(tasks[1]))]);
    insights.progress = ['Running', 'Running', 'Running', 'Complete'];
    const answer = await read(settingsWith({ logGroup }));
    expect(answer?.readings.map(({ requests }) => requests)).toEqual([1, 1, 0]);
  });

  it.each(['Failed', 'Cancelled', 'Timeout', 'Unknown'] as const)('says so when a query ends as %s', async (status) => {
    const logGroup = await freshGroup();
    insights.progress = ['Scheduled', status];
    await expect(read(settingsWith({ logGroup }))).rejects.toThrow(`The log query in ${logGroup} ended as ${status}.`);
  });

  it('stops a query that takes too long, and does not start another one', async () => {
    const logGroup = await freshGroup();
    insights.progress = ['Running'];
    await expect(read(settingsWith({ logGroup }))).rejects.toThrow('did not finish within 15 s');
    expect(account.asked(stopQuery).map(({ status }) => status)).toEqual([200]);
    expect(account.asked(startQuery)).toHaveLength(1);
  });

  it('says which log group is missing', async () => {
    await expect(read(settingsWith({ logGroup: '/ecs/nobodys' }))).rejects.toThrow(/log group does not exist/);
    expect(account.asked(results)).toEqual([]);
  });

  it.each(['throttled', 'unavailable', 'unreachable'] as const)(
    'asks again after a request that was %s',
    async (fault) => {
      const logGroup = await freshGroup();
      await write(logGroup, [line({ status: 200 })]);
      for (const operation of [startQuery, results]) account.strike(operation, fault, 2);
      expect(await first(settingsWith({ logGroup }))).toMatchObject({ requests: 1 });
      expect(account.asked(startQuery).map(({ answeredBy }) => answeredBy)).toEqual(['fault', 'fault', 'moto']);
    },
  );

  it('asks again when too many queries run in the account, and gives up after four attempts', async () => {
    const logGroup = await freshGroup();
    insights.crowded = 2;
    expect(await first(settingsWith({ logGroup }))).toMatchObject({ requests: 0 });
    expect(account.asked(startQuery)).toHaveLength(3);
    insights.crowded = 10;
    await expect(read(settingsWith({ logGroup }))).rejects.toThrow(/query concurrency limit/);
    expect(account.asked(startQuery)).toHaveLength(3 + 4);
  });

  it('does not ask again where it may not', async () => {
    account.strike(startQuery, 'denied');
    await expect(read(settingsWith({ logGroup: await freshGroup() }))).rejects.toThrow('met a fault: denied');
    expect(account.asked(startQuery)).toHaveLength(1);
  });
});

describe('the queries that are refused here', () => {
  it.each([
    ['a sum of a comparison', 'stats sum(status >= 500) as errors by @logStream'],
    ['a field with special characters outside of backquotes', 'filter ispresent(http_status)'],
    ['an event after it has become a statistic', 'stats count(*) as n by @logStream | fields status'],
    ['a limit before the statistics', 'limit 5 | stats count(*) as n by @logStream'],
    ['a limit above the largest', 'stats count(*) as n by @logStream | limit 100001'],
    ['milliseconds of what is no time', 'fields toMillis(status >= 500) as at'],
    ['a filter that is no Boolean', 'filter status'],
    ['an unknown command', 'select status'],
    ['an unknown function', 'fields iff(status >= 500, 1, 0) as failed'],
    ['a function without all it needs', 'fields if(status >= 500, 1) as failed'],
  ])('have %s', async (_, queryString) => {
    const logGroupName = await freshGroup();
    const query = client().send(
      new StartQueryCommand({ logGroupName, queryString, startTime: 0, endTime: now / 1000 }),
    );
    await expect(query).rejects.toMatchObject({ name: 'MalformedQueryException' });
  });
});
