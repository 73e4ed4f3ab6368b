import { copiedFrom, tagsOfCopy, wasCopiedFor } from '../../../lambdas/contract/copy-tags.ts';
import type { ActionKind } from '../../../lambdas/contract/names.ts';
import { NotDone } from '../../../lambdas/contract/not-done.ts';
import { type ChangeName, grants } from '../../../lambdas/contract/permissions.ts';
import type { TargetRef } from '../../../lambdas/contract/targets.ts';
import { pinned } from '../../../lambdas/contract/ways-back.ts';
import type { Changes, CopySpec } from '../../../lambdas/ports/changes.ts';
import { AwsError } from '../world/aws-error.ts';
import type { NewTaskDefinition, TaskDefinition } from '../world/releases.ts';
import type { Service } from '../world/service.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';
import { type Place, placeOf, serviceNamed } from './places.ts';

/** The changes of the simulated account, each behind the role of the action that asks. What AWS rejects was not done. */
export function simulatedChanges(world: World, role: ActionKind): Changes {
  /** `change` says whose service it changed; the change is recorded when it was made. */
  const make = async (kind: ChangeName, subject: string, change: () => Service | undefined): Promise<void> => {
    await call(world);
    const service = rejected(() => {
      if (!(grants[role] as readonly ChangeName[]).includes(kind)) {
        throw new AwsError('AccessDeniedException', `The role of ${role} does not allow ${kind}.`);
      }
      return change();
    });
    world.changes.push({ at: world.clock.now(), service: service?.id ?? '', kind, subject, by: 'paramedic' });
  };
  /** One request per target group. Once a first group was changed, no later rejection means that nothing was done. */
  const onTargets = async (
    kind: 'deregisterTargets' | 'registerTargets',
    targets: readonly TargetRef[],
    change: (at: Place, target: TargetRef) => void,
  ): Promise<void> => {
    if (targets.length === 0)
      throw new Error('There is no target to change; an empty selection never means all of them.');
    for (const [n, targetGroup] of [...new Set(targets.map((target) => target.targetGroup))].entries()) {
      const inGroup = targets.filter((target) => target.targetGroup === targetGroup);
      const made = make(kind, namesOf(inGroup), () => {
        const place = placeOf(world, targetGroup);
        for (const target of inGroup) change(place, target);
        return place.service;
      });
      await made.catch((error: unknown) => {
        throw n > 0 && error instanceof NotDone ? new Error(error.message, { cause: error }) : error;
      });
    }
  };

  return {
    deregisterTargets: (targets) =>
      onTargets('deregisterTargets', targets, ({ group }, { id, port }) => group.deregister(id, port)),
    registerTargets: (targets) =>
      onTargets('registerTargets', targets, ({ service, group }, { id, port }) => {
        const task = service.fleet.tasks.find(({ address }) => address === id);
        group.register(id, port, task);
      }),
    stopTask: ({ cluster, task }, reason) =>
      make('stopTask', task, () => {
        const service = world.services.find(
          ({ fleet, spec }) => spec.settings.resources.cluster === cluster && fleet.find(task) !== undefined,
        );
        const found = service?.fleet.find(task);
        if (found === undefined) throw new AwsError('InvalidParameterException', 'The referenced task was not found.');
        service?.fleet.stop(found, reason);
        return service;
      }),
    forceNewDeployment: (ref) =>
      make('forceNewDeployment', ref.service, () => {
        const service = serviceNamed(world, ref);
        if (service.account.forcePassesRoles) passRoles(service);
        service.redeploy();
        return service;
      }),
    async registerTaskDefinition(copy) {
      await call(world);
      const service = rejected(() => withDefinition(world, copy.of));
      const wanted = rejected(() => copyOf(service.releases.describe(copy.of), copy));
      const there = service.releases.active.find((each) => isCopy(each, wanted, copy));
      if (there !== undefined) return there.arn;
      let arn = '';
      await make('registerTaskDefinition', copy.of, () => {
        passRoles(service);
        ({ arn } = service.releases.register(wanted));
        return service;
      });
      return arn;
    },
    updateService: (ref, taskDefinition) =>
      make('updateService', taskDefinition, () => {
        const service = serviceNamed(world, ref);
        passRoles(service);
        service.updateTo(taskDefinition);
        return service;
      }),
    stopServiceDeployment: (deployment) =>
      make('stopServiceDeployment', deployment, () => {
        const service = world.services.find(({ rollouts }) => rollouts.find(deployment) !== undefined);
        if (service === undefined) {
          throw new AwsError('ServiceDeploymentNotFoundException', `There is no service deployment ${deployment}.`);
        }
        service.rollouts.rollBack(deployment);
        return service;
      }),
  };
}

/**
 * Whoever names a task definition passes its roles to ECS
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_ecs.html).
 */
function passRoles({ account, names }: Service): void {
  if (account.passRoles) return;
  const role = `arn:${names.partition}:iam::${names.account}:role/${names.service}-task`;
  throw new AwsError(
    'AccessDeniedException',
    `No identity-based policy allows the iam:PassRole action on resource: ${role}`,
  );
}

/** The service whose family a task definition belongs to. */
function withDefinition(world: World, arn: string): Service {
  const found = world.services.find(({ releases }) => {
    try {
      return releases.describe(arn).arn === arn;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new AwsError('ClientException', 'Unable to describe task definition.');
  return found;
}

/** The same but for the images, named by digest, and the tags. */
const copyOf = ({ family, containers, configuration, tags }: TaskDefinition, copy: CopySpec): NewTaskDefinition => ({
  family,
  configuration,
  containers: containers.map(({ name, image }) => {
    const digest = copy.pins[name];
    return { name, image: digest === undefined ? image : pinned(image, digest) };
  }),
  tags: { ...tags, ...tagsOfCopy(copy) },
});

/** Was it registered for the same incident, as the AWS adapter finds it by its tags? */
const isCopy = ({ arn, tags, containers }: TaskDefinition, wanted: NewTaskDefinition, copy: CopySpec): boolean =>
  wasCopiedFor(copy.for.incidentId, tags) &&
  copiedFrom(arn, tags) === copy.original &&
  containers.every(({ image }, place) => image === wanted.containers[place]?.image);

/** Says of a rejection what the AWS adapter says of it. */
function rejected<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    throw error instanceof AwsError ? new NotDone(`${error.name}: ${error.message}`, { cause: error }) : error;
  }
}

const namesOf = (targets: readonly TargetRef[]): string =>
  [...new Set(targets.map(({ id, port }) => `${id}:${port}`))].join(', ');
