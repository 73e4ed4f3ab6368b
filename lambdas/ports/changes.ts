import type { TargetRef } from '../contract/targets.ts';
import type { ServiceRef, TaskRef } from '../model/facts.ts';

/** Every change Paramedic can make to the world, each one kind of AWS call. Never retried by the core. */
export interface Changes {
  /** Id and Port as DescribeTargetHealth gives them, one call per target group. */
  deregisterTargets(targets: readonly TargetRef[]): Promise<void>;
  registerTargets(targets: readonly TargetRef[]): Promise<void>;
  stopTask(task: TaskRef, reason: string): Promise<void>;
  /** UpdateService with forceNewDeployment and nothing else. */
  forceNewDeployment(service: ServiceRef): Promise<void>;
  /** UpdateService with the task definition and nothing else. */
  updateService(service: ServiceRef, taskDefinition: string): Promise<void>;
  /** StopServiceDeployment with stopType ROLLBACK. */
  stopServiceDeployment(deployment: string): Promise<void>;
}
