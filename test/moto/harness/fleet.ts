import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeregisterTaskDefinitionCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  type Task,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ServiceResources } from '../../../lambdas/contract/settings.ts';
import type { TargetRef } from '../../../lambdas/contract/targets.ts';
import type { DeploymentHistory } from '../gaps/deployment-history.ts';
import { PlayedClock } from '../gaps/played-clock.ts';
import { ScalingActivities } from '../gaps/scaling-activities.ts';
import { ServiceDeployments } from '../gaps/service-deployments.ts';
import { StackChanges } from '../gaps/stack-changes.ts';
import { TargetHealth } from '../gaps/target-health.ts';
import { groupOf, scheduler, TaskLife } from '../gaps/task-life.ts';
import { Account } from './account.ts';
import { type Entrance, openEntrance } from './fleet-entrance.ts';
import { type Network, openNetwork } from './fleet-network.ts';
import { containerPort, type FleetRelease, FleetReleases, type Marks } from './fleet-releases.ts';
import { FleetScheduler, targetsOf } from './fleet-scheduler.ts';

const day = 86_400_000;

type FleetSpec = {
  readonly cluster?: string;
  readonly service?: string;
  readonly tasks?: number;
  readonly targetGroups?: number;
  /** Oldest first; each was deployed `ago` milliseconds before now; the last one runs. */
  readonly releases?: readonly { readonly tag: string; readonly ago: number }[];
  /** The played parts tell the time by it. */
  readonly now?: () => number;
};

const usual = {
  cluster: 'shop',
  service: 'checkout',
  tasks: 3,
  targetGroups: 1,
  releases: [
    { tag: '41', ago: 7 * day },
    { tag: '42', ago: 3 * day },
  ],
  now: Date.now,
} satisfies FleetSpec;

type Surroundings = {
  readonly account: Account;
  readonly network: Network;
  readonly clock: PlayedClock;
  readonly health: TargetHealth;
  readonly life: TaskLife;
  readonly deployments: ServiceDeployments;
  readonly scaling: ScalingActivities;
  readonly stacks: StackChanges;
};

/** How long after a deployment began its tasks start, and when it is done. */
const [startsAfter, doneAfter] = [20_000, 180_000];

/**
 * An ECS service in an account of moto, behind an Application Load Balancer, with tasks that run. Nothing happens by
 * itself: a test calls `settle` where ECS's scheduler would come along.
 *
 * moto's are: network, load balancer, listeners, target groups and who is registered in them; cluster, task definitions,
 * service, its task definition and desired count; tasks with their network interfaces, and whether they were stopped and
 * why; the images in ECR. Played are: health states, draining (`TargetHealth`); times, zones, image digests and stop codes
 * of tasks (`TaskLife`); service deployments, revisions, counts and limits of a service (`ServiceDeployments`); and that
 * tasks are started, replaced and registered (`FleetScheduler`), by requests to moto.
 */
export class Fleet {
  readonly account: Account;
  /** What the settings of the service say of it. */
  readonly resources: ServiceResources;
  /** Application Auto Scaling, and CloudFormation while it is at work. */
  readonly scaling: ScalingActivities;
  readonly stacks: StackChanges;
  readonly life: TaskLife;
  /** In the order they were built. */
  readonly releases: FleetRelease[] = [];
  readonly health: TargetHealth;
  /** Deployments of the service. */
  readonly history: DeploymentHistory;
  readonly #surroundings: Surroundings;
  readonly #builder: FleetReleases;
  readonly #scheduler: FleetScheduler;
  /** The team's own pipeline. */
  readonly #team: ECSClient;
  readonly #ecs: ECSClient;
  readonly #elb: ElasticLoadBalancingV2Client;

  private constructor(
    surroundings: Surroundings,
    resources: ServiceResources,
    builder: FleetReleases,
    history: DeploymentHistory,
  ) {
    const { account, network, health, life } = surroundings;
    this.account = account;
    this.resources = resources;
    this.health = health;
    this.life = life;
    this.scaling = surroundings.scaling;
    this.stacks = surroundings.stacks;
    this.history = history;
    this.#surroundings = surroundings;
    this.#builder = builder;
    this.#team = new ECSClient(account.client('fleet'));
    this.#ecs = new ECSClient(account.client(Account.past));
    this.#elb = new ElasticLoadBalancingV2Client(account.client(Account.past));
    this.#scheduler = new FleetScheduler({
      ...resources,
      ecs: new ECSClient(account.client(scheduler)),
      past: this.#ecs,
      elb: new ElasticLoadBalancingV2Client(account.client(scheduler)),
      network,
      releases: builder,
      history,
      life,
    });
  }

  /** `beside`: another fleet of the account, whose cluster, network and gaps this one shares. */
  static async open(account: Account, given: FleetSpec = {}, beside?: Fleet): Promise<Fleet> {
    const spec = { ...usual, ...given };
    const surroundings = beside === undefined ? await surround(account, spec.now) : beside.#surroundings;
    const team = new ECSClient(account.client('fleet'));
    const builder = new FleetReleases(account, team, spec.service);
    await builder.open();
    const releases: FleetRelease[] = [];
    for (const { tag } of spec.releases) releases.push(await builder.build(tag));
    const entrance = await openEntrance(account, surroundings.network, spec.service, spec.targetGroups);
    await team.send(new CreateClusterCommand({ clusterName: spec.cluster }));
    const cluster = account.arn('ecs', `cluster/${spec.cluster}`);
    const now = spec.now();
    const deployed = spec.releases.map(({ ago }) => now - ago);
    const create = createService({ ...spec, ...entrance, cluster }, surroundings.network, releases[0]);
    const { service } = await surroundings.clock.at(deployed[0] ?? now, () => team.send(create));
    const identity = { cluster, service: spec.service, ...entrance };
    const fleet = new Fleet(
      surroundings,
      { ...identity, dedicatedLoadBalancer: false, containerInsights: false, logs: null, stack: null },
      builder,
      surroundings.deployments.history(service?.serviceArn ?? ''),
    );
    fleet.releases.push(...releases);
    await fleet.#live(deployed);
    return fleet;
  }

  /** Tasks of the service that are to run. */
  async tasks(): Promise<readonly Task[]> {
    return (await this.#tasks()).filter(isToRun);
  }

  async stoppedTasks(): Promise<readonly Task[]> {
    return (await this.#tasks()).filter((task) => !isToRun(task));
  }

  /** Who is registered, of all target groups unless one is named. */
  async targets(targetGroup?: string): Promise<readonly TargetHealthDescription[]> {
    const groups = targetGroup === undefined ? this.resources.targetGroups : [targetGroup];
    const answers = await Promise.all(
      groups.map((TargetGroupArn) => this.#elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }))),
    );
    return answers.flatMap(({ TargetHealthDescriptions = [] }) => TargetHealthDescriptions);
  }

  /** ARN of the service's task definition. */
  async taskDefinition(): Promise<string> {
    const { cluster, service } = this.resources;
    const { services = [] } = await this.#ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    return services[0]?.taskDefinition ?? '';
  }

  /** ARNs of the active task definitions of the service's family, newest first. */
  async taskDefinitions(): Promise<readonly string[]> {
    const { service } = this.resources;
    const { taskDefinitionArns = [] } = await this.#ecs.send(
      new ListTaskDefinitionsCommand({ familyPrefix: service, status: 'ACTIVE', sort: 'DESC' }),
    );
    return taskDefinitionArns;
  }

  /** The task's targets, one in each target group. */
  targetsOf(task: Task): readonly TargetRef[] {
    return targetsOf(task, this.resources.targetGroups);
  }

  /** Builds a release: pushes an image under the tag, and registers a task definition that names it. */
  async build(tag: string, noRollback?: Marks): Promise<FleetRelease> {
    const release = await this.#builder.build(tag, noRollback);
    this.releases.push(release);
    return release;
  }

  /** Moves a tag: pushes another image under it. */
  push(tag: string): Promise<void> {
    return this.#builder.push(tag);
  }

  /** What an image's tag means now. */
  digest({ image }: FleetRelease): Promise<string> {
    return this.#builder.digest(image);
  }

  /** The team deploys a release: UpdateService and nothing more. */
  async deploy({ taskDefinition }: FleetRelease): Promise<void> {
    const { cluster, service } = this.resources;
    await this.#team.send(new UpdateServiceCommand({ cluster, service, taskDefinition }));
  }

  /** The team deploys what runs so many times again; of these deployments no tasks run. */
  async deployAgain(times: number): Promise<void> {
    const { cluster, service } = this.resources;
    const digest = await this.digest(this.#running());
    for (let n = 0; n < times; n++) {
      await this.#team.send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
      this.history.start(this.history.wanted, digest);
      this.history.finish();
    }
    await this.settle();
  }

  /** The team deregisters a release's task definition: it can be deployed no more. */
  async retire({ taskDefinition }: Pick<FleetRelease, 'taskDefinition'>): Promise<void> {
    await this.#team.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
  }

  /** Starts so many tasks of the deployment that is going on beside the old ones. */
  async rollOut(tasks: number): Promise<void> {
    const { ongoing, wanted } = this.history;
    if (ongoing === undefined) throw new Error('No deployment is going on.');
    await this.#scheduler.start(wanted, tasks);
  }

  /**
   * ECS when it has done all that it wants: stopped tasks have left the target groups and are replaced, tasks of other
   * deployments are stopped, and the deployment (or rollback) that was going on is done.
   */
  async settle(): Promise<void> {
    const { history } = this;
    history.takeUpRollback();
    const [targets, tasks, desired] = await Promise.all([this.targets(), this.#tasks(), this.#desired()]);
    const registered = new Set(targets.map(({ Target }) => Target?.Id));
    const running = tasks.filter(isToRun);
    const gone = tasks.filter((task) => !isToRun(task) && this.targetsOf(task).some(({ id }) => registered.has(id)));
    await this.#scheduler.deregister(gone);
    const wanted = running.filter(({ startedBy }) => startedBy === history.wanted.id);
    await this.#scheduler.start(history.wanted, desired - wanted.length);
    await this.#scheduler.retire(running.filter((task) => !wanted.includes(task)));
    if (history.ongoing?.rollback !== undefined) await this.#scheduler.settleTaskDefinition();
    history.finish();
  }

  /** The past of the service: each release deployed and done at its time; only of the last one do tasks run. */
  async #live(times: readonly number[]): Promise<void> {
    const { clock } = this.#surroundings;
    for (const [n, at] of times.entries()) {
      const release = this.releases[n];
      if (release === undefined) continue;
      if (n > 0) await clock.at(at, () => this.deploy(release));
      const digest = await this.digest(release);
      const isLast = n === times.length - 1;
      await clock.at(at + startsAfter, async () => {
        this.history.start(this.history.wanted, digest);
        if (isLast) await this.#scheduler.start(this.history.wanted, await this.#desired());
      });
      await clock.at(at + doneAfter, () => Promise.resolve(this.history.finish()));
    }
  }

  /** The release of the deployment that is wanted. */
  #running(): FleetRelease {
    const { taskDefinition } = this.history.wanted.revision;
    const release = this.releases.find((one) => one.taskDefinition === taskDefinition);
    if (release === undefined) throw new Error(`${taskDefinition} is no release of this fleet.`);
    return release;
  }

  async #desired(): Promise<number> {
    const { cluster, service } = this.resources;
    const { services = [] } = await this.#ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    return services[0]?.desiredCount ?? 0;
  }

  /** moto lists tasks of every status unless it is asked for one. */
  async #tasks(): Promise<readonly Task[]> {
    const { cluster, service } = this.resources;
    const { taskArns = [] } = await this.#ecs.send(new ListTasksCommand({ cluster }));
    if (taskArns.length === 0) return [];
    const { tasks = [] } = await this.#ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
    return tasks.filter(({ group }) => group === groupOf(service));
  }
}

const isToRun = ({ desiredStatus }: Task): boolean => desiredStatus === 'RUNNING';

async function surround(account: Account, now: () => number): Promise<Surroundings> {
  const clock = new PlayedClock(now);
  const life = new TaskLife(clock);
  const health = new TargetHealth(clock);
  const deployments = new ServiceDeployments(clock, life);
  const scaling = new ScalingActivities(clock);
  const stacks = new StackChanges();
  for (const gap of [health, life, deployments, scaling, stacks]) account.fill(gap);
  return { account, network: await openNetwork(account), clock, health, life, deployments, scaling, stacks };
}

const createService = (
  spec: { readonly cluster: string; readonly service: string; readonly tasks: number } & Pick<Entrance, 'targetGroups'>,
  { subnets, securityGroup }: Network,
  release: FleetRelease | undefined,
): CreateServiceCommand =>
  new CreateServiceCommand({
    cluster: spec.cluster,
    serviceName: spec.service,
    taskDefinition: release?.taskDefinition,
    desiredCount: spec.tasks,
    launchType: 'FARGATE',
    loadBalancers: spec.targetGroups.map((targetGroupArn) => ({
      targetGroupArn,
      containerName: 'app',
      containerPort,
    })),
    networkConfiguration: {
      awsvpcConfiguration: { subnets: subnets.map(({ id }) => id), securityGroups: [securityGroup] },
    },
  });
