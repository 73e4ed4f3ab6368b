import type { ActionKind } from '../../../lambdas/contract/names.ts';
import { type ChangeName, grants } from '../../../lambdas/contract/permissions.ts';
import type { Changes } from '../../../lambdas/ports/changes.ts';
import { simulatedSettings } from '../../../lib/config/settings.ts';
import { simulatedChanges } from '../../../lib/simulator/adapters/changes.ts';
import { simulatedGuardReads } from '../../../lib/simulator/adapters/guard-reads.ts';
import { simulatedServices } from '../../../lib/simulator/adapters/services.ts';
import { simulatedTargets } from '../../../lib/simulator/adapters/targets.ts';
import type { VirtualClock } from '../../../lib/simulator/clock.ts';
import { callsGoThrough } from '../../../lib/simulator/process.ts';
import type { World } from '../../../lib/simulator/world/world.ts';
import type { FleetWorld } from '../../contract/fleet-world.ts';
import type { GuardWorld } from '../../contract/guard-reads-contract.ts';
import { Play, specOf } from '../world/play.ts';

/** The simulated adapters over a service in the simulated account, whose time passes while a call is waited for. */
export const simulatedFleetWorld = (): Promise<FleetWorld> => simulatedGuardWorld();

/** The same with what others do to the service. */
export async function simulatedGuardWorld(): Promise<GuardWorld> {
  const settings = simulatedSettings('checkout', {}, { latencyThreshold: 0.4, targetGroups: 2 });
  const spec = { ...specOf('checkout', { settings }) };
  const play = new Play({ specs: [spec] });
  await play.until(60);
  const { clock, world, service } = play;
  const pass = (seconds: number) => clock.runUntil(clock.now() + seconds * 1000);
  const timed = <T extends object>(port: T): T => callsGoThrough(port, (_, run) => whileTimePasses(clock, run()));
  const reads = simulatedGuardReads(world);
  const cause = {};
  return {
    routing: timed(reads.routing),
    protection: timed(reads.protection),
    stacks: timed(reads.stacks),
    scaling: timed(reads.scaling),
    stopCrossing: async () => {
      spec.crossZone = false;
    },
    protect: async ({ task }) => {
      const one = service.fleet.find(task.task);
      const tasks = new Set(one === undefined ? [] : [one]);
      service.conditions.protects.set(cause, { tasks, since: clock.now() });
    },
    shiftAway: async (zone) => service.conditions.zonalShift.set(cause, zone.at(-1) ?? ''),
    changeStack: async () => service.conditions.stack.set(cause, 'UPDATE_IN_PROGRESS'),
    autoScale: async (desired) => service.scheduler.autoScale(desired, clock.now()),
    deployMarked: async (why) => {
      service.deploy({ id: '43', pinned: false, noRollback: why });
      await pass(20);
    },
    settings,
    targets: timed(simulatedTargets(world)),
    services: timed(simulatedServices(world)),
    changes: timed(everyChange(world)),
    settle: () => pass(120),
    endDraining: () => pass(310),
    sicken: async ({ task }) => {
      const sick = service.fleet.find(task.task);
      if (sick !== undefined) sick.failsHealthCheck = true;
    },
    deploy: async () => {
      service.deploy({ id: '43', pinned: false });
      await pass(20);
    },
    deregister: async (taskDefinition) => {
      service.releases.deregister(taskDefinition, clock.now());
      await pass(600);
    },
    moveTag: async () => service.releases.moveTag(service.rollouts.wanted.release, `sha256:${'a'.repeat(64)}`),
    deployAgain: async (times) => {
      for (let n = 0; n < times; n++) {
        service.redeploy();
        await pass(1);
        service.rollouts.complete(clock.now());
      }
      await pass(120);
    },
  };
}

async function whileTimePasses<T>(clock: VirtualClock, call: Promise<T>): Promise<T> {
  let waiting = true;
  const done = () => {
    waiting = false;
  };
  call.then(done, done);
  while (waiting) await clock.runUntil(clock.now() + 100);
  return call;
}

/** Each change in the role of an action that may make it. */
function everyChange(world: World): Changes {
  const by = (name: ChangeName): Changes => {
    const role = (Object.keys(grants) as ActionKind[]).find((kind) =>
      (grants[kind] as readonly ChangeName[]).includes(name),
    );
    if (role === undefined) throw new Error(`No action may make ${name}.`);
    return simulatedChanges(world, role);
  };
  return {
    deregisterTargets: (...given) => by('deregisterTargets').deregisterTargets(...given),
    registerTargets: (...given) => by('registerTargets').registerTargets(...given),
    stopTask: (...given) => by('stopTask').stopTask(...given),
    forceNewDeployment: (...given) => by('forceNewDeployment').forceNewDeployment(...given),
    registerTaskDefinition: (...given) => by('registerTaskDefinition').registerTaskDefinition(...given),
    updateService: (...given) => by('updateService').updateService(...given),
    stopServiceDeployment: (...given) => by('stopServiceDeployment').stopServiceDeployment(...given),
  };
}
