import { digest, groupA, taskDefinition } from '../pipeline/build.ts';
import type { Responder, WireAnswer } from './wire-server.ts';

// What ECS answers, as its API gives it: times in seconds, fields left out where there is nothing.

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
        { name: 'privateIPv4Address', value: '10.0.0.1' },
      ],
    },
  ],
});

type Deployed = { readonly n: number; readonly at: number; readonly status?: string; readonly pending?: boolean };

const deploymentArn = (n: number) => `arn:aws:ecs:${account}:service-deployment/shop/checkout/${n}`;
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
export function world(given: World = {}): Record<string, WireAnswer | Responder> {
  const described = given.service === undefined ? service() : given.service;
  const { task = ecsTask, rollbacks = {}, revision: revisionOf = revision } = given;
  return {
    'ecs.DescribeServices': {
      json:
        described === null ? { services: [], failures: [{ arn: 'x', reason: 'MISSING' }] } : { services: [described] },
    },
    'ecs.ListTasks': (request) => {
      const { desiredStatus, nextToken } = request.body as { desiredStatus: string; nextToken?: string };
      return page((desiredStatus === 'RUNNING' ? given.running : given.stopped) ?? [[]], 'taskArns', nextToken);
    },
    'ecs.DescribeTasks': (request) => {
      const { tasks } = request.body as { tasks: readonly string[] };
      return { json: { tasks: tasks.map(task).filter((each) => each !== null), failures: [] } };
    },
    'ecs.DescribeContainerInstances': { json: { containerInstances: given.instances ?? [] } },
    'ecs.ListServiceDeployments': (request) =>
      page(given.deployments ?? [[]], 'serviceDeployments', (request.body as { nextToken?: string }).nextToken),
    'ecs.DescribeServiceDeployments': (request) => {
      const { serviceDeploymentArns } = request.body as { serviceDeploymentArns: readonly string[] };
      const back = (arn: string) => rollbacks[Number(arn.split('/').at(-1))];
      return {
        json: {
          serviceDeployments: serviceDeploymentArns.map((arn) => ({
            serviceDeploymentArn: arn,
            ...(back(arn) === undefined ? {} : { rollback: { serviceRevisionArn: revisionArn(back(arn) ?? 0) } }),
          })),
        },
      };
    },
    'ecs.DescribeServiceRevisions': (request) => {
      const { serviceRevisionArns } = request.body as { serviceRevisionArns: readonly string[] };
      return {
        json: { serviceRevisions: serviceRevisionArns.map((arn) => revisionOf(Number(arn.split('/').at(-1)))) },
      };
    },
    'ecs.DescribeTaskDefinition': { json: { taskDefinition: { status: 'ACTIVE' } } },
  };
}

function page(pages: readonly (readonly unknown[])[], field: string, token = '0'): WireAnswer {
  const place = Number(token);
  return {
    json: { [field]: pages[place] ?? [], ...(place + 1 < pages.length ? { nextToken: String(place + 1) } : {}) },
  };
}
