import { DescribeTasksCommand, type ECSClient, paginateListTasks, type Task } from '@aws-sdk/client-ecs';
import type { ServiceResources } from '../contract/settings.ts';
import type { StoppedTaskFact, TaskFact } from '../model/facts.ts';
import { inBatches, instant, needed, translated } from './answers.ts';
import { addressReader } from './task-addresses.ts';

const call = 'DescribeTasks';

/** DescribeTasks takes a hundred at a time (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html). */
const describedAtOnce = 100;

/** ECS keeps stopped tasks for an hour; a crash loop leaves hundreds, of which so many say enough. */
const mostStopped = 200;

/** Task states in their order of life (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html). */
const lives: Readonly<Record<string, TaskFact['status'] | 'stopped'>> = {
  PROVISIONING: 'starting',
  PENDING: 'starting',
  ACTIVATING: 'starting',
  RUNNING: 'running',
  DEACTIVATING: 'stopping',
  STOPPING: 'stopping',
  DEPROVISIONING: 'stopping',
  STOPPED: 'stopped',
  DELETED: 'stopped',
};

/** The tasks of a service, and those that stopped within the last hour. */
export async function tasksOf(
  client: ECSClient,
  resources: ServiceResources,
): Promise<{ readonly tasks: readonly TaskFact[]; readonly stopped: readonly StoppedTaskFact[] }> {
  const [alive, ending] = await Promise.all([
    list(client, resources, 'RUNNING', Number.POSITIVE_INFINITY),
    list(client, resources, 'STOPPED', mostStopped),
  ]);
  const described = await describeAll(client, resources.cluster, [...new Set([...alive, ...ending])]);
  const addressesOf = await addressReader(client, resources.cluster, described);
  const tasks: TaskFact[] = [];
  const stopped: StoppedTaskFact[] = [];
  for (const task of described) {
    const life = lifeOf(task);
    if (life === 'stopped') stopped.push(stoppedTask(task, resources.cluster));
    else tasks.push({ ...liveTask(task, resources.cluster), status: life, addresses: addressesOf(task) });
  }
  return { tasks, stopped };
}

/** A task that is to stop leads its last moments as RUNNING; its desired status knows better. */
function lifeOf(task: Task): TaskFact['status'] | 'stopped' {
  const life = translated(task.lastStatus, lives, call, 'lastStatus');
  return life !== 'stopped' && task.desiredStatus === 'STOPPED' ? 'stopping' : life;
}

async function list(
  client: ECSClient,
  { cluster, service }: ServiceResources,
  desiredStatus: 'RUNNING' | 'STOPPED',
  most: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const page of paginateListTasks({ client }, { cluster, serviceName: service, desiredStatus })) {
    found.push(...needed(page.taskArns, 'ListTasks', 'taskArns'));
    if (found.length >= most) break;
  }
  return found.slice(0, most);
}

/** Tasks that are gone by the time they are described are left out. */
async function describeAll(client: ECSClient, cluster: string, arns: readonly string[]): Promise<readonly Task[]> {
  const answers = await Promise.all(
    inBatches(arns, describedAtOnce).map((tasks) => client.send(new DescribeTasksCommand({ cluster, tasks }))),
  );
  return answers.flatMap(({ tasks }) => needed(tasks, call, 'tasks'));
}

const refTo = (task: Task, cluster: string) => ({ cluster, task: needed(task.taskArn, call, 'taskArn') });

const liveTask = (task: Task, cluster: string): Omit<TaskFact, 'status' | 'addresses'> => ({
  task: refTo(task, cluster),
  zone: task.availabilityZone ?? null,
  taskDefinition: needed(task.taskDefinitionArn, call, 'taskDefinitionArn'),
  containers: (task.containers ?? []).map(({ name, imageDigest }) => ({
    container: needed(name, call, 'containers.name'),
    digest: imageDigest ?? null,
  })),
  createdAt: instant(task.createdAt, call, 'createdAt'),
  startedAt: task.startedAt?.getTime() ?? null,
});

/** A task that never started has no stopCode but a reason; the other way round happens too. */
const stoppedTask = (task: Task, cluster: string): StoppedTaskFact => ({
  task: refTo(task, cluster),
  taskDefinition: needed(task.taskDefinitionArn, call, 'taskDefinitionArn'),
  createdAt: instant(task.createdAt, call, 'createdAt'),
  stoppedAt: instant(task.stoppedAt ?? task.stoppingAt ?? task.executionStoppedAt, call, 'stoppedAt'),
  code: task.stopCode ?? 'unknown',
  reason: task.stoppedReason ?? '',
});
