import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
} from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import type { Account } from '../../harness/account.ts';
import { askJson } from '../ask.ts';

type Things = Promise<Readonly<Record<string, unknown>>>;

export async function alarms(account: Account): Things {
  const client = new CloudWatchClient(account.client());
  const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ MaxRecords: 100 }));
  return Object.fromEntries(MetricAlarms.map((alarm) => [alarm.AlarmName, alarm]));
}

export async function dashboards(account: Account): Things {
  const client = new CloudWatchClient(account.client());
  const { DashboardEntries = [] } = await client.send(new ListDashboardsCommand({}));
  const found = DashboardEntries.map(async ({ DashboardName }) => [
    DashboardName,
    (await client.send(new GetDashboardCommand({ DashboardName }))).DashboardBody,
  ]);
  return Object.fromEntries(await Promise.all(found)) as Readonly<Record<string, unknown>>;
}

export async function logGroups(account: Account): Things {
  const { logGroups: found = [] } = await new CloudWatchLogsClient(account.client()).send(
    new DescribeLogGroupsCommand({}),
  );
  return Object.fromEntries(found.map((group) => [group.logGroupName, group]));
}

export async function tables(account: Account): Things {
  const client = new DynamoDBClient(account.client());
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const found = TableNames.map(async (TableName) => {
    const [{ Table }, { TimeToLiveDescription }, { ContinuousBackupsDescription }] = await Promise.all([
      client.send(new DescribeTableCommand({ TableName })),
      client.send(new DescribeTimeToLiveCommand({ TableName })),
      client.send(new DescribeContinuousBackupsCommand({ TableName })),
    ]);
    const { PointInTimeRecoveryStatus } = ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
    return [TableName, { Table, TimeToLiveDescription, PointInTimeRecoveryStatus }] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

export async function parameters(account: Account): Things {
  type Answer = { readonly Parameters: readonly { readonly Name: string }[]; readonly NextToken?: string };
  const found: (readonly [string, unknown])[] = [];
  for (let NextToken: string | undefined, first = true; first || NextToken !== undefined; first = false) {
    const body = { Path: '/paramedic', Recursive: true, ...(NextToken === undefined ? {} : { NextToken }) };
    const answer: Answer = await askJson(account, 'test', 'ssm', 'AmazonSSM.GetParametersByPath', body);
    found.push(...answer.Parameters.map((one) => [one.Name, one] as const));
    NextToken = answer.NextToken;
  }
  return Object.fromEntries(found);
}

export async function rules(account: Account): Things {
  type Rule = { readonly Name: string };
  const ask = <Answer>(action: string, body: object) =>
    askJson<Answer>(account, 'test', 'events', `AWSEvents.${action}`, body);
  const { Rules } = await ask<{ readonly Rules: readonly Rule[] }>('ListRules', {});
  const found = Rules.map(
    async (rule) =>
      [rule.Name, { rule, targets: await ask<unknown>('ListTargetsByRule', { Rule: rule.Name }) }] as const,
  );
  return Object.fromEntries(await Promise.all(found));
}

/** Keys of our own: AWS makes one of its own for the parameters of an account, for instance. */
export async function keys(account: Account): Things {
  type Key = { readonly KeyManager: string; readonly Description: string; readonly KeyState: string };
  const ask = <Answer>(action: string, body: object) =>
    askJson<Answer>(account, 'test', 'kms', `TrentService.${action}`, body);
  const { Keys } = await ask<{ readonly Keys: readonly { readonly KeyId: string }[] }>('ListKeys', {});
  const found = Keys.map(async ({ KeyId }) => {
    const { KeyMetadata: key } = await ask<{ readonly KeyMetadata: Key }>('DescribeKey', { KeyId });
    const policy = await ask<unknown>('GetKeyPolicy', { KeyId, PolicyName: 'default' });
    const rotation = key.KeyState === 'Enabled' ? await ask<unknown>('GetKeyRotationStatus', { KeyId }) : null;
    return [KeyId, { key, policy, rotation }] as const;
  });
  const ours = (await Promise.all(found)).filter(([, { key }]) => key.KeyManager === 'CUSTOMER');
  return Object.fromEntries(ours);
}
