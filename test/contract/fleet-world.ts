import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { TargetFact, TaskFact } from '../../lambdas/model/facts.ts';
import type { Changes } from '../../lambdas/ports/changes.ts';
import type { ServiceFacts, Services, Targets } from '../../lambdas/ports/sight.ts';

/**
 * An account with one service, `checkout`: six tasks in three zones behind an ALB with two target groups; release 41 was
 * deployed a week ago, release 42 three days ago. What the contract suites of ECS and the load balancer run on.
 */
export type FleetWorld = {
  readonly settings: ServiceSettings;
  readonly targets: Targets;
  readonly services: Services;
  readonly changes: Changes;
  /** AWS does what it has to do, until the service is as it is meant to be. What drains goes on draining. */
  settle(): Promise<void>;
  /** The deregistration delay passes. */
  endDraining(): Promise<void>;
  /** The task fails its health checks from now on. */
  sicken(task: TaskFact): Promise<void>;
  /** The team deploys a new release. First tasks of it run; it is done when the world has settled. */
  deploy(): Promise<void>;
  /** The deployment tool deregisters a task definition, and the time passes in which that may have no effect yet. */
  deregister(taskDefinition: string): Promise<void>;
  /** Another image is pushed under the tag of the release that runs. */
  moveTag(): Promise<void>;
  /** The same release is deployed again so many times, one after the other. */
  deployAgain(times: number): Promise<void>;
};

/** Opens a world of its own for one test. */
export type OpenFleetWorld = () => Promise<FleetWorld>;

export const tasksInWorld = 6;

export const factsOf = ({ services, settings }: FleetWorld): Promise<ServiceFacts> => services.describe(settings);

export const healthOf = ({ targets, settings }: FleetWorld): Promise<readonly TargetFact[]> => targets.health(settings);

/** A task of the service that runs. */
export async function someTask(world: FleetWorld): Promise<TaskFact> {
  const task = (await factsOf(world)).tasks.find(({ status }) => status === 'running');
  if (task === undefined) throw new Error('No task runs.');
  return task;
}

/** All that a change could have changed. */
export async function stateOf(world: FleetWorld): Promise<object> {
  const { tasks, stopped, deployments } = await factsOf(world);
  return {
    targets: (await healthOf(world)).map(({ target, state }) => ({ ...target, state })),
    tasks: tasks.map(({ task, status, taskDefinition }) => ({ ...task, status, taskDefinition })),
    stopped: stopped.map(({ task }) => task.task),
    deployments: deployments.map(({ id, status }) => ({ id, status })),
  };
}
