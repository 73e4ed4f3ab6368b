import type { ActionKind } from '../../lambdas/contract/names.ts';
import { type ChangeName, changes, grants, passesRoles } from '../../lambdas/contract/permissions.ts';
import { lastPart } from '../config/arn.ts';
import type { Install, ServicePlan } from '../config/recovery.ts';
import { arnOf } from './arns.ts';
import type { Permission } from './permission.ts';

const clusterOf = ({ settings }: ServicePlan): string => lastPart(settings.resources.cluster);

const targets = (change: 'deregisterTargets' | 'registerTargets', { settings }: ServicePlan): readonly Permission[] =>
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

const serviceArn = (install: Install, plan: ServicePlan): string =>
  arnOf(install, 'ecs', `service/${clusterOf(plan)}/${plan.settings.resources.service}`);

/**
 * Request fields that IAM has a condition for; there is none for desiredCount or forceNewDeployment. ECS asks for the service too
 * when one of its deployments is stopped, which has no task definition: a role is not large enough for naming each service twice.
 */
function onService(granted: readonly ChangeName[], install: Install, plan: ServicePlan): readonly Permission[] {
  const made = granted.filter((change) => aboutService.includes(change));
  if (made.length === 0) return [];
  return [
    {
      actions: [...new Set(made.flatMap((change) => [...changes[change]]))],
      resources: [serviceArn(install, plan)],
      conditions: {
        ArnLikeIfExists: { 'ecs:task-definition': arnOf(install, 'ecs', 'task-definition/*') },
        ArnEquals: { 'ecs:cluster': plan.settings.resources.cluster },
        StringNotEqualsIfExists: { 'ecs:enable-execute-command': 'true' },
      },
      wider:
        'Any task definition of the account, and any field of UpdateService without a condition key, such as the desired count.',
      neededBy: made.map((change) => `change.${change}`),
    },
  ];
}

const aboutService: readonly ChangeName[] = ['updateService', 'forceNewDeployment', 'stopServiceDeployment'];

/** The deployments of a service have ids that are not known beforehand; which service's it may be says `onService`. */
const stopServiceDeployment = (install: Install, plans: readonly ServicePlan[]): readonly Permission[] =>
  [...new Set(plans.map(clusterOf))].sort().map((cluster) => ({
    actions: changes.stopServiceDeployment,
    resources: [arnOf(install, 'ecs', `service-deployment/${cluster}/*`)],
    wider:
      'Any deployment of the cluster, and either way of stopping it; but ECS asks for its service as well, which must be one that is named.',
    neededBy: ['change.stopServiceDeployment'],
  }));

/** Beyond so many families their names would not fit into a role's policies; then it is limited to none. */
const mostFamilies = 200;

/** A copy is registered in the family of what it copies, which nobody knows where it is not named. */
function registerTaskDefinition(install: Install, plans: readonly ServicePlan[]): readonly Permission[] {
  const [register, tag] = changes.registerTaskDefinition;
  const neededBy = ['change.registerTaskDefinition'];
  const unnamed = plans.filter(({ taskDefinition }) => taskDefinition === null).map(({ settings }) => settings.id);
  const families = [...new Set(plans.flatMap(({ taskDefinition }) => taskDefinition ?? []))];
  const all = arnOf(install, 'ecs', 'task-definition/*');
  const why =
    unnamed.length > 0
      ? `\`taskDefinition\` names none for ${unnamed.slice(0, 5).join(', ')}`
      : 'so many names do not fit into a role';
  return [
    ...(unnamed.length > 0 || families.length > mostFamilies
      ? [{ actions: [register], resources: [all], wider: `Any family of the account: ${why}.`, neededBy }]
      : families.map((family) => ({
          actions: [register],
          resources: [arnOf(install, 'ecs', `task-definition/${family}:*`)],
          wider: 'Any content, in this family: IAM knows no condition on what a task definition says.',
          neededBy,
        }))),
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
    ...(plans.length === 0
      ? []
      : [
          {
            actions: [tag],
            resources: [all],
            conditions: { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } },
            wider:
              'Any tag, but only on what this role may register, in the request that does: never on what is there.',
            neededBy,
          },
        ]),
  ];
}

/** ECS asks for it whenever a service is updated or a task definition registered (https://docs.aws.amazon.com/service-authorization/latest/reference/list_ecs.html). */
function passRoles(granted: readonly ChangeName[], { passRoles: roles }: ServicePlan): readonly Permission[] {
  const made = granted.filter((change) => passesRoles.includes(change));
  return made.length === 0 || roles === null || roles.length === 0
    ? []
    : [
        {
          actions: ['iam:PassRole'],
          resources: roles,
          conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
          wider: null,
          neededBy: made.map((change) => `change.${change}`),
        },
      ];
}

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

const chunks = <T>(values: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));

/** All that one action's role may change, as narrow as IAM can express it. */
export function changePermissions(
  action: ActionKind,
  install: Install,
  plans: readonly ServicePlan[],
): readonly Permission[] {
  const granted: readonly ChangeName[] = grants[action];
  const changesOf = (change: ChangeName): readonly Permission[] => {
    switch (change) {
      case 'deregisterTargets':
      case 'registerTargets':
        return plans.flatMap((plan) => targets(change, plan));
      case 'stopTask':
        return stopTask(install, plans);
      case 'stopServiceDeployment':
        return stopServiceDeployment(install, plans);
      case 'registerTaskDefinition':
        return registerTaskDefinition(install, plans);
      case 'updateService':
      case 'forceNewDeployment':
        return [];
    }
  };
  return [
    ...granted.flatMap(changesOf),
    ...plans.flatMap((plan) => [...onService(granted, install, plan), ...passRoles(granted, plan)]),
  ];
}
