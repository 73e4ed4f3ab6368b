import { copiedFrom } from '../../../lambdas/contract/copy-tags.ts';
import type { ServiceResources } from '../../../lambdas/contract/settings.ts';
import type { Instant } from '../../../lambdas/contract/time.ts';
import type { DeploymentFact, ServiceShape, StoppedTaskFact, TaskFact } from '../../../lambdas/model/facts.ts';
import type { ServiceFacts, Services } from '../../../lambdas/ports/sight.ts';
import type { Deployment } from '../world/deployment.ts';
import type { Release, Releases } from '../world/releases.ts';
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
  const known = new KnownFacts();
  const reads = new Map(
    world.services.map((service) => [
      service.id,
      past.define(`services ${service.id}`, () => factsOf(service, known, world.clock.now())),
    ]),
  );
  return {
    async describe({ resources }) {
      await call(world);
      const service = serviceNamed(world, resources);
      // What is configured is known at once; what stands in the world may be seen late.
      const facts = reads.get(service.id)?.() ?? factsOf(service, known, world.clock.now());
      return { ...facts, shape: shapeOf(service, resources) };
    },
  };
}

/** Facts that were told before: one is made anew only when it has changed. */
class KnownFacts {
  readonly #tasks = new Map<Task, TaskFact>();
  readonly #stopped = new Map<Task, StoppedTaskFact>();

  of(task: Task, service: Service): TaskFact {
    const known = this.#tasks.get(task);
    if (known?.status === statusOf(task) && known.startedAt === task.startedAt) return known;
    const fact = taskFact(task, service);
    this.#tasks.set(task, fact);
    return fact;
  }

  /** A task that has stopped changes no more. */
  ofStopped(task: Task, service: Service): StoppedTaskFact {
    const known = this.#stopped.get(task);
    if (known !== undefined) return known;
    const fact = stoppedFact(task, service);
    this.#stopped.set(task, fact);
    return fact;
  }
}

function factsOf(service: Service, known: KnownFacts, now: Instant): Omit<ServiceFacts, 'shape'> {
  const { account, fleet, rollouts, scheduler, spec } = service;
  return {
    desired: scheduler.desired,
    running: fleet.tasks.filter((task) => task.status === 'running').length,
    pending: fleet.tasks.filter((task) => task.status === 'starting').length,
    minimumHealthyPercent: spec.minimumHealthyPercent,
    maximumPercent: spec.maximumPercent,
    tasks: fleet.tasks.map((task) => known.of(task, service)),
    stopped: fleet.stopped.map((task) => known.ofStopped(task, service)),
    deployments: rollouts
      .since(now - account.deploymentHistory)
      .map((deployment) => deploymentFact(deployment, service)),
  };
}

const statusOf = ({ status }: Task): TaskFact['status'] => (status === 'stopped' ? 'stopping' : status);

const taskFact = (task: Task, { names, sidecar, spec }: Service): TaskFact => ({
  task: { cluster: spec.settings.resources.cluster, task: task.arn },
  zone: `${names.region}${task.zone}`,
  taskDefinition: task.deployment.release.taskDefinition,
  // DescribeTasks lists what ECS itself has put into a task, of which no service revision knows
  // (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html).
  containers: [
    { container: names.service, digest: task.digest },
    ...(sidecar === null ? [] : [{ container: 'aws-guardduty-agent', digest: sidecar }]),
  ],
  status: statusOf(task),
  createdAt: task.createdAt,
  startedAt: task.startedAt,
  addresses: [{ id: task.address, port: null }],
});

const stoppedFact = (task: Task, { spec }: Service): StoppedTaskFact => ({
  task: { cluster: spec.settings.resources.cluster, task: task.arn },
  taskDefinition: task.deployment.release.taskDefinition,
  createdAt: task.createdAt,
  stoppedAt: task.stoppedAt ?? task.createdAt,
  code: task.stopped?.code ?? '',
  reason: task.stopped?.reason ?? '',
});

const deploymentFact = (deployment: Deployment, { names, releases }: Service): DeploymentFact => ({
  id: deployment.id,
  status: deployment.status,
  startedAt: deployment.startedAt,
  finishedAt: deployment.finishedAt,
  taskDefinition: deployment.release.taskDefinition,
  ...definitionFact(deployment.release, releases),
  images: [{ container: names.service, image: deployment.release.image, digest: deployment.recorded }],
  waits: false,
  rolledBackTo: deployment.rolledBackTo?.taskDefinition ?? null,
});

type DefinitionFact = Pick<DeploymentFact, 'definition' | 'copyOf' | 'content' | 'noRollback'>;

/** What DescribeTaskDefinition says of it, if it answers. */
function definitionFact({ taskDefinition, revision, tags, noRollback }: Release, releases: Releases): DefinitionFact {
  if (!releases.isDescribed(taskDefinition))
    return { definition: 'gone', copyOf: null, content: null, noRollback: null };
  return {
    definition: releases.isActive(taskDefinition) ? 'active' : 'inactive',
    copyOf: copiedFrom(taskDefinition, tags),
    content: revision,
    noRollback: noRollback ?? false,
  };
}
