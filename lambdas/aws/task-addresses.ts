import { DescribeContainerInstancesCommand, type ECSClient, type Task } from '@aws-sdk/client-ecs';
import type { TaskAddress } from '../contract/targets.ts';
import { inBatches, needed } from './answers.ts';

const call = 'DescribeContainerInstances';
const describedAtOnce = 100;

/**
 * Where tasks can be reached. With a network interface of its own (awsvpc) a task is its address, on any port; in bridge
 * and host mode it is its EC2 instance and a host port, and the instance's id must be asked for.
 */
export async function addressReader(
  client: ECSClient,
  cluster: string,
  tasks: readonly Task[],
): Promise<(task: Task) => readonly TaskAddress[]> {
  const hosts = tasks.filter((task) => interfaceAddresses(task).length === 0 && hostPorts(task).length > 0);
  const instances = await instanceIds(client, cluster, hosts);
  return (task) => {
    const own = interfaceAddresses(task);
    if (own.length > 0) return own.map((id) => ({ id, port: null }));
    const id = instances.get(task.containerInstanceArn ?? '');
    return id === undefined ? [] : hostPorts(task).map((port) => ({ id, port }));
  };
}

/** Addresses of the task's elastic network interface (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html). */
function interfaceAddresses({ attachments = [] }: Task): readonly string[] {
  return attachments
    .filter(({ type }) => type === 'ElasticNetworkInterface')
    .flatMap(({ details = [] }) => details)
    .filter(({ name }) => name === 'privateIPv4Address' || name === 'privateIPv6Address')
    .map(({ value }) => value)
    .filter((value) => value !== undefined);
}

const hostPorts = ({ containers = [] }: Task): readonly number[] =>
  containers
    .flatMap(({ networkBindings = [] }) => networkBindings)
    .map(({ hostPort }) => hostPort)
    .filter((port) => port !== undefined);

async function instanceIds(
  client: ECSClient,
  cluster: string,
  tasks: readonly Task[],
): Promise<ReadonlyMap<string, string>> {
  const arns = [
    ...new Set(tasks.map((task) => needed(task.containerInstanceArn, 'DescribeTasks', 'containerInstanceArn'))),
  ];
  const answers = await Promise.all(
    inBatches(arns, describedAtOnce).map((containerInstances) =>
      client.send(new DescribeContainerInstancesCommand({ cluster, containerInstances })),
    ),
  );
  const found = answers.flatMap(({ containerInstances }) => needed(containerInstances, call, 'containerInstances'));
  return new Map(
    found.map((instance) => [
      needed(instance.containerInstanceArn, call, 'containerInstanceArn'),
      // External instances (ECS Anywhere) have none; nothing of theirs is behind a load balancer.
      needed(instance.ec2InstanceId, call, 'ec2InstanceId'),
    ]),
  );
}
