import type { RecordedRequest } from '../recorded/recorded-account.ts';
import type { Context, Need } from './policy.ts';
import type { Place } from './roles.ts';

export type Asked = Pick<RecordedRequest, 'operation' | 'method' | 'path' | 'body'>;

/** What IAM and the services look up beside the request itself. */
export type Surroundings = Place & {
  readonly tagsOfTask: (task: string) => Readonly<Record<string, string>>;
  /** The roles in the task definitions of a service, by the service's ARN. */
  readonly rolesOfService: (service: string) => readonly string[];
  /** The key that encrypts the ledger and the topics. */
  readonly keyArn: string;
};

type Body = Readonly<Record<string, unknown>>;
type NeedsOf = (body: Body, around: Surroundings) => readonly Need[];

/**
 * What a request to AWS needs the caller to be allowed, after the Service Authorization Reference. A request that is not
 * known here is an error: nothing may be called that nobody has looked up
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
 */
export function neededFor({ operation, method, path, body }: Asked, around: Surroundings): readonly Need[] {
  const [api = '', name = ''] = operation.split('.');
  if (api === 'lambda') return ofLambda(method, path, body);
  if (api === 'dynamodb') return [...ofItems(name, body, around), decrypting(around)];
  const known = api === 'ecs' ? ofEcs[name] : others[operation];
  if (known === undefined) throw new Error(`No test knows which permissions ${operation} needs.`);
  return known(body as Body, around);
}

export const need = (action: string, resource = '*', context: Context = {}): Need => ({ action, resource, context });

const arn = ({ partition, region, account }: Place, service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;

function text(body: Body, field: string): string {
  const value = body[field];
  if (typeof value !== 'string') throw new Error(`A request without ${field}: ${JSON.stringify(body)}`);
  return value;
}
function texts(body: Body, field: string): readonly string[] {
  const value = body[field];
  if (!Array.isArray(value)) throw new Error(`A request without ${field}: ${JSON.stringify(body)}`);
  return value as readonly string[];
}

const others: Readonly<Record<string, NeedsOf>> = {
  'elasticloadbalancing.DescribeTargetHealth': () => [need('elasticloadbalancing:DescribeTargetHealth')],
  'elasticloadbalancing.DeregisterTargets': (body) => [
    need('elasticloadbalancing:DeregisterTargets', text(body, 'TargetGroupArn')),
  ],
  'elasticloadbalancing.RegisterTargets': (body) => [
    need('elasticloadbalancing:RegisterTargets', text(body, 'TargetGroupArn')),
  ],
  'elasticloadbalancing.DescribeTargetGroupAttributes': () => [
    need('elasticloadbalancing:DescribeTargetGroupAttributes'),
  ],
  // A stack is asked for by its name; its ARN ends with an id
  // (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html).
  'cloudformation.DescribeStacks': (body, around) => {
    const stack = `stack/${text(body, 'StackName')}/0123abcd-0123-4567-89ab-0123456789ab`;
    return [need('cloudformation:DescribeStacks', arn(around, 'cloudformation', stack))];
  },
  'application-autoscaling.DescribeScalingActivities': () => [
    need('application-autoscaling:DescribeScalingActivities'),
  ],
  'monitoring.GetMetricData': () => [need('cloudwatch:GetMetricData')],
  // Composite alarms are only shown to whoever may describe every alarm
  // (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html).
  'monitoring.DescribeAlarms': () => [need('cloudwatch:DescribeAlarms')],
  'monitoring.ListAlarmMuteRules': () => [need('cloudwatch:ListAlarmMuteRules')],
  // Policies name a log group by its ARN with `:*` behind
  // (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html).
  'logs.StartQuery': (body, around) => [
    need('logs:StartQuery', arn(around, 'logs', `log-group:${text(body, 'logGroupName')}:*`)),
  ],
  'logs.GetQueryResults': () => [need('logs:GetQueryResults')],
  'logs.StopQuery': () => [need('logs:StopQuery')],
  'ssm.GetParameter': (body, around) => [
    need('ssm:GetParameter', arn(around, 'ssm', `parameter${text(body, 'Name')}`)),
  ],
  'ecr.DescribeImages': (body, around) => {
    const place = { ...around, account: text(body, 'registryId') };
    return [need('ecr:DescribeImages', arn(place, 'ecr', `repository/${text(body, 'repositoryName')}`))];
  },
  'sns.GetTopicAttributes': (body) => [need('sns:GetTopicAttributes', text(body, 'TopicArn'))],
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#send-to-encrypted-topic
  'sns.Publish': (body, { region, keyArn }) => {
    const throughTopic = { 'kms:ViaService': [`sns.${region}.amazonaws.com`] };
    return [
      need('sns:Publish', text(body, 'TopicArn')),
      need('kms:Decrypt', keyArn, throughTopic),
      need('kms:GenerateDataKey', keyArn, throughTopic),
    ];
  },
};

/** A cluster is named by its name or its ARN; conditions see the ARN. */
const clusterArn = (body: Body, around: Surroundings): string => {
  const cluster = text(body, 'cluster');
  return cluster.startsWith('arn:') ? cluster : arn(around, 'ecs', `cluster/${cluster}`);
};
const inCluster = (body: Body, around: Surroundings): Context => ({ 'ecs:cluster': [clusterArn(body, around)] });

function serviceArn(body: Body, around: Surroundings, service: string): string {
  if (service.startsWith('arn:')) return service;
  return arn(around, 'ecs', `service/${clusterArn(body, around).split('/').at(-1)}/${service}`);
}

/**
 * `arn:…:service-deployment/CLUSTER/SERVICE/ID` and `service-revision/…` tell their service and their cluster. Both resource
 * types are required: the deployment's or revision's own, and its service's.
 */
function withService(action: string, deployment: string): readonly Need[] {
  const [, prefix, cluster, name] =
    /^(.*:)(?:service-deployment|service-revision)\/([^/]+)\/([^/]+)\/[^/]+$/.exec(deployment) ?? [];
  if (cluster === undefined) throw new Error(`Not the ARN of a deployment or a revision: ${deployment}`);
  const service = `${prefix}service/${cluster}/${name}`;
  const context = { 'ecs:cluster': [`${prefix}cluster/${cluster}`] };
  return [need(action, service, context), need(action, deployment, { ...context, 'ecs:service': [service] })];
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_ecs.html */
const ofEcs: Readonly<Record<string, NeedsOf>> = {
  DescribeServices: (body, around) =>
    texts(body, 'services').map((service) =>
      need('ecs:DescribeServices', serviceArn(body, around, service), inCluster(body, around)),
    ),
  // Its resource is the container instance, which a list by service does not name.
  ListTasks: (body, around) => [need('ecs:ListTasks', '*', inCluster(body, around))],
  DescribeTasks: (body, around) =>
    texts(body, 'tasks').map((task) => need('ecs:DescribeTasks', task, inCluster(body, around))),
  DescribeContainerInstances: (body, around) =>
    texts(body, 'containerInstances').map((instance) =>
      need('ecs:DescribeContainerInstances', instance, inCluster(body, around)),
    ),
  ListServiceDeployments: (body, around) => [
    need('ecs:ListServiceDeployments', serviceArn(body, around, text(body, 'service')), inCluster(body, around)),
  ],
  DescribeServiceDeployments: (body) =>
    texts(body, 'serviceDeploymentArns').flatMap((one) => withService('ecs:DescribeServiceDeployments', one)),
  DescribeServiceRevisions: (body) =>
    texts(body, 'serviceRevisionArns').flatMap((one) => withService('ecs:DescribeServiceRevisions', one)),
  GetTaskProtection: (body, around) =>
    texts(body, 'tasks').map((task) => need('ecs:GetTaskProtection', task, inCluster(body, around))),
  DescribeTaskDefinition: () => [need('ecs:DescribeTaskDefinition')],
  StopTask: (body, around) => {
    const task = text(body, 'task');
    const tags = Object.entries(around.tagsOfTask(task)).flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, [value]],
      [`ecs:ResourceTag/${key}`, [value]],
    ]);
    return [need('ecs:StopTask', task, { ...inCluster(body, around), ...(Object.fromEntries(tags) as Context) })];
  },
  // Conditions can look at some of its fields beside the cluster. A field that is not sent has no key.
  UpdateService: (body, around) => {
    const service = serviceArn(body, around, text(body, 'service'));
    const context = {
      ...inCluster(body, around),
      ...('taskDefinition' in body ? { 'ecs:task-definition': [text(body, 'taskDefinition')] } : {}),
      ...('enableExecuteCommand' in body ? { 'ecs:enable-execute-command': [String(body.enableExecuteCommand)] } : {}),
    };
    const passed: Context = { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] };
    return [
      need('ecs:UpdateService', service, context),
      ...around.rolesOfService(service).map((role) => need('iam:PassRole', role, passed)),
    ];
  },
  StopServiceDeployment: (body) => withService('ecs:StopServiceDeployment', text(body, 'serviceDeploymentArn')),
};

type Attributes = Readonly<Record<string, { readonly S?: string }>>;
type Write = { readonly TableName: string; readonly Item?: Attributes; readonly Key?: Attributes };

/** What IAM calls a transaction's writes: there is no action for the transaction itself. */
const ofWrite: Readonly<Record<string, string>> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
function ofItems(operation: string, body: unknown, around: Surroundings): readonly Need[] {
  switch (operation) {
    case 'GetItem':
    case 'PutItem':
      return [ofItem(`dynamodb:${operation}`, body as Write, around)];
    case 'Query': {
      const { TableName, ExpressionAttributeValues } = body as {
        readonly TableName: string;
        readonly ExpressionAttributeValues: Attributes;
      };
      return [ofItem('dynamodb:Query', { TableName, Key: { pk: ExpressionAttributeValues[':pk'] ?? {} } }, around)];
    }
    case 'TransactWriteItems': {
      const { TransactItems } = body as { readonly TransactItems: readonly Readonly<Record<string, Write>>[] };
      const inside: Context = { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] };
      return TransactItems.flatMap((one) => Object.entries(one)).map(([kind, write]) => {
        const action = ofWrite[kind];
        if (action === undefined) throw new Error(`A transaction with ${kind}, which no test knows.`);
        return ofItem(action, write, around, inside);
      });
    }
    default:
      throw new Error(`No test knows which permissions dynamodb.${operation} needs.`);
  }
}

function ofItem(action: string, write: Write, around: Surroundings, context: Context = {}): Need {
  const leading = (write.Item ?? write.Key)?.pk?.S;
  if (leading === undefined) throw new Error(`${action} without a key: ${JSON.stringify(write)}`);
  const table = arn(around, 'dynamodb', `table/${write.TableName}`);
  return need(action, table, { ...context, 'dynamodb:LeadingKeys': [leading] });
}

/**
 * Whoever reaches an item makes DynamoDB decrypt the table's key on its behalf
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html).
 */
const decrypting = ({ region, keyArn }: Surroundings): Need =>
  need('kms:Decrypt', keyArn, { 'kms:ViaService': [`dynamodb.${region}.amazonaws.com`] });

const waking = 'lambda:SendDurableExecutionCallbackSuccess';

/** The parts of Lambda's REST API that functions use: method, path, and what they need of what the path names. */
const restApi: readonly (readonly [string, RegExp, string])[] = [
  ['POST', /^\/2015-03-31\/functions\/([^/]+)\/invocations(?:\?.*)?$/, 'lambda:InvokeFunction'],
  ['POST', /^\/2025-12-01\/durable-executions\/([^/]+)\/checkpoint$/, 'lambda:CheckpointDurableExecution'],
  ['GET', /^\/2025-12-01\/durable-executions\/([^/]+)\/state(?:\?.*)?$/, 'lambda:GetDurableExecutionState'],
  ['GET', /^\/2025-12-01\/durable-executions\/([^/]+?)(?:\?.*)?$/, 'lambda:GetDurableExecution'],
  ['POST', /^\/2025-12-01\/durable-execution-callbacks\/([^/]+)\/succeed$/, waking],
];

type Update = { readonly ChainedInvokeOptions?: { readonly FunctionName?: string } };

/** https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html */
function ofLambda(method: string, path: string, body: unknown): readonly Need[] {
  const [found] = restApi.flatMap(([of, pattern, action]) => {
    const [, named] = pattern.exec(path) ?? [];
    return of === method && named !== undefined ? [{ action, named: decodeURIComponent(named) }] : [];
  });
  if (found === undefined) throw new Error(`No test knows which permissions lambda ${method} ${path} needs.`);
  const { action, named } = found;
  const resource = action === waking ? executionOfCallback(named) : named;
  // Lambda invokes what a checkpoint asks for, with the role of the function that asks.
  const { Updates = [] } = (body ?? {}) as { readonly Updates?: readonly Update[] };
  const chained = Updates.map(({ ChainedInvokeOptions }) => ChainedInvokeOptions?.FunctionName);
  return [
    need(action, resource),
    ...chained.filter((name) => name !== undefined).map((name) => need('lambda:InvokeFunction', name)),
  ];
}

/**
 * Lambda asks for the execution that created the callback
 * (https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html#durable-callback-permissions). Which that is, a real id
 * does not show; in these tests it is the execution's ARN in Base64, as `callbackOf` makes it.
 */
const executionOfCallback = (id: string): string => Buffer.from(id, 'base64').toString('utf8');
export const callbackOf = (execution: string): string => Buffer.from(execution).toString('base64');
