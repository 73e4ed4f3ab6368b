import { reads, sweepReads } from '../../lambdas/contract/permissions.ts';
import { lastPart } from '../config/arn.ts';
import type { Install, ServicePlan } from '../config/recovery.ts';
import { arnOf } from './arns.ts';
import type { Permission } from './permission.ts';

/** Beyond so many clusters their names would not fit into a role's policies; then reads are not limited to them. */
const mostClusters = 20;

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

/** All that must be read again immediately before a change. */
export const lookPermissions = (install: Install, services: readonly ServicePlan[]): readonly Permission[] => [
  ...comparePermissions(install, services),
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
export const settingsPermission = (install: Install): Permission => ({
  actions: reads.settings,
  resources: [arnOf(install, 'ssm', `parameter/paramedic/${install.name}/*`)],
  wider: 'Reads the list of services and the configuration of every one of them, of this pipeline and no other.',
  neededBy: ['settings'],
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

/** What a sweep compares: tasks with targets. */
export const comparePermissions = (install: Install, services: readonly ServicePlan[]): readonly Permission[] => [
  unlimited(reads.targets, 'targets', 'IAM knows no resource for reading the health of targets.'),
  ...ecsReads(install, services),
];

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
