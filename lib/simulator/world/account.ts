import type { ServiceResources } from '../../../lambdas/contract/settings.ts';

/** The names AWS gives to things of one service. */
export type Names = {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** The cluster's and the service's plain names. */
  readonly cluster: string;
  readonly service: string;
};

const clusterArn = /^arn:(?<partition>[^:]+):ecs:(?<region>[^:]*):(?<account>[^:]*):cluster\/(?<cluster>.+)$/;

/** Reads partition, Region, account and cluster from the cluster's ARN. */
export function namesOf({ cluster, service }: ServiceResources): Names {
  const found = clusterArn.exec(cluster)?.groups;
  return {
    partition: found?.partition ?? 'aws',
    region: found?.region ?? 'eu-central-1',
    account: found?.account ?? '123456789012',
    cluster: found?.cluster ?? cluster,
    service,
  };
}

const ecsArn = ({ partition, region, account }: Names, rest: string): string =>
  `arn:${partition}:ecs:${region}:${account}:${rest}`;

export const taskArn = (names: Names, id: string): string => ecsArn(names, `task/${names.cluster}/${id}`);

export const taskDefinitionArn = (names: Names, number: number): string =>
  ecsArn(names, `task-definition/${names.service}:${number}`);

export const deploymentArn = (names: Names, id: string): string =>
  ecsArn(names, `service-deployment/${names.cluster}/${names.service}/${id}`);

export const alarmArn = ({ partition, region, account }: Names, alarm: string): string =>
  `arn:${partition}:cloudwatch:${region}:${account}:alarm:${alarm}`;

/** Where the images of a service are: in the account's own registry, or in one that only ECS can ask. */
export const repository = ({ account, region, service }: Names, elsewhere: boolean): string =>
  elsewhere ? `registry.example.com/${service}` : `${account}.dkr.ecr.${region}.amazonaws.com/${service}`;

/** `targetgroup/name/id`, as metric dimensions name a target group. */
export const targetGroupDimension = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
