import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ECSClient } from '@aws-sdk/client-ecs';
import {
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, describe, expect, it } from 'vitest';
import { reading } from '../../../lambdas/aws/clients.ts';
import { awsProtection } from '../../../lambdas/aws/protection.ts';
import { awsRouting } from '../../../lambdas/aws/routing.ts';
import { awsScaling } from '../../../lambdas/aws/scaling.ts';
import { awsStacks } from '../../../lambdas/aws/stacks.ts';
import type { TargetRef } from '../../../lambdas/contract/targets.ts';
import { factsOf, tasksInWorld } from '../../contract/fleet-world.ts';
import { describeGuardReads, type GuardWorld } from '../../contract/guard-reads-contract.ts';
import { askQuery } from '../deploy/ask.ts';
import { Account } from '../harness/account.ts';
import { Fleet } from '../harness/fleet.ts';
import { motoWorld } from './fleet-world.ts';

const stack = 'checkout-stack';
/** moto makes stacks of any resource it knows. */
const template = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });

const accounts: Account[] = [];
afterAll(async () => {
  await Promise.all(accounts.map((account) => account.close()));
});

async function openAccount(): Promise<Account> {
  const account = await Account.open(String(100000007000 + accounts.length));
  accounts.push(account);
  return account;
}

async function open(): Promise<GuardWorld> {
  const account = await openAccount();
  const fleet = await Fleet.open(account, { tasks: tasksInWorld, targetGroups: 2 });
  await askQuery(account, 'fleet', 'cloudformation', 'CreateStack', { StackName: stack, TemplateBody: template });
  const world = motoWorld(account, fleet);
  const { targetGroups, cluster, service } = fleet.resources;
  const read = { ...reading, ...account.client('reader') };
  const team = new ElasticLoadBalancingV2Client(account.client('fleet'));
  return {
    ...world,
    settings: { ...world.settings, resources: { ...world.settings.resources, stack } },
    routing: awsRouting(new ElasticLoadBalancingV2Client(read)),
    protection: awsProtection(new ECSClient(read)),
    stacks: awsStacks(new CloudFormationClient(read)),
    scaling: awsScaling(new ApplicationAutoScalingClient(read)),
    settle: async () => {
      await world.settle();
      fleet.scaling.end();
    },
    stopCrossing: async () => {
      const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'false' }];
      for (const TargetGroupArn of targetGroups)
        await team.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
    },
    protect: async ({ task }) => fleet.life.protect(task.task),
    shiftAway: async (zone) => {
      const { tasks } = await factsOf(world);
      const ids = new Set(tasks.filter((task) => task.zone === zone).flatMap((t) => t.addresses.map(({ id }) => id)));
      for (const targetGroup of targetGroups) {
        for (const { Target } of await fleet.targets(targetGroup)) {
          const target: TargetRef = { targetGroup, id: Target?.Id ?? '', port: Target?.Port ?? 0 };
          if (ids.has(target.id)) fleet.health.shift(target);
        }
      }
    },
    changeStack: async () => fleet.stacks.set(stack, 'UPDATE_IN_PROGRESS'),
    autoScale: async (desired) => fleet.scaling.begin(`service/${cluster.split('/').at(-1)}/${service}`, desired),
    deployMarked: async (why) => {
      await fleet.deploy(await fleet.build('43', { tag: why }));
      await fleet.rollOut(2);
    },
  };
}

describeGuardReads('moto', open);

describe('a stack', () => {
  it('that is named and is not there cannot be told of', async () => {
    const world = await open();
    const resources = { ...world.settings.resources, stack: 'nobody' };
    await expect(world.stacks.status({ ...world.settings, resources })).rejects.toThrow(/nobody/);
  });
});

describe('a release', () => {
  it('may say in a label of its container why it must not be rolled back', async () => {
    const account = await openAccount();
    const fleet = await Fleet.open(account, { tasks: 1 });
    await fleet.deploy(await fleet.build('43', { label: 'migrated' }));
    expect((await factsOf(motoWorld(account, fleet))).deployments[0]).toMatchObject({ noRollback: 'migrated' });
  });
});
