import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  StartTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reading } from '../../../lambdas/aws/clients.ts';
import { addressReader } from '../../../lambdas/aws/task-addresses.ts';
import { Account } from '../harness/account.ts';
import { ec2, idIn, openNetwork } from '../harness/fleet-network.ts';

const operation = 'ecs.DescribeContainerInstances';
const hostPorts = [32_768, 49_153];
let account: Account;
let cluster: string;
/** One task on each of two instances. */
let hosts: readonly { readonly instance: string; readonly task: Task }[];

beforeAll(async () => {
  account = await Account.open('100000007000');
  cluster = account.arn('ecs', 'cluster/shop');
  const team = new ECSClient(account.client('fleet'));
  await team.send(new CreateClusterCommand({ clusterName: 'shop' }));
  const containerDefinitions = [
    { name: 'app', image: 'shop/checkout:42', memory: 128, portMappings: [{ containerPort: 8080 }] },
  ];
  await team.send(
    new RegisterTaskDefinitionCommand({ family: 'checkout', networkMode: 'bridge', containerDefinitions }),
  );
  const { subnets } = await openNetwork(account);
  hosts = [await host(team, subnets[0]?.id ?? ''), await host(team, subnets[1]?.id ?? '')];
});
beforeEach(() => {
  account.calm();
  account.requests.length = 0;
});
afterAll(() => account.close());

/** An EC2 instance that joins the cluster as its agent has it join, and a task on it. */
async function host(team: ECSClient, subnet: string) {
  const form = { ImageId: 'ami-12c6146b', MinCount: '1', MaxCount: '1', SubnetId: subnet };
  const instance = idIn(await ec2(account, 'RunInstances', form), 'instanceId');
  const instanceIdentityDocument = JSON.stringify({ instanceId: instance, region: account.region });
  const { containerInstance } = await team.send(
    new RegisterContainerInstanceCommand({ cluster: 'shop', instanceIdentityDocument }),
  );
  const containerInstances = [containerInstance?.containerInstanceArn ?? ''];
  const { tasks: [started] = [] } = await team.send(
    new StartTaskCommand({ cluster: 'shop', taskDefinition: 'checkout', containerInstances }),
  );
  const { tasks: [task] = [] } = await team.send(
    new DescribeTasksCommand({ cluster: 'shop', tasks: [started?.taskArn ?? ''] }),
  );
  if (task === undefined) throw new Error('moto started no task.');
  return { instance, task };
}

/** moto knows no host ports: they are the daemon's to give. */
const bound = ({ task }: (typeof hosts)[number], ports: readonly number[] = hostPorts): Task => ({
  ...task,
  containers: [{ name: 'app', networkBindings: ports.map((hostPort) => ({ containerPort: 8080, hostPort })) }],
});
const read = (tasks: readonly Task[]) =>
  addressReader(new ECSClient({ ...reading, ...account.client('reader') }), cluster, tasks);

describe('a task on EC2', () => {
  it('is reached at its own instance, on each of its host ports', async () => {
    const tasks = hosts.map((one) => bound(one));
    const addressesOf = await read(tasks);
    expect(tasks.map(addressesOf)).toEqual(
      hosts.map(({ instance }) => hostPorts.map((port) => ({ id: instance, port }))),
    );
    expect(account.asked(operation)).toMatchObject([{ answeredBy: 'moto', status: 200 }]);
  });

  it('is asked about once, however many tasks share its instance', async () => {
    const [first] = hosts.map((one) => bound(one));
    if (first === undefined) throw new Error('There is no host.');
    await read([first, { ...first, taskArn: account.arn('ecs', 'task/shop/another') }]);
    expect(account.asked(operation).map(({ body }) => body)).toEqual([
      { cluster, containerInstances: [first.containerInstanceArn] },
    ]);
  });

  it('has no address without a host port, and nobody is asked', async () => {
    const [task] = hosts.map((one) => bound(one, []));
    if (task === undefined) throw new Error('There is no host.');
    expect((await read([task]))(task)).toEqual([]);
    expect(account.asked(operation)).toEqual([]);
  });

  it('has no address when its instance has left the cluster', async () => {
    const [task] = hosts.map((one) => bound(one));
    if (task === undefined) throw new Error('There is no host.');
    const gone = { ...task, containerInstanceArn: account.arn('ecs', 'container-instance/shop/0123456789abcdef') };
    expect((await read([gone]))(gone)).toEqual([]);
  });

  it.each(['throttled', 'unavailable', 'unreachable', 'answer-lost'] as const)(
    'is reached as ever after one request met a fault (%s)',
    async (fault) => {
      const [task] = hosts.map((one) => bound(one));
      if (task === undefined) throw new Error('There is no host.');
      account.strike(operation, fault, 1);
      expect((await read([task]))(task)).toHaveLength(2);
      expect(account.asked(operation)).toHaveLength(2);
    },
  );

  it('is not guessed at when the instances may not be read', async () => {
    account.strike(operation, 'denied');
    await expect(read(hosts.map((one) => bound(one)))).rejects.toThrow('met a fault: denied');
  });
});
