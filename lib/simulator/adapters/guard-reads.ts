import type { GroupRouting } from '../../../lambdas/contract/routing.ts';
import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';
import type { LookPorts } from '../../../lambdas/ports/ports.ts';
import type { World } from '../world/world.ts';
import { call } from './call.ts';
import { type Place, placeOf, serviceNamed } from './places.ts';

/** What AWS says of a stack that nobody changes. */
const settled = 'UPDATE_COMPLETE';

/** Attributes of target groups, task protection, the stack and scaling activities of a service, over the simulated account. */
export function simulatedGuardReads(world: World): Pick<LookPorts, 'routing' | 'protection' | 'stacks' | 'scaling'> {
  const asked = async ({ resources }: ServiceSettings) => {
    await call(world);
    return serviceNamed(world, resources);
  };
  return {
    routing: {
      async groups({ resources }) {
        await call(world);
        return resources.targetGroups.map((targetGroup) => routingOf(targetGroup, placeOf(world, targetGroup)));
      },
    },
    protection: {
      async of(settings, tasks) {
        const { conditions, fleet } = await asked(settings);
        const live = tasks.map(({ task }) => fleet.find(task)).filter((task) => task !== undefined);
        return Object.fromEntries(live.map((task) => [task.arn, conditions.protectedSince(task) !== null]));
      },
    },
    stacks: {
      async status(settings) {
        if (settings.resources.stack === null) return null;
        const { conditions } = await asked(settings);
        return conditions.stack.newest ?? settled;
      },
    },
    scaling: {
      async activities(settings) {
        const { scheduler } = await asked(settings);
        return scheduler.activities.map(({ at, desired, endedAt }) => ({
          startedAt: at,
          desired,
          status: endedAt === null ? 'under-way' : 'ended',
        }));
      },
    },
  };
}

/** Requests go round all healthy targets in turn; with none of these, to all that are registered. */
const routingOf = (targetGroup: string, { service }: Place): GroupRouting => ({
  targetGroup,
  crossZone: service.spec.crossZone,
  deregistrationDelay: { seconds: service.account.deregistrationDelay / 1000 },
  slowStart: { seconds: 0 },
  sticky: false,
  algorithm: 'round-robin',
  anomalyMitigation: false,
  failsOpenBelow: { count: 1, share: 0 },
});
