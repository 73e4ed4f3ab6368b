import type { TargetRef } from '../contract/targets.ts';
import type { ServiceRef, TaskRef } from '../model/facts.ts';
import type { OrderRef } from '../model/order.ts';

/** A copy of a task definition: the same but for its images, named by digest, and its tags, which say whose copy it is. */
export type CopySpec = {
  /** ARN of what is copied, and of what that is a copy of, if it is one itself. */
  readonly of: string;
  readonly original: string;
  /** Container → digest. */
  readonly pins: Readonly<Record<string, string>>;
  readonly for: OrderRef;
};

/** Every change Paramedic can make to the world, each one kind of AWS call. Never retried by the core. */
export interface Changes {
  /** Id and Port as DescribeTargetHealth gives them, one call per target group. */
  deregisterTargets(targets: readonly TargetRef[]): Promise<void>;
  registerTargets(targets: readonly TargetRef[]): Promise<void>;
  stopTask(task: TaskRef, reason: string): Promise<void>;
  /** UpdateService with forceNewDeployment and nothing else. */
  forceNewDeployment(service: ServiceRef): Promise<void>;
  /**
   * RegisterTaskDefinition with such a copy; its ARN. One that is there already for the same incident is taken instead, so that
   * nothing is registered twice when an answer was lost.
   */
  registerTaskDefinition(copy: CopySpec): Promise<string>;
  /** UpdateService with the task definition and nothing else. */
  updateService(service: ServiceRef, taskDefinition: string): Promise<void>;
  /** StopServiceDeployment with stopType ROLLBACK. */
  stopServiceDeployment(deployment: string): Promise<void>;
}
