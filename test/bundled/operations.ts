/** One call of every operation the adapters make, with every kind of value they send. */
const key = { pk: { S: 'INCIDENT' }, sk: { S: '1' } };
const target = { TargetGroupArn: 'arn:group', Targets: [{ Id: '10.0.0.1', Port: 8080 }] };
const lambda = 'arn:aws:lambda:eu-central-1:123456789012:function:recover:7';

export const operations: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  cloudwatch: {
    DescribeAlarms: {
      AlarmNamePrefix: 'paramedic/prod/',
      StateValue: 'ALARM',
      AlarmTypes: ['MetricAlarm'],
      NextToken: 'n',
    },
    ListAlarmMuteRules: { AlarmName: 'é', MaxRecords: 10 },
    GetMetricData: {
      MetricDataQueries: [
        {
          Id: 'a',
          MetricStat: {
            Metric: { Namespace: 'AWS/ECS', MetricName: 'CPU', Dimensions: [{ Name: 'Cluster', Value: 'c' }] },
            Period: 60,
            Stat: 'p99',
          },
          ReturnData: true,
        },
      ],
      StartTime: new Date(1_767_614_400_000),
      EndTime: new Date(1_767_614_700_000),
      ScanBy: 'TimestampAscending',
    },
  },
  'cloudwatch-logs': {
    StartQuery: {
      logGroupName: '/a',
      startTime: 1_767_614_400,
      endTime: 1_767_614_700,
      queryString: 'fields “é”',
      limit: 9,
    },
    GetQueryResults: { queryId: 'q' },
    StopQuery: { queryId: 'q' },
  },
  dynamodb: {
    GetItem: { TableName: 'ledger', Key: key, ConsistentRead: true },
    Query: {
      TableName: 'ledger',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'ü' } },
      ExclusiveStartKey: key,
    },
    TransactWriteItems: {
      ClientRequestToken: 'token',
      TransactItems: [
        {
          Put: {
            TableName: 'ledger',
            Item: { ...key, n: { N: '1' }, flag: { BOOL: true }, m: { M: { l: { L: [{ NULL: true }] } } } },
          },
        },
        { ConditionCheck: { TableName: 'ledger', Key: key, ConditionExpression: 'attribute_exists(pk)' } },
        {
          Update: {
            TableName: 'ledger',
            Key: key,
            UpdateExpression: 'SET a = :a',
            ExpressionAttributeValues: { ':a': { N: '2' } },
          },
        },
      ],
    },
  },
  ecr: { DescribeImages: { registryId: '123456789012', repositoryName: 'app', imageIds: [{ imageTag: '42' }] } },
  ecs: {
    DescribeContainerInstances: { cluster: 'c', containerInstances: ['i'] },
    DescribeServiceDeployments: { serviceDeploymentArns: ['d'] },
    DescribeServiceRevisions: { serviceRevisionArns: ['r'] },
    DescribeServices: { cluster: 'c', services: ['s'] },
    DescribeTaskDefinition: { taskDefinition: 'web:41' },
    GetTaskProtection: { cluster: 'c', tasks: ['t'] },
    DescribeTasks: { cluster: 'c', tasks: ['t'] },
    ListServiceDeployments: { cluster: 'c', service: 's', maxResults: 100, nextToken: 'n' },
    ListTasks: { cluster: 'c', serviceName: 's', desiredStatus: 'RUNNING' },
    StopServiceDeployment: { serviceDeploymentArn: 'd', stopType: 'ROLLBACK' },
    StopTask: { cluster: 'c', task: 't', reason: 'It’s sick.' },
    UpdateService: { cluster: 'c', service: 's', taskDefinition: 'web:41', forceNewDeployment: true },
  },
  'elastic-load-balancing-v2': {
    DeregisterTargets: target,
    DescribeTargetGroupAttributes: { TargetGroupArn: 'arn:group' },
    DescribeTargetHealth: { TargetGroupArn: 'arn:group', Include: ['AnomalyDetection'] },
    RegisterTargets: target,
  },
  lambda: {
    CheckpointDurableExecution: {
      DurableExecutionArn: `${lambda}/durable-execution/prod-1/2`,
      CheckpointToken: 'a',
      ClientToken: 'b',
      Updates: [
        { Id: '1', Type: 'STEP', Action: 'SUCCEED', Name: 'look', Payload: '{}' },
        { Id: '2', Type: 'CHAINED_INVOKE', Action: 'START', ChainedInvokeOptions: { FunctionName: lambda } },
      ],
    },
    GetDurableExecution: { DurableExecutionArn: `${lambda}/durable-execution/prod-1/2` },
    SendDurableExecutionCallbackSuccess: { CallbackId: 'c+/=' },
    GetDurableExecutionState: {
      DurableExecutionArn: `${lambda}/durable-execution/prod-1/2`,
      CheckpointToken: 'a',
      Marker: 'm',
      MaxItems: 9,
    },
    Invoke: { FunctionName: lambda, InvocationType: 'Event', DurableExecutionName: 'prod-1', Payload: '{"a":1}' },
  },
  sns: {
    GetTopicAttributes: { TopicArn: 'arn:topic' },
    Publish: {
      TopicArn: 'arn:topic',
      Subject: 's',
      Message: 'm & <m>',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'k' } },
    },
  },
};
