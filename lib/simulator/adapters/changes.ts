import type { ActionKind } from '../../../lambdas/contract/names.ts';
import { type ChangeName, grants } from '../../../lambdas/contract/permissions.ts';
import type { TargetRef } from '../../../lambdas/contract/targets.ts';
import type { ServiceRef } from '../../../lambdas/model/facts.ts';
import type { Changes } from '../../../lambdas/ports/changes.ts';
import { AwsError } from '../world/aws-error.ts';
import type { Service } from '../world/service.ts';
import type { TargetGroup } from '../world/target-group.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';

type Place = { readonly service: Service; readonly group: TargetGroup };

/** The changes of the simulated account, each behind the role of the action that asks. Rejects as AWS does. */
export function simulatedChanges(world: World, role: ActionKind): Changes {
  /** `change` says whose service it changed; the change is recorded when it was made. */
  const make = async (kind: ChangeName, subject: string, change: () => Service | undefined): Promise<void> => {
    await call(world);
    if (!(grants[role] as readonly ChangeName[]).includes(kind)) {
      throw new AwsError('AccessDeniedException', `The role of ${role} does not allow ${kind}.`);
    }
    const service = change();
    world.changes.push({ at: world.clock.now(), service: service?.id ?? '', kind, subject, by: 'paramedic' });
  };
  const onTargets = (kind: ChangeName, targets: readonly TargetRef[], change: (at: Place, target: TargetRef) => void) =>
    make(kind, namesOf(targets), () => {
      const places = targets.map((target) => ({ target, place: placeOf(world, target.targetGroup) }));
      for (const { target, place } of places) change(place, target);
      return places[0]?.place.service;
    });

  return {
    deregisterTargets: (targets) =>
      onTargets('deregisterTargets', targets, ({ group }, { id, port }) => group.deregister(id, port)),
    registerTargets: (targets) =>
      onTargets('registerTargets', targets, ({ service, group }, { id, port }) => {
        const task = service.fleet.tasks.find(({ address }) => address === id);
        group.register(id, port, task);
      }),
    stopTask: ({ task }, reason) =>
      make('stopTask', task, () => {
        const service = world.services.find(({ fleet }) => fleet.find(task) !== undefined);
        const found = service?.fleet.find(task);
        if (found === undefined) throw new AwsError('InvalidParameterException', 'The referenced task was not found.');
        service?.fleet.stop(found, reason);
        return service;
      }),
    forceNewDeployment: (ref) =>
      make('forceNewDeployment', ref.service, () => {
        const service = byName(world, ref);
        service.redeploy();
        return service;
      }),
    updateService: (ref, taskDefinition) =>
      make('updateService', taskDefinition, () => {
        const service = byName(world, ref);
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

function byName(world: World, { cluster, service: name }: ServiceRef): Service {
  const found = world.services.find(({ spec }) => {
    const { resources } = spec.settings;
    return resources.cluster === cluster && resources.service === name;
  });
  if (found === undefined) throw new AwsError('ServiceNotFoundException', `There is no service ${name} in ${cluster}.`);
  return found;
}

function placeOf(world: World, targetGroup: string): Place {
  for (const service of world.services) {
    const group = service.fleet.groups.find(({ arn }) => arn === targetGroup);
    if (group !== undefined) return { service, group };
  }
  throw new AwsError('TargetGroupNotFoundException', `There is no target group ${targetGroup}.`);
}

const namesOf = (targets: readonly TargetRef[]): string =>
  [...new Set(targets.map(({ id, port }) => `${id}:${port}`))].join(', ');
