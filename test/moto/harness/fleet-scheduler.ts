import { type ECSClient, RunTaskCommand, StopTaskCommand, type Task, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  DeregisterTargetsCommand,
  type ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TargetRef } from '../../../lambdas/contract/targets.ts';
import type { DeploymentHistory, PlayedDeployment } from '../gaps/deployment-history.ts';
import { groupOf, type TaskLife } from '../gaps/task-life.ts';
import type { Network } from './fleet-network.ts';
import { containerPort, type FleetReleases } from './fleet-releases.ts';

type Parts = {
  /** Signed as ECS's scheduler, and as one who reads moto past its gaps. */
  readonly ecs: ECSClient;
  readonly past: ECSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly cluster: string;
  readonly service: string;
  readonly targetGroups: readonly string[];
  readonly network: Network;
  readonly releases: FleetReleases;
  readonly history: DeploymentHistory;
  readonly life: TaskLife;
};

/** What ECS's scheduler does and moto does not: starts, stops, registers and deregisters tasks of one service. */
export class FleetScheduler {
  readonly #parts: Parts;
  #started = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Starts tasks of a deployment, spread over the zones, and registers their addresses. */
  async start(deployment: PlayedDeployment, count: number): Promise<void> {
    if (count <= 0) return;
    const { network, releases, history, life } = this.#parts;
    // Version consistency: every task of a deployment runs the images that its first task pulled.
    const { revision } = deployment;
    const digest = revision.digest ?? (await releases.digest(revision.containers[0]?.image ?? ''));
    history.start(deployment, digest);
    const started: Task[] = [];
    for (const [{ id, zone }, share] of spread(network.subnets, count, this.#started)) {
      const tasks = await this.#run(deployment, id, share);
      for (const { taskArn = '' } of tasks) life.started(taskArn, { digest, zone });
      started.push(...tasks);
    }
    this.#started += count;
    await this.#each(started, (group) => this.#parts.elb.send(new RegisterTargetsCommand(group)));
  }

  /** Stops tasks after they were taken out of the target groups. */
  async retire(tasks: readonly Task[]): Promise<void> {
    const { ecs, cluster, history } = this.#parts;
    await this.deregister(tasks);
    const reason = `Scaling activity initiated by deployment ${history.wanted.id}`;
    for (const { taskArn } of tasks) await ecs.send(new StopTaskCommand({ cluster, task: taskArn, reason }));
  }

  async deregister(tasks: readonly Task[]): Promise<void> {
    await this.#each(tasks, (group) => this.#parts.elb.send(new DeregisterTargetsCommand(group)));
  }

  /** After a rollback the service itself names the earlier task definition; moto is told so. */
  async settleTaskDefinition(): Promise<void> {
    const { past, cluster, service, history } = this.#parts;
    const { taskDefinition } = history.wanted.revision;
    await past.send(new UpdateServiceCommand({ cluster, service, taskDefinition }));
  }

  async #run(deployment: PlayedDeployment, subnet: string, count: number): Promise<readonly Task[]> {
    const { ecs, cluster, service, network } = this.#parts;
    const { tasks = [] } = await ecs.send(
      new RunTaskCommand({
        cluster,
        count,
        taskDefinition: deployment.revision.taskDefinition,
        launchType: 'FARGATE',
        group: groupOf(service),
        startedBy: deployment.id,
        networkConfiguration: { awsvpcConfiguration: { subnets: [subnet], securityGroups: [network.securityGroup] } },
      }),
    );
    return tasks;
  }

  /** One request for each target group. */
  async #each(
    tasks: readonly Task[],
    send: (group: { TargetGroupArn: string; Targets: { Id: string; Port: number }[] }) => Promise<unknown>,
  ): Promise<void> {
    if (tasks.length === 0) return;
    const targets = tasks.flatMap((task) => targetsOf(task, this.#parts.targetGroups));
    for (const TargetGroupArn of this.#parts.targetGroups) {
      const inGroup = targets.filter(({ targetGroup }) => targetGroup === TargetGroupArn);
      await send({ TargetGroupArn, Targets: inGroup.map(({ id, port }) => ({ Id: id, Port: port })) });
    }
  }
}

/** How many of `count` each place gets when they are dealt out in turn, from the `first` place on. */
function spread<P>(places: readonly P[], count: number, first: number): readonly (readonly [P, number])[] {
  const share = (place: number): number =>
    Array.from({ length: count }, (_, n) => (first + n) % places.length).filter((one) => one === place).length;
  return places.map((place, n) => [place, share(n)] as const).filter(([, tasks]) => tasks > 0);
}

/** The targets of a task: the address of its network interface, in every target group. */
export function targetsOf(task: Task, targetGroups: readonly string[]): readonly TargetRef[] {
  const details = task.attachments?.flatMap(({ details: all = [] }) => all) ?? [];
  const id = details.find(({ name }) => name === 'privateIPv4Address')?.value;
  return id === undefined ? [] : targetGroups.map((targetGroup) => ({ targetGroup, id, port: containerPort }));
}
