import { describe, expect, it } from 'vitest';
import type { Need } from './need.ts';
import { neededFor } from './needed.ts';
import type { Surroundings } from './surroundings.ts';

const account = '111122223333';
const region = 'eu-central-1';
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
const ecs = (resource: string) => arn('ecs', resource);
const role = `arn:aws:iam::${account}:role/checkout-task`;
const keyArn = arn('kms', 'key/1');
const around: Surroundings = {
  partition: 'aws',
  region,
  account,
  keyArn,
  tagsOfTask: () => ({ 'aws:ecs:serviceName': 'checkout' }),
  rolesOfService: (service) => (service.endsWith('/checkout') ? [role] : []),
};
const cluster = ecs('cluster/shop');
const inCluster = { 'ecs:cluster': [cluster] };
const throughDynamoDb: Need = {
  action: 'kms:Decrypt',
  resource: keyArn,
  context: { 'kms:ViaService': [`dynamodb.${region}.amazonaws.com`] },
};
const table = arn('dynamodb', 'table/ledger');
const ask = (operation: string, body: unknown, method = 'POST', path = '/') =>
  neededFor({ operation, method, path, body }, around);

describe('neededFor', () => {
  const deployment = ecs('service-deployment/shop/checkout/1');
  const revision = ecs('service-revision/shop/checkout/2');
  const service = ecs('service/shop/checkout');
  const ofService = { ...inCluster, 'ecs:service': [service] };

  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_ecs.html
  it.each<readonly [operation: string, body: object, readonly (readonly [string, string, object])[]]>([
    ['DescribeServices', { cluster, services: ['checkout'] }, [['ecs:DescribeServices', service, inCluster]]],
    ['DescribeServices', { cluster: 'shop', services: [service] }, [['ecs:DescribeServices', service, inCluster]]],
    ['ListTasks', { cluster, serviceName: 'checkout' }, [['ecs:ListTasks', '*', inCluster]]],
    ['DescribeTasks', { cluster, tasks: [ecs('task/shop/1')] }, [['ecs:DescribeTasks', ecs('task/shop/1'), inCluster]]],
    [
      'DescribeContainerInstances',
      { cluster, containerInstances: [ecs('container-instance/shop/1')] },
      [['ecs:DescribeContainerInstances', ecs('container-instance/shop/1'), inCluster]],
    ],
    ['ListServiceDeployments', { cluster, service: 'checkout' }, [['ecs:ListServiceDeployments', service, inCluster]]],
    [
      'DescribeServiceDeployments',
      { serviceDeploymentArns: [deployment] },
      [
        ['ecs:DescribeServiceDeployments', service, inCluster],
        ['ecs:DescribeServiceDeployments', deployment, ofService],
      ],
    ],
    [
      'DescribeServiceRevisions',
      { serviceRevisionArns: [revision] },
      [
        ['ecs:DescribeServiceRevisions', service, inCluster],
        ['ecs:DescribeServiceRevisions', revision, ofService],
      ],
    ],
    ['DescribeTaskDefinition', { taskDefinition: 'checkout:42' }, [['ecs:DescribeTaskDefinition', '*', {}]]],
    [
      'StopTask',
      { cluster, task: ecs('task/shop/1') },
      [
        [
          'ecs:StopTask',
          ecs('task/shop/1'),
          {
            ...inCluster,
            'aws:ResourceTag/aws:ecs:serviceName': ['checkout'],
            'ecs:ResourceTag/aws:ecs:serviceName': ['checkout'],
          },
        ],
      ],
    ],
    [
      'UpdateService',
      { cluster, service: 'checkout', forceNewDeployment: true },
      [
        ['ecs:UpdateService', service, inCluster],
        ['iam:PassRole', role, { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] }],
      ],
    ],
    [
      'UpdateService',
      { cluster, service: 'search', taskDefinition: ecs('task-definition/search:7'), enableExecuteCommand: true },
      [
        [
          'ecs:UpdateService',
          ecs('service/shop/search'),
          {
            ...inCluster,
            'ecs:task-definition': [ecs('task-definition/search:7')],
            'ecs:enable-execute-command': ['true'],
          },
        ],
      ],
    ],
    [
      'StopServiceDeployment',
      { serviceDeploymentArn: deployment, stopType: 'ROLLBACK' },
      [
        ['ecs:StopServiceDeployment', service, inCluster],
        ['ecs:StopServiceDeployment', deployment, ofService],
      ],
    ],
  ])('knows what ecs.%s %j needs', (operation, body, needs) => {
    const expected = needs.map(([action, resource, context]) => ({ action, resource, context }));
    expect(ask(`ecs.${operation}`, body)).toEqual(expected);
  });

  it('takes a transaction apart, each write with its own key', () => {
    const key = { pk: { S: 'SERVICE#checkout' }, sk: { S: 'OPEN' } };
    const body = {
      TransactItems: [
        { Put: { TableName: 'ledger', Item: key } },
        { Update: { TableName: 'ledger', Key: { ...key, pk: { S: 'INCIDENT#1' } } } },
        { ConditionCheck: { TableName: 'ledger', Key: { ...key, pk: { S: 'CONTROLS' } } } },
      ],
    };
    const inside = (leading: string) => ({
      'dynamodb:EnclosingOperation': ['TransactWriteItems'],
      'dynamodb:LeadingKeys': [leading],
    });
    expect(ask('dynamodb.TransactWriteItems', body)).toEqual([
      { action: 'dynamodb:PutItem', resource: table, context: inside('SERVICE#checkout') },
      { action: 'dynamodb:UpdateItem', resource: table, context: inside('INCIDENT#1') },
      { action: 'dynamodb:ConditionCheckItem', resource: table, context: inside('CONTROLS') },
      throughDynamoDb,
    ]);
  });

  it('takes the leading key of a query from its condition', () => {
    const body = { TableName: 'ledger', ExpressionAttributeValues: { ':pk': { S: 'INCIDENT#1' } } };
    const context = { 'dynamodb:LeadingKeys': ['INCIDENT#1'] };
    expect(ask('dynamodb.Query', body)).toEqual([
      { action: 'dynamodb:Query', resource: table, context },
      throughDynamoDb,
    ]);
  });

  it('asks for the key of an encrypted topic', () => {
    const context = { 'kms:ViaService': [`sns.${region}.amazonaws.com`] };
    expect(ask('sns.Publish', { TopicArn: arn('sns', 'shop') })).toEqual([
      { action: 'sns:Publish', resource: arn('sns', 'shop'), context: {} },
      { action: 'kms:Decrypt', resource: keyArn, context },
      { action: 'kms:GenerateDataKey', resource: keyArn, context },
    ]);
  });

  it.each([
    ['logs.StartQuery', { logGroupName: '/ecs/checkout' }, 'logs:StartQuery', arn('logs', 'log-group:/ecs/checkout:*')],
    [
      'ssm.GetParameter',
      { Name: '/paramedic/prod/checkout' },
      'ssm:GetParameter',
      arn('ssm', 'parameter/paramedic/prod/checkout'),
    ],
    [
      'ecr.DescribeImages',
      { registryId: '999999999999', repositoryName: 'shop/checkout' },
      'ecr:DescribeImages',
      `arn:aws:ecr:${region}:999999999999:repository/shop/checkout`,
    ],
    ['monitoring.GetMetricData', {}, 'cloudwatch:GetMetricData', '*'],
    [
      'elasticloadbalancing.DeregisterTargets',
      { TargetGroupArn: 'group' },
      'elasticloadbalancing:DeregisterTargets',
      'group',
    ],
  ])('knows the resource of %s', (operation, body, action, resource) => {
    expect(ask(operation, body)).toEqual([{ action, resource, context: {} }]);
  });

  it('reads the function out of the path, and what a checkpoint invokes out of its body', () => {
    const execution = `${arn('lambda', 'function:recover:7')}/durable-execution/name/id`;
    const path = `/2025-12-01/durable-executions/${encodeURIComponent(execution)}`;
    const action = arn('lambda', 'function:replace-task:3');
    const body = {
      Updates: [{ Type: 'CHAINED_INVOKE', ChainedInvokeOptions: { FunctionName: action } }, { Type: 'STEP' }],
    };
    expect(ask('lambda.?', body, 'POST', `${path}/checkpoint`)).toEqual([
      { action: 'lambda:CheckpointDurableExecution', resource: execution, context: {} },
      { action: 'lambda:InvokeFunction', resource: action, context: {} },
    ]);
    expect(ask('lambda.?', null, 'GET', `${path}/state?Marker=m`)).toEqual([
      { action: 'lambda:GetDurableExecutionState', resource: execution, context: {} },
    ]);
    expect(ask('lambda.?', null, 'GET', `${path}?IncludeExecutionData=false`)).toEqual([
      { action: 'lambda:GetDurableExecution', resource: execution, context: {} },
    ]);
    const alias = arn('lambda', 'function:recover:live');
    const invocations = `/2015-03-31/functions/${encodeURIComponent(alias)}/invocations`;
    expect(ask('lambda.Invoke', {}, 'POST', invocations)).toEqual([
      { action: 'lambda:InvokeFunction', resource: alias, context: {} },
    ]);
  });

  it.each(['ecs.DeleteService', 'dynamodb.Scan', 's3.PUT', 'lambda.DeleteFunction'])(
    'refuses %s, which nobody has looked up',
    (operation) => {
      expect(() => ask(operation, {})).toThrow(/No test knows which permissions/);
    },
  );
});
