import type { ServiceResources } from '../../../lambdas/contract/settings.ts';
import type { DeploymentFact, ServiceShape, StoppedTaskFact, TaskFact } from '../../../lambdas/model/facts.ts';
import type { ServiceFacts, Services } from '../../../lambdas/ports/sight.ts';
import type { Deployment } from '../world/deployment.ts';
import type { Service } from '../world/service.ts';
import type { Task } from '../world/task.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';
import { fresh, type PastReads } from './past-reads.ts';
import { serviceNamed } from './places.ts';

/** A target group of the service that is not configured is another way in. */
function shapeOf({ fleet }: Service, { targetGroups }: ServiceResources): ServiceShape {
  const reachedBy = fleet.groups.map(({ arn }) => (targetGroups.includes(arn) ? 'alb' : 'other-target-group'));
  return { controller: 'ECS', strategy: 'ROLLING', scheduling: 'REPLICA', reachedBy: [...new Set(reachedBy)] };
}

/** DescribeServices, DescribeTasks and the service deployments, over the simulated account. */
export function simulatedServices(world: World, past: Pick<PastReads, 'define'> = fresh): Services {
  const reads = new Map(
    world.services.map((service) => [service.id, past.define(`services ${service.id}`, () => factsOf(service))]),
  );
  return {
    async describe({ resources }) {
      await call(world);
      const service = serviceNamed(world, resources);
      // What is configured is known at once; what stands in the world may be seen late.
      const facts = reads.get(service.id)?.() ?? factsOf(service);
      return { ...facts, shape: shapeOf(service, resources) };
    },
  };
}

function factsOf(service: Service): Omit<ServiceFacts, 'shape'> {
  const { fleet, rollouts, scheduler, spec } = service;
  const { cluster } = spec.settings.resources;
  return {
    desired: scheduler.desired,
    running: fleet.tasks.filter((task) => task.status === 'running').length,
    pending: fleet.tasks.filter((task) => task.status === 'starting').length,
    minimumHealthyPercent: spec.minimumHealthyPercent,
    maximumPercent: spec.maximumPercent,
    tasks: fleet.tasks.map((task) => taskFact(task, service, cluster)),
    stopped: fleet.stopped.map((task) => stoppedFact(task, cluster)),
    deployments: rollouts.all.map(deploymentFact),
  };
}

const taskFact = (task: Task, { names }: Service, cluster: string): TaskFact => ({
  task: { cluster, task: task.arn },
  zone: `${names.region}${task.zone}`,
  taskDefinition: task.deployment.release.taskDefinition,
  digests: [task.digest],
  status: task.status === 'stopped' ? 'stopping' : task.status,
  createdAt: task.createdAt,
  startedAt: task.startedAt,
  addresses: [{ id: task.address, port: null }],
});

const stoppedFact = (task: Task, cluster: string): StoppedTaskFact => ({
  task: { cluster, task: task.arn },
  taskDefinition: task.deployment.release.taskDefinition,
  createdAt: task.createdAt,
  stoppedAt: task.stoppedAt ?? task.createdAt,
  code: task.stopped?.code ?? '',
  reason: task.stopped?.reason ?? '',
});

const deploymentFact = (deployment: Deployment): DeploymentFact => ({
  id: deployment.id,
  status: deployment.status,
  startedAt: deployment.startedAt,
  finishedAt: deployment.finishedAt,
  taskDefinition: deployment.release.taskDefinition,
  taskDefinitionActive: true,
  images: [{ image: deployment.release.image, digest: deployment.digest }],
  digests: [deployment.digest],
  rolledBackTo: deployment.rolledBackTo?.taskDefinition ?? null,
  noRollback: deployment.release.noRollback ?? false,
});
