import type { ServiceRef } from '../../../lambdas/model/facts.ts';
import { AwsError } from '../world/aws-error.ts';
import type { Service } from '../world/service.ts';
import type { TargetGroup } from '../world/target-group.ts';
import type { World } from '../world/world.ts';

// Where the things are that a request names. Rejects as AWS does what is not there.

export function serviceNamed(world: World, { cluster, service: name }: ServiceRef): Service {
  const found = world.services.find(({ spec }) => {
    const { resources } = spec.settings;
    return resources.cluster === cluster && resources.service === name;
  });
  if (found === undefined) throw new AwsError('ServiceNotFoundException', `There is no service ${name} in ${cluster}.`);
  return found;
}

/** A target group and the service whose tasks are behind it. */
export type Place = { readonly service: Service; readonly group: TargetGroup };

export function placeOf(world: World, targetGroup: string): Place {
  for (const service of world.services) {
    const group = service.fleet.groups.find(({ arn }) => arn === targetGroup);
    if (group !== undefined) return { service, group };
  }
  throw new AwsError('TargetGroupNotFoundException', `There is no target group ${targetGroup}.`);
}
