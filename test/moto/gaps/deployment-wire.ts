import type { DeploymentHistory, PlayedDeployment, Revision } from './deployment-history.ts';
import { epochSeconds } from './played-clock.ts';

const at = (field: string, instant: number | undefined): object =>
  instant === undefined ? {} : { [field]: epochSeconds(instant) };

const times = ({ createdAt, startedAt, finishedAt }: PlayedDeployment): object => ({
  ...at('createdAt', createdAt),
  ...at('startedAt', startedAt),
  ...at('finishedAt', finishedAt),
});

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeploymentBrief.html */
export const shortDeployment = (
  { serviceArn, clusterArn }: DeploymentHistory,
  deployment: PlayedDeployment,
): object => ({
  serviceDeploymentArn: deployment.arn,
  serviceArn,
  clusterArn,
  targetServiceRevisionArn: deployment.revision.arn,
  status: deployment.status,
  ...times(deployment),
});

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html */
export function fullDeployment(
  { serviceArn, clusterArn }: DeploymentHistory,
  deployment: PlayedDeployment,
  deploymentConfiguration: object | undefined,
): object {
  const { arn, revision, source, status, rollback, createdAt, finishedAt } = deployment;
  return {
    serviceDeploymentArn: arn,
    serviceArn,
    clusterArn,
    status,
    deploymentConfiguration,
    targetServiceRevision: { arn: revision.arn },
    sourceServiceRevisions: source === undefined ? [] : [{ arn: source.arn }],
    ...times(deployment),
    ...at('updatedAt', finishedAt ?? createdAt),
    ...(rollback === undefined || status === 'ROLLBACK_REQUESTED'
      ? {}
      : {
          rollback: {
            reason: 'Service deployment rolled back because of a stop service deployment request.',
            serviceRevisionArn: rollback.to.revision.arn,
            ...at('startedAt', rollback.startedAt),
          },
        }),
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevision.html */
export const revisionOf = (
  { serviceArn, clusterArn }: DeploymentHistory,
  { arn, taskDefinition, containers, createdAt, digest }: Revision,
): object => ({
  serviceRevisionArn: arn,
  serviceArn,
  clusterArn,
  taskDefinition,
  launchType: 'FARGATE',
  platformVersion: '1.4.0',
  platformFamily: 'Linux',
  containerImages: containers.map(({ name, image }) => ({
    containerName: name,
    image,
    ...(digest === undefined ? {} : { imageDigest: digest }),
  })),
  ...at('createdAt', createdAt),
});
