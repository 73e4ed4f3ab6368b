import { CloudWatchLogsClient, CreateLogGroupCommand, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reading } from '../../../lambdas/aws/clients.ts';
import { awsTaskLogs } from '../../../lambdas/aws/task-logs.ts';
import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';
import type { TaskFact } from '../../../lambdas/model/facts.ts';
import { describeTaskLogs } from '../../contract/task-logs-contract.ts';
import { settings, task, taskArn } from '../../pipeline/build.ts';
import { type Line, OwnLogQuery, type QueryStatus } from '../gaps/own-log-query.ts';
import { Account } from '../harness/account.ts';

const [startQuery, results, stopQuery] = ['logs.StartQuery', 'logs.GetQueryResults', 'logs.StopQuery'] as const;
const now = Math.floor(Date.now() / 60_000) * 60_000;
const tasks = [task(1), task(2), task(3)];
const defaultProgress: readonly QueryStatus[] = ['Scheduled', 'Running', 'Complete'];

let account: Account;
let queries: OwnLogQuery;
let groups = 0;

const client = () => new CloudWatchLogsClient({ ...reading, ...account.client() });

beforeAll(async () => {
  account = await Account.open('200000000003');
  queries = new OwnLogQuery();
  account.fill(queries);
});
beforeEach(() => {
  account.calm();
  account.requests.length = 0;
  queries.progress = defaultProgress;
  queries.crowded = 0;
});
afterAll(() => account.close());

/** A service with a log group of its own. */
async function logging(lines: readonly Line[] = []): Promise<ServiceSettings> {
  const logGroup = `/ecs/checkout-${++groups}`;
  await client().send(new CreateLogGroupCommand({ logGroupName: logGroup }));
  const given = withGroup(logGroup);
  queries.add(given, lines);
  return given;
}

const withGroup = (logGroup: string): ServiceSettings => {
  const { resources } = settings();
  const logs = { logGroup, status: 'status', duration: 'duration_ms', durationPerSecond: 1000 };
  return settings({ resources: { ...resources, logs } });
};

/** Reads at `now`, by a clock that a pause moves on. */
function read(given: ServiceSettings, asked: readonly TaskFact[] = tasks, from = now - 240_000, until = now) {
  let at = now;
  const pause = async (millis: number) => {
    at += millis;
  };
  return awsTaskLogs(client(), { now: () => at }, pause).read(given, asked, from, until);
}

describeTaskLogs('our own query before CloudWatch Logs in moto', async () => {
  const log: Line[] = [];
  const given = await logging(log);
  return {
    now,
    tasks,
    write: async (lines) => {
      for (const { task: index, at, failed, slow } of lines)
        log.push({ task: taskArn(index + 1), at, status: failed ? 503 : 200, milliseconds: slow ? 401 : 12 });
    },
    read: (asked, from, until) => read(given, asked, from, until),
    readWithoutLogs: () => read(settings({ resources: { ...given.resources, logs: null } })),
  };
});

describe('awsTaskLogs over moto', () => {
  const line = (status: number, milliseconds = 12, container = 'app', of = 1): Line => ({
    ...{ task: taskArn(of), at: now - 120_000, status, milliseconds, container },
  });

  it('draws the line at status 500 and above the threshold, and adds up the containers of a task', async () => {
    const given = await logging([line(499, 400), line(500, 400.5), line(599, 9000), line(502, 3, 'proxy')]);
    const answer = await read(given);
    expect(answer?.readings[0]).toMatchObject({ task: taskArn(1), requests: 4, errors: 3, slow: 2 });
  });

  it('does not take a part of the results for all of them', async () => {
    const given = await logging([line(200), line(500, 12, 'app', 2)]);
    queries.progress = ['Running', 'Running', 'Running', 'Complete'];
    const answer = await read(given);
    expect(answer?.readings.map(({ requests }) => requests)).toEqual([1, 1, 0]);
    expect(account.asked(results)).toHaveLength(4);
  });

  it('stops a query that takes too long, and does not start another one', async () => {
    queries.progress = ['Running'];
    await expect(read(await logging())).rejects.toThrow('did not finish within 15 s');
    expect(account.asked(stopQuery).map(({ status }) => status)).toEqual([200]);
    expect(account.asked(startQuery)).toHaveLength(1);
  });

  it('says which log group is missing', async () => {
    await expect(read(withGroup('/ecs/nobodys'))).rejects.toThrow(/log group does not exist/);
    expect(account.asked(results)).toEqual([]);
  });

  it.each(['throttled', 'unavailable', 'unreachable'] as const)(
    'asks again after a request that was %s',
    async (fault) => {
      const given = await logging([line(200)]);
      for (const operation of [startQuery, results]) account.strike(operation, fault, 2);
      expect((await read(given))?.readings[0]).toMatchObject({ requests: 1 });
      expect(account.asked(startQuery).map(({ answeredBy }) => answeredBy)).toEqual(['fault', 'fault', 'moto']);
    },
  );

  it('asks again when too many queries run in the account, and gives up after four attempts', async () => {
    const given = await logging();
    queries.crowded = 2;
    expect((await read(given))?.readings[0]).toMatchObject({ requests: 0 });
    expect(account.asked(startQuery)).toHaveLength(3);
    queries.crowded = 10;
    await expect(read(given)).rejects.toThrow(/query concurrency limit/);
    expect(account.asked(startQuery)).toHaveLength(3 + 4);
  });

  it('is answered nothing when its query is not, to the letter, the one of its service', async () => {
    const given = await logging();
    const { logGroup = '' } = given.resources.logs ?? {};
    const queryString = 'stats count(*) as requests by @logStream';
    const other = new StartQueryCommand({ logGroupName: logGroup, queryString, startTime: 0, endTime: now / 1000 });
    await expect(client().send(other)).rejects.toThrow('The tests answer our own query alone');
    expect(queries.refused).toEqual([`${logGroup}: ${queryString}`]);
  });
});
