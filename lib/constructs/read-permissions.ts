import { everyGuardRead, type GuardRead, reads, sweepReads } from '../../lambdas/contract/permissions.ts';
import { lastPart } from '../config/arn.ts';
import type { Install, ServicePlan } from '../config/recovery.ts';
import { arnOf } from './arns.ts';
import type { Permission } from './permission.ts';

/** Beyond so many clusters their names would not fit into a role's policies; then reads are not limited to them. */
const mostClusters = 20;
/** Likewise for the stacks that deploy the services. */
const mostStacks = 60;

const each = <T>(values: readonly T[]): T[] => [...new Set(values)];

const unlimited = (actions: readonly string[], port: string, wider: string): Permission => ({
  actions,
  resources: ['*'],
  wider,
  neededBy: [port],
});

/**
 * What ECS calls the resources of each read, below `CLUSTER/`, all of which must be allowed; reads that are not here are not
 * limited to resources (https://docs.aws.amazon.com/service-authorization/latest/reference/list_ecs.html).
 */
const resourcesOfRead: Readonly<Record<string, readonly string[]>> = {
  'ecs:DescribeServices': ['service'],
  'ecs:ListServiceDeployments': ['service'],
  'ecs:DescribeTasks': ['task'],
  'ecs:DescribeContainerInstances': ['container-instance'],
  'ecs:DescribeServiceDeployments': ['service', 'service-deployment'],
  'ecs:DescribeServiceRevisions': ['service', 'service-revision'],
};

function readsOfCluster(install: Install, cluster: string): readonly Permission[] {
  const kinds = each(Object.values(resourcesOfRead).flat());
  return kinds.map((kind) => ({
    actions: reads.services.filter((action) => resourcesOfRead[action]?.includes(kind)),
    resources: [arnOf(install, 'ecs', `${kind}/${cluster}/*`)],
    wider: 'Reads every service of the cluster: tasks and deployments have ids that are not known beforehand.',
    neededBy: ['services'],
  }));
}

function ecsReads(install: Install, services: readonly ServicePlan[]): readonly Permission[] {
  const clusters = each(services.map(({ settings }) => settings.resources.cluster)).sort();
  const named = clusters.length <= mostClusters;
  return [
    ...(named ? clusters.map(lastPart) : ['*']).flatMap((cluster) => readsOfCluster(install, cluster)),
    {
      actions: ['ecs:ListTasks'],
      resources: ['*'],
      ...(named && clusters.length > 0 ? { conditions: { ArnEquals: { 'ecs:cluster': clusters } } } : {}),
      wider: 'Lists the tasks of every service of the cluster: IAM knows container instances for it, and no service.',
      neededBy: ['services'],
    },
    unlimited(['ecs:DescribeTaskDefinition'], 'services', 'IAM knows no resource for reading a task definition.'),
  ];
}

/** A stack is named by its name or its ARN, and its ARN ends with an id that changes when it is made anew. */
function stackReads(install: Install, services: readonly ServicePlan[]): readonly Permission[] {
  const names = each(services.flatMap(({ settings }) => settings.resources.stack ?? [])).sort();
  const arns = names.map((stack) =>
    stack.startsWith('arn:') ? stack : arnOf(install, 'cloudformation', `stack/${stack}/*`),
  );
  const named = arns.length <= mostStacks;
  return [
    {
      actions: reads.stacks,
      resources: named ? arns : [arnOf(install, 'cloudformation', 'stack/*')],
      wider: named
        ? 'Any stack that had or will have the name: its id is not known beforehand.'
        : 'Every stack of the account: so many names do not fit into a role.',
      neededBy: ['stacks'],
    },
  ];
}

function protectionReads(install: Install, services: readonly ServicePlan[]): readonly Permission[] {
  const clusters = each(services.map(({ settings }) => lastPart(settings.resources.cluster))).sort();
  return (clusters.length <= mostClusters ? clusters : ['*']).map((cluster) => ({
    actions: reads.protection,
    resources: [arnOf(install, 'ecs', `task/${cluster}/*`)],
    wider: 'Reads every task of the cluster: tasks have ids that are not known beforehand.',
    neededBy: ['protection'],
  }));
}

const guardPermissions: Readonly<
  Record<GuardRead, (install: Install, services: readonly ServicePlan[]) => readonly Permission[]>
> = {
  routing: () => [
    unlimited(reads.routing, 'routing', 'IAM knows no resource for reading attributes of target groups.'),
  ],
  protection: protectionReads,
  stacks: stackReads,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsapplicationautoscaling.html
  scaling: () => [unlimited(reads.scaling, 'scaling', 'IAM knows no resource for reading scaling activities.')],
};

/** All that must be read again immediately before a change; `before` of what not every change rests on. */
export const lookPermissions = (
  install: Install,
  services: readonly ServicePlan[],
  before: readonly GuardRead[] = everyGuardRead,
): readonly Permission[] => [
  ...before.flatMap((read) => guardPermissions[read](install, services)),
  unlimited(reads.targets, 'targets', 'IAM knows no resource for reading the health of targets.'),
  ...ecsReads(install, services),
  {
    actions: reads.images,
    resources: [arnOf(install, 'ecr', 'repository/*')],
    wider:
      'Reads the digests of every repository of the account: which ones a task definition names is known only later.',
    neededBy: ['images'],
  },
  {
    actions: reads.audience,
    resources: each(services.map(({ settings }) => settings.topic)),
    wider: null,
    neededBy: ['audience'],
  },
];

/** The list of services and each one's configuration are parameters below the pipeline's name. */
export const settingsPermission = (install: Install, neededBy: readonly string[] = ['settings']): Permission => ({
  actions: reads.settings,
  resources: [arnOf(install, 'ssm', `parameter/paramedic/${install.name}/*`)],
  wider: 'Reads the list of services and the configuration of every one of them, of this pipeline and no other.',
  neededBy,
});

function logPermissions(install: Install, services: readonly ServicePlan[]): readonly Permission[] {
  const [start, ...others] = reads.taskLogs;
  const groups = each(services.flatMap(({ settings }) => settings.resources.logs?.logGroup ?? []));
  if (groups.length === 0) return [];
  return [
    ...groups.map((group) => ({
      actions: [start],
      resources: [arnOf(install, 'logs', `log-group:${group}:*`)],
      wider: 'Reads the log group whole: Logs Insights knows nothing narrower.',
      neededBy: ['taskLogs'],
    })),
    unlimited(others, 'taskLogs', 'IAM knows no resource for the results of a query.'),
  ];
}

/** Which alarms fire, and which are muted. */
export const alarmPermissions = (): readonly Permission[] => [
  unlimited(
    sweepReads.alarms,
    'alarms',
    'Composite alarms are only shown to a role that may describe every alarm; mute rules are asked for by the names of alarms.',
  ),
];

/** What diagnosing needs beyond `lookPermissions`. */
export const examinePermissions = (install: Install, services: readonly ServicePlan[]): readonly Permission[] => [
  unlimited(reads.metrics, 'metrics', 'IAM knows no resource for reading metrics.'),
  ...logPermissions(install, services),
];
