import type { DeploymentHistory, PlayedDeployment } from './deployment-history.ts';
import { epochSeconds } from './played-clock.ts';
import type { TaskLife } from './task-life.ts';

/** A service as moto describes it; only what is read here. */
export type WireService = {
  readonly serviceArn: string;
  readonly serviceName: string;
  readonly clusterArn: string;
  readonly taskDefinition: string;
  readonly desiredCount: number;
};

/** The service with its real counts, limits and deployments (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html). */
export function whole(service: WireService, history: DeploymentHistory, tasks: TaskLife, limits: object): object {
  const { serviceName: name, desiredCount } = service;
  const { wanted, ongoing } = history;
  const running = tasks.running(name);
  const older = history.all.filter((one) => one !== wanted && tasks.running(name, one.id) > 0).reverse();
  const shown = (deployment: PlayedDeployment): object => {
    const isWanted = deployment === wanted;
    const current = tasks.running(name, deployment.id);
    return {
      id: deployment.id,
      status: isWanted ? 'PRIMARY' : 'ACTIVE',
      taskDefinition: deployment.revision.taskDefinition,
      desiredCount: isWanted ? desiredCount : 0,
      runningCount: current,
      pendingCount: isWanted ? Math.max(0, desiredCount - current) : 0,
      failedTasks: 0,
      createdAt: epochSeconds(deployment.createdAt),
      updatedAt: epochSeconds(deployment.finishedAt ?? deployment.createdAt),
      rolloutState: ongoing === undefined ? 'COMPLETED' : 'IN_PROGRESS',
    };
  };
  return {
    ...service,
    taskDefinition: wanted.revision.taskDefinition,
    runningCount: running,
    pendingCount: 0,
    deploymentConfiguration: limits,
    deployments: [wanted, ...older].map(shown),
  };
}
