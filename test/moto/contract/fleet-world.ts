import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll } from 'vitest';
import { changing, reading } from '../../../lambdas/aws/clients.ts';
import { serviceChanges } from '../../../lambdas/aws/service-changes.ts';
import { awsServices } from '../../../lambdas/aws/services.ts';
import { targetChanges } from '../../../lambdas/aws/target-changes.ts';
import { awsTargets } from '../../../lambdas/aws/targets.ts';
import type { TargetRef } from '../../../lambdas/contract/targets.ts';
import { type FleetWorld, type OpenFleetWorld, tasksInWorld } from '../../contract/fleet-world.ts';
import { settings } from '../../pipeline/build.ts';
import { Account } from '../harness/account.ts';
import { Fleet } from '../harness/fleet.ts';

/** The adapters over an ECS service in moto. */
export function motoWorld(account: Account, fleet: Fleet): FleetWorld {
  const { resources, health } = fleet;
  const read = { ...reading, ...account.client('reader') };
  const change = { ...changing, ...account.client('changer') };
  return {
    settings: settings({ resources }),
    targets: awsTargets(new ElasticLoadBalancingV2Client(read)),
    services: awsServices(new ECSClient(read)),
    changes: {
      ...serviceChanges(new ECSClient(change)),
      ...targetChanges(new ElasticLoadBalancingV2Client(change)),
    },
    settle: () => fleet.settle(),
    endDraining: async () => health.endDraining(),
    sicken: async ({ addresses }) => {
      const [{ id } = { id: '' }] = addresses;
      const registered = (await fleet.targets()).find(({ Target }) => Target?.Id === id)?.Target?.Port ?? 0;
      const targets = resources.targetGroups.map((targetGroup): TargetRef => ({ targetGroup, id, port: registered }));
      for (const target of targets) health.set(target, 'unhealthy');
    },
    deploy: async () => {
      await fleet.deploy(await fleet.build('43'));
      await fleet.rollOut(2);
    },
    deregister: (taskDefinition) => fleet.retire({ taskDefinition }),
    moveTag: () => fleet.push('42'),
    deployAgain: (times) => fleet.deployAgain(times),
  };
}

/** Opens a service in an account of its own each time: `firstAccount` and those after it. */
export function openInMoto(firstAccount: string): OpenFleetWorld {
  const accounts: Account[] = [];
  afterAll(async () => {
    await Promise.all(accounts.map((account) => account.close()));
  });
  return async () => {
    const account = await Account.open(String(Number(firstAccount) + accounts.length));
    accounts.push(account);
    return motoWorld(account, await Fleet.open(account, { tasks: tasksInWorld, targetGroups: 2 }));
  };
}
