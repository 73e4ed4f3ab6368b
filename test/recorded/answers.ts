import { serviceLists } from '../../lambdas/contract/service-list.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import { digest, groupA, taskDefinition } from '../pipeline/build.ts';
import { type Answers, queryResult, type RecordedAnswer, type RecordedRequest } from './recorded-account.ts';

// What AWS answers, as its APIs give it: times in seconds, fields left out where there is nothing. Whatever cluster and service
// are asked about, they are told of.

export const account = 'eu-central-1:123456789012';

export const service = (change: object = {}) => ({
  serviceName: 'checkout',
  serviceArn: `arn:aws:ecs:${account}:service/shop/checkout`,
  status: 'ACTIVE',
  desiredCount: 2,
  runningCount: 2,
  pendingCount: 0,
  loadBalancers: [{ targetGroupArn: groupA, containerName: 'app', containerPort: 8080 }],
  deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 150 },
  deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY' }],
  ...change,
});

/** `00000002aaaa…` is the task at 10.0.0.2. */
const addressOf = (taskArn: string): string => `10.0.0.${Number(taskArn.split('/').at(-1)?.slice(0, 8)) || 1}`;

export const ecsTask = (taskArn: string) => ({
  taskArn,
  taskDefinitionArn: taskDefinition(42),
  lastStatus: 'RUNNING',
  desiredStatus: 'RUNNING',
  availabilityZone: 'eu-central-1a',
  createdAt: 1767600000,
  startedAt: 1767600030,
  containers: [{ name: 'app', imageDigest: digest(42) }, { name: 'proxy', imageDigest: digest(1) }, { name: 'init' }],
  attachments: [
    {
      type: 'ElasticNetworkInterface',
      details: [
        { name: 'networkInterfaceId', value: 'eni-1' },
        { name: 'privateIPv4Address', value: addressOf(taskArn) },
      ],
    },
  ],
});

type Deployed = { readonly n: number; readonly at: number; readonly status?: string; readonly pending?: boolean };

export const deploymentArn = (n: number) => `arn:aws:ecs:${account}:service-deployment/shop/checkout/${n}`;
const revisionArn = (n: number) => `arn:aws:ecs:${account}:service-revision/shop/checkout/${n}`;

export const deployments = (...given: readonly Deployed[]) =>
  given.map(({ n, at, status = 'SUCCESSFUL', pending = false }) => ({
    serviceDeploymentArn: deploymentArn(n),
    targetServiceRevisionArn: revisionArn(n),
    status,
    createdAt: at,
    ...(pending ? {} : { startedAt: at, finishedAt: at + 300 }),
  }));

export const revision = (n: number) => ({
  serviceRevisionArn: revisionArn(n),
  taskDefinition: taskDefinition(n),
  containerImages: [{ containerName: 'app', image: `shop/checkout:${n}`, imageDigest: digest(n) }],
});

type World = {
  readonly service?: object | null;
  /** Pages of task ARNs. */
  readonly running?: readonly (readonly string[])[];
  readonly stopped?: readonly (readonly string[])[];
  readonly task?: (arn: string) => object | null;
  readonly instances?: readonly object[];
  /** Pages of deployments. */
  readonly deployments?: readonly (readonly unknown[])[];
  /** Deployment → the revision it went back to. */
  readonly rollbacks?: Readonly<Record<number, number>>;
  readonly revision?: (n: number) => object;
};

/** The answers of an ECS that holds this. */
export function world(given: World = {}): Answers {
  const described = given.service === undefined ? service() : given.service;
  const { task = ecsTask, rollbacks = {}, revision: revisionOf = revision } = given;
  const numberOf = (arn: string) => Number(arn.split('/').at(-1));
  return {
    'ecs.DescribeServices': ({ body }) => {
      const [serviceName] = listIn(body, 'services');
      const failures = [{ arn: 'x', reason: 'MISSING' }];
      return { json: described === null ? { services: [], failures } : { services: [{ ...described, serviceName }] } };
    },
    'ecs.ListTasks': ({ body }) => {
      const { desiredStatus } = body as { desiredStatus: string };
      return page((desiredStatus === 'RUNNING' ? given.running : given.stopped) ?? [[]], 'taskArns', body);
    },
    'ecs.DescribeTasks': ({ body }) => ({
      json: {
        tasks: listIn(body, 'tasks')
          .map(task)
          .filter((each) => each !== null),
        failures: [],
      },
    }),
    'ecs.DescribeContainerInstances': { json: { containerInstances: given.instances ?? [] } },
    'ecs.ListServiceDeployments': ({ body }) => page(given.deployments ?? [[]], 'serviceDeployments', body),
    'ecs.DescribeServiceDeployments': ({ body }) => ({
      json: {
        serviceDeployments: listIn(body, 'serviceDeploymentArns').map((arn) => {
          const back = rollbacks[numberOf(arn)];
          const serviceRevisionArn = arn
            .replace(':service-deployment/', ':service-revision/')
            .replace(/\d+$/, `${back}`);
          return { serviceDeploymentArn: arn, ...(back === undefined ? {} : { rollback: { serviceRevisionArn } }) };
        }),
      },
    }),
    'ecs.DescribeServiceRevisions': ({ body }) => ({
      json: {
        serviceRevisions: listIn(body, 'serviceRevisionArns').map((arn) => ({
          ...revisionOf(numberOf(arn)),
          serviceRevisionArn: arn,
        })),
      },
    }),
    'ecs.DescribeTaskDefinition': { json: { taskDefinition: { status: 'ACTIVE' } } },
  };
}

const listIn = (body: unknown, field: string) => (body as Readonly<Record<string, readonly string[]>>)[field] ?? [];

/** One page, with the ARNs of the cluster and the service that were asked about. */
function page(pages: readonly (readonly unknown[])[], field: string, body: unknown): RecordedAnswer {
  const { cluster, service, nextToken = '0' } = body as Readonly<Record<string, string>>;
  const place = Number(nextToken);
  const answer = { [field]: pages[place] ?? [], ...(place + 1 < pages.length ? { nextToken: String(place + 1) } : {}) };
  const placed = JSON.stringify(answer).replaceAll('/shop/', `/${cluster?.split('/').at(-1)}/`);
  return { json: JSON.parse(service === undefined ? placed : placed.replaceAll('/checkout/', `/${service}/`)) };
}

/** A target as DescribeTargetHealth has it. */
export const targetMember = (id: string, state: string, anomaly = 'normal', port = '<Port>8080</Port>') =>
  `<member><Target><Id>${id}</Id>${port}</Target><TargetHealth><State>${state}</State></TargetHealth>` +
  `<AnomalyDetection><Result>${anomaly}</Result><MitigationInEffect>no</MitigationInEffect></AnomalyDetection></member>`;

export const targetHealth = (...members: readonly string[]): RecordedAnswer =>
  queryResult('DescribeTargetHealth', `<TargetHealthDescriptions>${members.join('')}</TargetHealthDescriptions>`);

const attributes = (inner: string) => `<Attributes>${inner}</Attributes>`;
const crossZone = '<member><Key>load_balancing.cross_zone.enabled</Key><Value>true</Value></member>';
const confirmed = '<entry><key>SubscriptionsConfirmed</key><value>1</value></entry>';
const updated = '<Stacks><member><StackStatus>UPDATE_COMPLETE</StackStatus></member></Stacks>';

/** A quiet account: nothing is wrong and nothing goes on, somebody listens, and every change is made. */
export const quiet: Answers = {
  'elasticloadbalancing.DescribeTargetHealth': targetHealth(),
  'elasticloadbalancing.DescribeTargetGroupAttributes': queryResult(
    'DescribeTargetGroupAttributes',
    attributes(crossZone),
  ),
  'elasticloadbalancing.DeregisterTargets': queryResult('DeregisterTargets', ''),
  'elasticloadbalancing.RegisterTargets': queryResult('RegisterTargets', ''),
  'ecs.GetTaskProtection': ({ body }) => ({
    json: { protectedTasks: listIn(body, 'tasks').map((taskArn) => ({ taskArn, protectionEnabled: false })) },
  }),
  'ecs.StopTask': { json: {} },
  'ecs.UpdateService': { json: {} },
  'ecs.StopServiceDeployment': { json: {} },
  'ecr.DescribeImages': ({ body }) => {
    const [{ imageTag }] = (body as { imageIds: [{ imageTag: string }] }).imageIds;
    return { json: { imageDetails: [{ imageDigest: digest(Number(imageTag) || 0) }] } };
  },
  'cloudformation.DescribeStacks': queryResult('DescribeStacks', updated),
  'application-autoscaling.DescribeScalingActivities': { json: { ScalingActivities: [] } },
  'sns.GetTopicAttributes': queryResult('GetTopicAttributes', attributes(confirmed)),
  'sns.Publish': queryResult('Publish', '<MessageId>m</MessageId>'),
  'monitoring.GetMetricData': { json: { MetricDataResults: [] } },
  'monitoring.DescribeAlarms': { json: { MetricAlarms: [] } },
  'monitoring.ListAlarmMuteRules': { json: { AlarmMuteRuleSummaries: [] } },
  'logs.StartQuery': { json: { queryId: 'q' } },
  'logs.GetQueryResults': { json: { status: 'Complete', results: [] } },
  'logs.StopQuery': { json: { success: true } },
  'lambda.Invoke': ({ path }) => invoked(path),
  'lambda.GetDurableExecution': { json: { Status: 'RUNNING' } },
  'lambda.GetDurableExecutionState': { json: { Operations: [] } },
  'lambda.CheckpointDurableExecution': { json: { CheckpointToken: 'next', NewExecutionState: {} } },
  'lambda.SendDurableExecutionCallbackSuccess': { json: {} },
};

/** A start of a workflow is answered with the ARN of its execution. */
function invoked(path: string): RecordedAnswer {
  const alias = decodeURIComponent(/functions\/([^/]+)\/invocations/.exec(path)?.[1] ?? '');
  const arn = `${alias.replace(/:[^:]+$/, ':7')}/durable-execution/name/id`;
  return { status: 202, headers: { 'x-amz-durable-execution-arn': arn } };
}

/** The parameters of an account in which these services are installed. */
export const published =
  (services: readonly ServiceSettings[]) =>
  ({ body }: RecordedRequest): RecordedAnswer => {
    const { Name } = body as { Name: string };
    const [, list] = /\/_services\/(\d+)$/.exec(Name) ?? [];
    const lists = serviceLists(services.map(({ id }) => id));
    const found = services.find(({ id }) => Name.endsWith(`/${id}`));
    const Value = Name.endsWith('/_services/count')
      ? `${services.length}`
      : list === undefined
        ? JSON.stringify(found)
        : lists.find((each) => each.list === Number(list))?.text;
    return Value === undefined
      ? { status: 400, json: { __type: 'ParameterNotFound' } }
      : { json: { Parameter: { Value } } };
  };
