import type { Forward, Gap, Reply } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { jsonIn, jsonReply, refused } from '../harness/replies.ts';
import { epochSeconds, type PlayedClock } from './played-clock.ts';

/** A task as DescribeTasks gives it; only what is read or added here. */
type WireTask = {
  readonly taskArn: string;
  readonly clusterArn: string;
  readonly group: string;
  readonly startedBy: string;
  readonly taskDefinitionArn: string;
  readonly containers: readonly object[];
};

/** What moto does not keep of a task. */
type KnownTask = {
  readonly arn: string;
  readonly cluster: string;
  readonly group: string;
  readonly startedBy: string;
  readonly createdAt: number;
  digest: string | undefined;
  zone: string | undefined;
  stopped: { readonly at: number; readonly code: string } | undefined;
};

/** The scheduler's own access key: what it stops was not stopped by a user. */
export const scheduler = 'ecs';

/** DescribeTasks and ListTasks give so many at once. */
const listedAtOnce = 100;

/**
 * Tasks with what moto leaves out: their times, zone, image digest and stop code. ListTasks by service, one page at a time
 * (moto takes no notice of the service). Their protection, which moto does not have. StopTask of a task that does not exist is refused (moto answers HTTP 500).
 */
export class TaskLife implements Gap {
  readonly operations = ['ecs.RunTask', 'ecs.StopTask', 'ecs.DescribeTasks', 'ecs.ListTasks', 'ecs.GetTaskProtection'];
  readonly because = 'tasks by service, their times, zones, digests, stop codes and protection';
  readonly #clock: PlayedClock;
  readonly #tasks = new Map<string, KnownTask>();
  readonly #protected = new Set<string>();

  constructor(clock: PlayedClock) {
    this.#clock = clock;
  }

  /** Where it runs and what of its image was pulled. */
  started(arn: string, { digest, zone }: { readonly digest: string; readonly zone: string }): void {
    const task = this.#tasks.get(arn);
    if (task === undefined) throw new Error(`Nobody started ${arn}.`);
    task.digest = digest;
    task.zone = zone;
  }

  /** The task protects itself from being stopped by a deployment or by scaling in. */
  protect(arn: string): void {
    this.#protected.add(arn);
  }

  /** Tasks of a service that run, of that deployment if one is given. */
  running(service: string, deployment?: string): number {
    const of = [...this.#tasks.values()].filter(
      ({ group, stopped }) => group === groupOf(service) && stopped === undefined,
    );
    return deployment === undefined ? of.length : of.filter(({ startedBy }) => startedBy === deployment).length;
  }

  readonly answer = (asked: Asked, forward: Forward): Promise<Reply | undefined> => {
    const body = asked.body as Record<string, unknown>;
    if (asked.operation === 'ecs.RunTask') return this.#run(forward);
    if (asked.operation === 'ecs.StopTask') return this.#stop(body, asked.caller, forward);
    if (asked.operation === 'ecs.DescribeTasks') return this.#describe(body, forward);
    if (asked.operation === 'ecs.GetTaskProtection') return Promise.resolve(this.#protection(body));
    return this.#list(body, forward);
  };

  /** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_GetTaskProtection.html */
  #protection({ tasks }: Record<string, unknown>): Reply {
    const asked = tasks as readonly string[];
    if (asked.length > listedAtOnce)
      return refused('InvalidParameterException', 'Tasks cannot have more than 100 elements.');
    const runs = (arn: string): boolean => this.#tasks.get(arn)?.stopped === undefined && this.#tasks.has(arn);
    return jsonReply({
      protectedTasks: asked
        .filter(runs)
        .map((taskArn) => ({ taskArn, protectionEnabled: this.#protected.has(taskArn) })),
      failures: asked.filter((arn) => !runs(arn)).map((arn) => ({ arn, reason: 'TASK_NOT_VALID' })),
    });
  }

  async #run(forward: Forward): Promise<Reply> {
    const reply = await forward();
    if (reply.status !== 200) return reply;
    const answer = jsonIn(reply);
    const tasks = answer.tasks as readonly WireTask[];
    for (const { taskArn: arn, clusterArn: cluster, group, startedBy } of tasks) {
      const createdAt = this.#clock.now();
      const unknown = { digest: undefined, zone: undefined, stopped: undefined };
      this.#tasks.set(arn, { arn, cluster, group, startedBy, createdAt, ...unknown });
    }
    return jsonReply({ ...answer, tasks: tasks.map((task) => this.#whole(task)) });
  }

  async #stop({ cluster, task }: Record<string, unknown>, caller: string, forward: Forward): Promise<Reply> {
    const known = [...this.#tasks.values()].find(({ arn }) => arn === task || arn.endsWith(`/${String(task)}`));
    if (known === undefined || !known.cluster.endsWith(String(cluster))) {
      return refused('InvalidParameterException', 'The referenced task was not found.');
    }
    const reply = await forward();
    if (reply.status !== 200) return reply;
    const code = caller === scheduler ? 'ServiceSchedulerInitiated' : 'UserInitiated';
    known.stopped ??= { at: this.#clock.now(), code };
    const answer = jsonIn(reply);
    return jsonReply({ ...answer, task: this.#whole(answer.task as WireTask) });
  }

  async #describe({ tasks: asked }: Record<string, unknown>, forward: Forward): Promise<Reply> {
    if ((asked as readonly string[]).length > listedAtOnce) {
      return refused('InvalidParameterException', 'Tasks cannot have more than 100 elements.');
    }
    const reply = await forward();
    if (reply.status !== 200) return reply;
    const answer = jsonIn(reply);
    const tasks = (answer.tasks as readonly WireTask[]).map((task) => this.#whole(task));
    const missing = (asked as readonly string[]).filter(
      (arn) => !tasks.some(({ taskArn }) => taskArn === arn || taskArn.endsWith(`/${arn}`)),
    );
    return jsonReply({ ...answer, tasks, failures: missing.map((arn) => ({ arn, reason: 'MISSING' })) });
  }

  async #list(body: Record<string, unknown>, forward: Forward): Promise<Reply> {
    const { serviceName, nextToken, maxResults = listedAtOnce, ...rest } = body;
    const reply = await forward(JSON.stringify({ desiredStatus: 'RUNNING', ...rest }));
    if (reply.status !== 200) return reply;
    const all = (jsonIn(reply).taskArns as readonly string[]).filter(
      (arn) => serviceName === undefined || this.#tasks.get(arn)?.group === groupOf(String(serviceName)),
    );
    const from = Number(nextToken ?? 0);
    const until = from + Number(maxResults);
    return jsonReply({
      taskArns: all.slice(from, until),
      ...(until < all.length ? { nextToken: String(until) } : {}),
    });
  }

  #whole(task: WireTask): WireTask {
    const known = this.#tasks.get(task.taskArn);
    return known === undefined ? task : { ...task, ...whatIsKnownOf(known), containers: containersOf(task, known) };
  }
}

const whatIsKnownOf = ({ createdAt, zone, digest, stopped }: KnownTask): object => ({
  createdAt: epochSeconds(createdAt),
  ...(digest === undefined ? {} : { startedAt: epochSeconds(createdAt) }),
  ...(zone === undefined ? {} : { availabilityZone: zone }),
  ...(stopped === undefined
    ? {}
    : { stopCode: stopped.code, stoppingAt: epochSeconds(stopped.at), stoppedAt: epochSeconds(stopped.at) }),
});

/** Every container of a task in these tests has the one image. */
const containersOf = ({ containers }: WireTask, { digest, stopped }: KnownTask): readonly object[] =>
  containers.map((container) => ({
    ...container,
    lastStatus: stopped === undefined ? 'RUNNING' : 'STOPPED',
    ...(digest === undefined ? {} : { imageDigest: digest }),
  }));

/** The group that ECS gives to the tasks of a service; `service` is its name or ARN. */
export const groupOf = (service: string): string => `service:${service.slice(service.lastIndexOf('/') + 1)}`;
