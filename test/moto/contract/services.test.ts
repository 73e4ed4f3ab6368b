import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NotDone } from '../../../lambdas/contract/not-done.ts';
import { factsOf } from '../../contract/fleet-world.ts';
import { describeServices } from '../../contract/services-contract.ts';
import { Account } from '../harness/account.ts';
import { Fleet } from '../harness/fleet.ts';
import { motoWorld, openInMoto } from './fleet-world.ts';

describeServices('moto', openInMoto('100000002000'));

describe('a release whose task definition was deregistered', () => {
  let account: Account;
  let fleet: Fleet;
  beforeAll(async () => {
    account = await Account.open('100000006000');
    fleet = await Fleet.open(account, { tasks: 1 });
    const [first] = fleet.releases;
    if (first !== undefined) await fleet.retire(first);
  });
  afterAll(() => account.close());

  it('is shown as one that cannot be deployed', async () => {
    const { deployments } = await factsOf(motoWorld(account, fleet));
    expect(deployments.map(({ definition }) => definition)).toEqual(['active', 'inactive']);
  });

  it('is not deployed', async () => {
    const { changes, settings } = motoWorld(account, fleet);
    const { cluster, service } = settings.resources;
    const before = await fleet.taskDefinition();
    const taskDefinition = fleet.releases[0]?.taskDefinition ?? '';
    await expect(changes.updateService({ cluster, service }, taskDefinition)).rejects.toBeInstanceOf(NotDone);
    expect(await fleet.taskDefinition()).toBe(before);
  });
});
