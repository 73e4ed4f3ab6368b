import type { ActionKind } from '../../lambdas/contract/names.ts';
import { type ChangeName, changes, grants } from '../../lambdas/contract/permissions.ts';
import { lastPart } from '../config/arn.ts';
import type { Install, ServicePlan } from '../config/recovery.ts';
import { arnOf } from './arns.ts';
import type { Permission } from './permission.ts';

/** What one change needs on one service; none where the service has nothing of the kind. */
type Grant = (install: Install, plan: ServicePlan) => readonly Permission[];

const clusterOf = ({ settings }: ServicePlan): string => lastPart(settings.resources.cluster);

const targets =
  (change: 'deregisterTargets' | 'registerTargets'): Grant =>
  (_, { settings }) =>
    settings.resources.targetGroups.length === 0
      ? []
      : [
          {
            actions: changes[change],
            resources: settings.resources.targetGroups,
            wider: 'Any target of the group, and any number: IAM knows no condition on targets.',
            neededBy: [`change.${change}`],
          },
        ];

/** Request fields that IAM has a condition for; there is none for desiredCount or forceNewDeployment. */
const updateService = (
  change: 'forceNewDeployment' | 'updateService',
  install: Install,
  plan: ServicePlan,
  conditions: Permission['conditions'],
  wider: string,
) => [
  {
    actions: changes.updateService,
    resources: [arnOf(install, 'ecs', `service/${clusterOf(plan)}/${plan.settings.resources.service}`)],
    conditions: {
      ...conditions,
      ArnEquals: { 'ecs:cluster': plan.settings.resources.cluster },
      StringNotEqualsIfExists: { 'ecs:enable-execute-command': 'true' },
    },
    wider,
    neededBy: [`change.${change}`],
  },
];

/** ECS asks for it whenever a service is updated (https://docs.aws.amazon.com/service-authorization/latest/reference/list_ecs.html). */
const passRoles = (change: ChangeName, { passRoles: roles }: ServicePlan): readonly Permission[] =>
  roles.length === 0
    ? []
    : [
        {
          actions: ['iam:PassRole'],
          resources: roles,
          conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
          wider: null,
          neededBy: [`change.${change}`],
        },
      ];

const grantOf: Readonly<Record<Exclude<ChangeName, 'stopTask' | 'stopServiceDeployment'>, Grant>> = {
  deregisterTargets: targets('deregisterTargets'),
  registerTargets: targets('registerTargets'),
  forceNewDeployment: (install, plan) => [
    ...updateService(
      'forceNewDeployment',
      install,
      plan,
      { Null: { 'ecs:task-definition': 'true' } },
      'Any field of UpdateService without a condition key, such as the desired count.',
    ),
    ...passRoles('forceNewDeployment', plan),
  ],
  updateService: (install, plan) => [
    ...updateService(
      'updateService',
      install,
      plan,
      { ArnLike: { 'ecs:task-definition': arnOf(install, 'ecs', 'task-definition/*') } },
      'Any task definition of the account, and any field of UpdateService without a condition key, such as the desired count.',
    ),
    ...passRoles('updateService', plan),
  ],
};

/** So many names of services fit into one statement that can still be moved from policy to policy. */
const servicesPerStatement = 12;

/**
 * A task has no name to give it by, only the tag that ECS puts on it where the service has managed tags. Statements name
 * several services, since each of them repeats the cluster.
 */
function stopTask(install: Install, plans: readonly ServicePlan[]): readonly Permission[] {
  const clusters = [...new Set(plans.map(clusterOf))].sort();
  return clusters.flatMap((cluster): readonly Permission[] => {
    const here = plans.filter((plan) => clusterOf(plan) === cluster);
    const tasks = {
      actions: changes.stopTask,
      resources: [arnOf(install, 'ecs', `task/${cluster}/*`)],
      neededBy: ['change.stopTask'],
    };
    const untagged = here.filter(({ managedTags }) => !managedTags).map(({ settings }) => settings.id);
    if (untagged.length > 0)
      return [
        {
          ...tasks,
          wider: `Any task of the cluster ${cluster}: without ECS managed tags IAM can't tell whose a task is (${untagged.slice(0, 5).join(', ')}).`,
        },
      ];
    const names = here.map(({ settings }) => settings.resources.service).sort();
    return chunks(names, servicesPerStatement).map((some) => ({
      ...tasks,
      conditions: { StringEquals: { 'aws:ResourceTag/aws:ecs:serviceName': some } },
      wider: 'Any task of the service, and any number of them: IAM knows no condition on the number.',
    }));
  });
}

/**
 * ECS asks for the deployment and for its service (https://docs.aws.amazon.com/service-authorization/latest/reference/list_ecs.html).
 * Which service it may be is said once, with the deployments: a role is not large enough for saying it twice.
 */
function stopServiceDeployment(install: Install, plans: readonly ServicePlan[]): readonly Permission[] {
  const stop = { actions: changes.stopServiceDeployment, neededBy: ['change.stopServiceDeployment'] };
  return [
    ...[...new Set(plans.map(clusterOf))].sort().map((cluster) => ({
      ...stop,
      resources: [arnOf(install, 'ecs', `service/${cluster}/*`)],
      wider: 'Any service of the cluster; but the deployment must be one of a service that is named with it.',
    })),
    ...plans.map((plan) => ({
      ...stop,
      resources: [arnOf(install, 'ecs', `service-deployment/${clusterOf(plan)}/${plan.settings.resources.service}/*`)],
      wider: 'Any deployment of the service, and either way of stopping it: IAM knows no condition on the way.',
    })),
  ];
}

const chunks = <T>(values: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));

/** All that one action's role may change, as narrow as IAM can express it. */
export const changePermissions = (
  action: ActionKind,
  install: Install,
  plans: readonly ServicePlan[],
): readonly Permission[] =>
  grants[action].flatMap((change) => {
    if (change === 'stopTask') return stopTask(install, plans);
    if (change === 'stopServiceDeployment') return stopServiceDeployment(install, plans);
    return plans.flatMap((plan) => grantOf[change](install, plan));
  });
