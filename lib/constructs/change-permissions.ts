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
          },
        ];

/** Request fields that IAM has a condition for; there is none for desiredCount or forceNewDeployment. */
const updateService = (install: Install, plan: ServicePlan, conditions: Permission['conditions'], wider: string) => [
  {
    actions: changes.updateService,
    resources: [arnOf(install, 'ecs', `service/${clusterOf(plan)}/${plan.settings.resources.service}`)],
    conditions: {
      ...conditions,
      ArnEquals: { 'ecs:cluster': plan.settings.resources.cluster },
      StringNotEqualsIfExists: { 'ecs:enable-execute-command': 'true' },
    },
    wider,
  },
];

const passRoles: Grant = (_, { passRoles: roles }) =>
  roles.length === 0
    ? []
    : [
        {
          actions: ['iam:PassRole'],
          resources: roles,
          conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
          wider: null,
        },
      ];

const grantOf: Readonly<Record<Exclude<ChangeName, 'stopTask'>, Grant>> = {
  deregisterTargets: targets('deregisterTargets'),
  registerTargets: targets('registerTargets'),
  forceNewDeployment: (install, plan) => [
    ...updateService(
      install,
      plan,
      { Null: { 'ecs:task-definition': 'true' } },
      'Any field of UpdateService without a condition key, such as the desired count.',
    ),
    ...passRoles(install, plan),
  ],
  updateService: (install, plan) => [
    ...updateService(
      install,
      plan,
      { ArnLike: { 'ecs:task-definition': arnOf(install, 'ecs', 'task-definition/*') } },
      'Any task definition of the account, and any field of UpdateService without a condition key, such as the desired count.',
    ),
    ...passRoles(install, plan),
  ],
  stopServiceDeployment: (install, plan) => [
    {
      actions: changes.stopServiceDeployment,
      resources: [arnOf(install, 'ecs', `service-deployment/${clusterOf(plan)}/${plan.settings.resources.service}/*`)],
      wider: 'Any deployment of the service, and either way of stopping it: IAM knows no condition on the way.',
    },
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
    const tasks = { actions: changes.stopTask, resources: [arnOf(install, 'ecs', `task/${cluster}/*`)] };
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

const chunks = <T>(values: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));

/** All that one action's role may change, as narrow as IAM can express it. */
export const changePermissions = (
  action: ActionKind,
  install: Install,
  plans: readonly ServicePlan[],
): readonly Permission[] =>
  grants[action].flatMap((change) =>
    change === 'stopTask' ? stopTask(install, plans) : plans.flatMap((plan) => grantOf[change](install, plan)),
  );
