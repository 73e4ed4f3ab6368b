import { describe, expect, it } from 'vitest';
import type { ActionKind } from '../../../lambdas/contract/names.ts';
import { type ChangeName, changes as everyChange, grants } from '../../../lambdas/contract/permissions.ts';
import type { Changes } from '../../../lambdas/ports/changes.ts';
import { simulatedChanges } from '../../../lib/simulator/adapters/changes.ts';
import { orderRef } from '../../pipeline/build.ts';
import { inService, Play, quiet, specOf } from '../world/play.ts';

async function make(play: Play, change: Promise<unknown>): Promise<string> {
  const outcome = change.then(
    () => 'made',
    (error: Error) => `${error.name}: ${error.message}`,
  );
  await play.clock.runUntil(play.clock.now() + 1000);
  return outcome;
}

/** Each change, asked of the first task or of the service. */
function asks(play: Play, changes: Changes): Readonly<Record<ChangeName, () => Promise<unknown>>> {
  const { resources } = play.service.spec.settings;
  const [task] = play.service.fleet.tasks;
  const [group] = play.service.fleet.groups;
  const targets = [{ targetGroup: group?.arn ?? '', id: task?.address ?? '', port: 8080 }];
  const service = { cluster: resources.cluster, service: resources.service };
  const { wanted, all } = play.service.rollouts;
  return {
    deregisterTargets: () => changes.deregisterTargets(targets),
    registerTargets: () => changes.registerTargets(targets),
    stopTask: () => changes.stopTask({ cluster: resources.cluster, task: task?.arn ?? '' }, 'because'),
    forceNewDeployment: () => changes.forceNewDeployment(service),
    registerTaskDefinition: () => {
      const { taskDefinition } = wanted.release;
      return changes.registerTaskDefinition({ of: taskDefinition, original: taskDefinition, pins: {}, for: orderRef });
    },
    updateService: () => changes.updateService(service, all.at(-1)?.release.taskDefinition ?? ''),
    stopServiceDeployment: () => changes.stopServiceDeployment(wanted.id),
  };
}

const names = Object.keys(everyChange) as ChangeName[];
const roles = Object.keys(grants) as ActionKind[];

describe('the changes of the simulated account', () => {
  it.each(roles)('allow %s what its role grants and nothing else', async (role) => {
    const granted: readonly ChangeName[] = grants[role];
    for (const name of names.filter((one) => !granted.includes(one))) {
      const play = new Play();
      const outcome = await make(play, asks(play, simulatedChanges(play.world, role))[name]());
      expect(outcome).toBe(`NotDone: AccessDeniedException: The role of ${role} does not allow ${name}.`);
      expect(play.world.changes).toEqual([]);
    }
    for (const name of granted.filter((one) => one !== 'stopServiceDeployment')) {
      const play = new Play();
      expect(await make(play, asks(play, simulatedChanges(play.world, role))[name]())).toBe('made');
      expect(play.world.changes).toMatchObject([{ kind: name, service: 'checkout', by: 'paramedic' }]);
    }
  });

  it('take a target out of service and put it back', async () => {
    const play = new Play();
    const out = asks(play, simulatedChanges(play.world, 'deregister-target'));
    const back = asks(play, simulatedChanges(play.world, 'register-target'));
    await make(play, out.deregisterTargets());
    expect(inService(play.service)).toHaveLength(5);
    await make(play, back.registerTargets());
    await play.until(30);
    expect(inService(play.service)).toHaveLength(6);
  });

  it('stop a task, which ECS replaces, and refuse one that is not there', async () => {
    const play = new Play();
    const { stopTask } = asks(play, simulatedChanges(play.world, 'replace-task'));
    expect(await make(play, stopTask())).toBe('made');
    await play.until(120);
    expect(inService(play.service)).toHaveLength(6);
    expect(play.service.fleet.stopped[0]?.stopped?.reason).toBe('because');
    const { changes } = { changes: simulatedChanges(play.world, 'replace-task') };
    const outcome = await make(play, changes.stopTask({ cluster: '', task: 'arn:gone' }, 'because'));
    expect(outcome).toBe('NotDone: InvalidParameterException: The referenced task was not found.');
  });

  it('go back to an earlier release, or not at all when it is unknown', async () => {
    const play = new Play();
    const changes = simulatedChanges(play.world, 'roll-back-deployment');
    expect(await make(play, asks(play, changes).updateService())).toBe('made');
    await play.until(200);
    expect(play.service.rollouts.wanted.release.revision).toBe('41');
    const { cluster, service } = play.service.spec.settings.resources;
    const outcome = await make(play, changes.updateService({ cluster, service }, 'arn:unknown'));
    expect(outcome).toBe('NotDone: ClientException: TaskDefinition arn:unknown is not found.');
  });

  it('are refused where they pass roles that the role may not pass, and others are not', async () => {
    const played = (forcePassesRoles: boolean) =>
      new Play({ specs: [specOf('checkout', { account: { ...quiet, passRoles: false, forcePassesRoles } })] });
    const refused =
      'NotDone: AccessDeniedException: No identity-based policy allows the iam:PassRole action on resource: arn:aws:iam::123456789012:role/checkout-task';
    for (const forced of [true, false]) {
      const play = played(forced);
      const roll = asks(play, simulatedChanges(play.world, 'roll-back-deployment'));
      expect(await make(play, roll.updateService())).toBe(refused);
      expect(await make(play, roll.registerTaskDefinition())).toBe(refused);
      const restart = asks(play, simulatedChanges(play.world, 'restart-service'));
      expect(await make(play, restart.forceNewDeployment())).toBe(forced ? refused : 'made');
      play.service.deploy({ id: '43', pinned: false });
      expect(
        await make(play, asks(play, simulatedChanges(play.world, 'roll-back-deployment')).stopServiceDeployment()),
      ).toBe('made');
    }
  });

  it('roll a running deployment back, and refuse a finished one', async () => {
    const play = new Play({ faults: [{ at: 10, kind: 'deployment', revision: '43', pace: '3m' }] });
    await play.until(60);
    const changes = simulatedChanges(play.world, 'roll-back-deployment');
    const id = play.service.rollouts.running?.id ?? '';
    expect(await make(play, changes.stopServiceDeployment(id))).toBe('made');
    await play.until(120);
    expect(play.service.rollouts.all[0]?.status).toBe('rolled-back');
    expect(await make(play, changes.stopServiceDeployment(id))).toMatch(/^NotDone: ConflictException: /);
    expect(await make(play, changes.stopServiceDeployment('arn:none'))).toMatch(
      /^NotDone: ServiceDeploymentNotFoundException: /,
    );
  });

  it('take some time', async () => {
    const play = new Play();
    await make(play, asks(play, simulatedChanges(play.world, 'restart-service')).forceNewDeployment());
    const [change] = play.world.changes;
    expect((change?.at ?? 0) - play.world.startedAt).toBeGreaterThanOrEqual(100);
    expect((change?.at ?? 0) - play.world.startedAt).toBeLessThanOrEqual(300);
  });
});
