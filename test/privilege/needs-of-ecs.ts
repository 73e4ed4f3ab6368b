import type { Place } from './intrinsics.ts';
import { type Context, type Need, need } from './need.ts';
import type { Surroundings } from './surroundings.ts';

type Body = Readonly<Record<string, unknown>>;
type NeedsOf = (body: Body, around: Surroundings) => readonly Need[];

const text = (body: Body, field: string): string => {
  const value = body[field];
  if (typeof value !== 'string') throw new Error(`A request without ${field}: ${JSON.stringify(body)}`);
  return value;
};
const texts = (body: Body, field: string): readonly string[] => {
  const value = body[field];
  if (!Array.isArray(value)) throw new Error(`A request without ${field}: ${JSON.stringify(body)}`);
  return value as readonly string[];
};

const ecsArn = ({ partition, region, account }: Place, resource: string): string =>
  `arn:${partition}:ecs:${region}:${account}:${resource}`;

/** A cluster is named by its name or its ARN; conditions see the ARN. */
const clusterArn = (body: Body, around: Surroundings): string => {
  const cluster = text(body, 'cluster');
  return cluster.startsWith('arn:') ? cluster : ecsArn(around, `cluster/${cluster}`);
};
const inCluster = (body: Body, around: Surroundings): Context => ({ 'ecs:cluster': [clusterArn(body, around)] });

function serviceArn(body: Body, around: Surroundings, service: string): string {
  if (service.startsWith('arn:')) return service;
  return ecsArn(around, `service/${clusterArn(body, around).split('/').at(-1)}/${service}`);
}

/** `arn:…:service-deployment/CLUSTER/SERVICE/ID` and `service-revision/…` tell their service and their cluster. */
function below(arn: string): { readonly service: string; readonly context: Context } {
  const [, prefix, cluster, service] =
    /^(.*:)(?:service-deployment|service-revision)\/([^/]+)\/([^/]+)\/[^/]+$/.exec(arn) ?? [];
  if (cluster === undefined) throw new Error(`Not the ARN of a deployment or a revision: ${arn}`);
  return {
    service: `${prefix}service/${cluster}/${service}`,
    context: { 'ecs:cluster': [`${prefix}cluster/${cluster}`] },
  };
}

/** Both resource types are required: the deployment's or revision's own, and its service's. */
const withService = (action: string, arn: string): readonly Need[] => {
  const { service, context } = below(arn);
  return [need(action, service, context), need(action, arn, { ...context, 'ecs:service': [service] })];
};

const tagKeys = (tags: Readonly<Record<string, string>>): Context =>
  Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, [value]],
      [`ecs:ResourceTag/${key}`, [value]],
    ]),
  );

/** Fields of UpdateService that conditions can look at, beside the cluster. A field that is not sent has no key. */
const updated = (body: Body): Context => ({
  ...('taskDefinition' in body ? { 'ecs:task-definition': [text(body, 'taskDefinition')] } : {}),
  ...('enableExecuteCommand' in body ? { 'ecs:enable-execute-command': [String(body.enableExecuteCommand)] } : {}),
});

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_ecs.html */
export const needsOfEcs: Readonly<Record<string, NeedsOf>> = {
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
    texts(body, 'serviceDeploymentArns').flatMap((arn) => withService('ecs:DescribeServiceDeployments', arn)),
  DescribeServiceRevisions: (body) =>
    texts(body, 'serviceRevisionArns').flatMap((arn) => withService('ecs:DescribeServiceRevisions', arn)),
  GetTaskProtection: (body, around) =>
    texts(body, 'tasks').map((task) => need('ecs:GetTaskProtection', task, inCluster(body, around))),
  DescribeTaskDefinition: () => [need('ecs:DescribeTaskDefinition')],
  StopTask: (body, around) => {
    const task = text(body, 'task');
    const tags = tagKeys(around.tagsOfTask(task));
    return [need('ecs:StopTask', task, { ...inCluster(body, around), ...tags })];
  },
  UpdateService: (body, around) => {
    const service = serviceArn(body, around, text(body, 'service'));
    const context = { ...inCluster(body, around), ...updated(body) };
    const passed: Context = { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] };
    return [
      need('ecs:UpdateService', service, context),
      ...around.rolesOfService(service).map((role) => need('iam:PassRole', role, passed)),
    ];
  },
  StopServiceDeployment: (body) => withService('ecs:StopServiceDeployment', text(body, 'serviceDeploymentArn')),
};
