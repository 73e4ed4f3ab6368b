import type { Forward, Gap, Reply } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { jsonIn, jsonReply, refused } from '../harness/replies.ts';
import { type Container, DeploymentHistory } from './deployment-history.ts';
import { fullDeployment, revisionOf, shortDeployment } from './deployment-wire.ts';
import type { PlayedClock } from './played-clock.ts';
import { type WireService, whole } from './service-wire.ts';
import type { TaskLife } from './task-life.ts';

type Body = Readonly<Record<string, unknown>>;

/** Both Describe operations take so many; List gives 20 at once unless asked for up to 100. */
const describedAtOnce = 20;
const [listedUnlessAsked, listedAtMost] = [20, 100];

/**
 * Service deployments and revisions, which moto does not have: fed by the CreateService and UpdateService requests that
 * pass through. In DescribeServices the `deployments` (moto keeps the first for ever), the counts (moto starts no tasks)
 * and the deployment limits (moto drops them). Task definitions that were deregistered are not deployed (moto deploys them).
 */
export class ServiceDeployments implements Gap {
  readonly operations: readonly string[];
  readonly because = 'service deployments, revisions and counts';
  readonly #answers: Readonly<Record<string, (body: Body, forward: Forward) => Promise<Reply>>>;
  readonly #clock: PlayedClock;
  readonly #tasks: TaskLife;
  readonly #services = new Map<string, DeploymentHistory>();
  readonly #limits = new Map<string, object>();
  /** Task definition → its containers. */
  readonly #containers = new Map<string, readonly Container[]>();
  readonly #inactive = new Set<string>();

  constructor(clock: PlayedClock, tasks: TaskLife) {
    this.#clock = clock;
    this.#tasks = tasks;
    this.#answers = {
      'ecs.RegisterTaskDefinition': (_, forward) => this.#register(forward),
      'ecs.DeregisterTaskDefinition': (_, forward) => this.#deregister(forward),
      'ecs.CreateService': (body, forward) => this.#create(body, forward),
      'ecs.UpdateService': (body, forward) => this.#update(body, forward),
      'ecs.DescribeServices': (_, forward) => this.#describe(forward),
      'ecs.ListServiceDeployments': (body) => Promise.resolve(this.#list(body)),
      'ecs.DescribeServiceDeployments': (body) => Promise.resolve(this.#describeDeployments(body)),
      'ecs.DescribeServiceRevisions': (body) => Promise.resolve(this.#describeRevisions(body)),
      'ecs.StopServiceDeployment': (body) => Promise.resolve(this.#stop(body)),
    };
    this.operations = Object.keys(this.#answers);
  }

  readonly answer = async ({ operation, body }: Asked, forward: Forward): Promise<Reply | undefined> =>
    this.#answers[operation]?.((body ?? {}) as Body, forward);

  /** The history of a service, by its ARN. */
  history(service: string): DeploymentHistory {
    const found = this.#services.get(service);
    if (found === undefined) throw new Error(`Nobody created ${service}.`);
    return found;
  }

  async #register(forward: Forward): Promise<Reply> {
    const reply = await forward();
    if (reply.status === 200) {
      const { taskDefinition } = jsonIn(reply) as {
        taskDefinition: { taskDefinitionArn: string; containerDefinitions: readonly Container[] };
      };
      this.#containers.set(taskDefinition.taskDefinitionArn, taskDefinition.containerDefinitions);
    }
    return reply;
  }

  async #deregister(forward: Forward): Promise<Reply> {
    const reply = await forward();
    const { taskDefinition } = jsonIn(reply) as { taskDefinition?: { taskDefinitionArn: string } };
    if (taskDefinition !== undefined) this.#inactive.add(taskDefinition.taskDefinitionArn);
    return reply;
  }

  async #create(body: Body, forward: Forward): Promise<Reply> {
    const reply = await forward();
    if (reply.status !== 200) return reply;
    const { service } = jsonIn(reply) as { service: WireService };
    const history = new DeploymentHistory(service, this.#clock);
    this.#services.set(service.serviceArn, history);
    const given = (body.deploymentConfiguration ?? {}) as object;
    this.#limits.set(service.serviceArn, { minimumHealthyPercent: 100, maximumPercent: 200, ...given });
    this.#begin(history, service.taskDefinition);
    return jsonReply({ service: this.#whole(service) });
  }

  async #update(body: Body, forward: Forward): Promise<Reply> {
    const asked = body.taskDefinition === undefined ? undefined : this.#arnOf(String(body.taskDefinition));
    if (asked !== undefined && this.#inactive.has(asked)) {
      return refused('ClientException', 'TaskDefinition is inactive');
    }
    const reply = await forward();
    if (reply.status !== 200) return reply;
    const { service } = jsonIn(reply) as { service: WireService };
    const history = this.#services.get(service.serviceArn);
    if (history === undefined) return reply;
    const before = history.wanted.revision.taskDefinition;
    if (body.forceNewDeployment === true || (asked !== undefined && asked !== before)) {
      this.#begin(history, asked ?? before);
    }
    return jsonReply({ service: this.#whole(service) });
  }

  #begin(history: DeploymentHistory, taskDefinition: string): void {
    const arn = this.#arnOf(taskDefinition);
    history.begin(arn, this.#containers.get(arn) ?? []);
  }

  /** Of `checkout:3`, or of an ARN. */
  #arnOf(taskDefinition: string): string {
    return [...this.#containers.keys()].find((arn) => arn.endsWith(`/${taskDefinition}`)) ?? taskDefinition;
  }

  async #describe(forward: Forward): Promise<Reply> {
    const reply = await forward();
    if (reply.status !== 200) return reply;
    const answer = jsonIn(reply) as { services: readonly WireService[] };
    return jsonReply({ ...answer, services: answer.services.map((service) => this.#whole(service)) });
  }

  #whole(service: WireService): object {
    const history = this.#services.get(service.serviceArn);
    const limits = this.#limits.get(service.serviceArn);
    return history === undefined || limits === undefined ? service : whole(service, history, this.#tasks, limits);
  }

  #list({ cluster, service, status, nextToken, maxResults = listedUnlessAsked }: Body): Reply {
    if (Number(maxResults) < 1 || Number(maxResults) > listedAtMost) {
      return refused('InvalidParameterException', 'maxResults must be between 1 and 100.');
    }
    const history = [...this.#services.values()].find(
      ({ clusterArn, serviceArn, name }) =>
        (serviceArn === service || name === service) && clusterArn.endsWith(String(cluster)),
    );
    if (history === undefined) return refused('ServiceNotFoundException', 'Service not found.');
    const asked = status as readonly string[] | undefined;
    const all = history.all.filter((one) => asked === undefined || asked.includes(one.status));
    const from = Number(nextToken ?? 0);
    const until = from + Number(maxResults);
    return jsonReply({
      serviceDeployments: all.slice(from, until).map((one) => shortDeployment(history, one)),
      ...(until < all.length ? { nextToken: String(until) } : {}),
    });
  }

  #describeDeployments({ serviceDeploymentArns }: Body): Reply {
    return this.#described('serviceDeployments', serviceDeploymentArns, (arn, history) => {
      const found = history.all.find((one) => one.arn === arn);
      return found === undefined ? undefined : fullDeployment(history, found, this.#limits.get(history.serviceArn));
    });
  }

  #describeRevisions({ serviceRevisionArns }: Body): Reply {
    return this.#described('serviceRevisions', serviceRevisionArns, (arn, history) => {
      const found = history.all.find(({ revision }) => revision.arn === arn);
      return found === undefined ? undefined : revisionOf(history, found.revision);
    });
  }

  #described(
    field: string,
    asked: unknown,
    find: (arn: string, history: DeploymentHistory) => object | undefined,
  ): Reply {
    const arns = asked as readonly string[];
    if (arns.length === 0 || arns.length > describedAtOnce) {
      return refused('InvalidParameterException', `You can specify 1 to ${describedAtOnce} ARNs.`);
    }
    const found = new Map(
      arns.map((arn) => [arn, [...this.#services.values()].map((history) => find(arn, history)).find(Boolean)]),
    );
    return jsonReply({
      [field]: [...found.values()].filter((one) => one !== undefined),
      failures: arns.filter((arn) => found.get(arn) === undefined).map((arn) => ({ arn, reason: 'MISSING' })),
    });
  }

  #stop({ serviceDeploymentArn: arn, stopType = 'ROLLBACK' }: Body): Reply {
    if (stopType !== 'ROLLBACK') return refused('InvalidParameterException', `stopType ${String(stopType)}`);
    for (const history of this.#services.values()) {
      const deployment = history.all.find((one) => one.arn === arn);
      if (deployment === undefined) continue;
      if (history.stop(deployment)) return jsonReply({ serviceDeploymentArn: arn });
      return refused('ConflictException', `The service deployment is ${deployment.status} and cannot be stopped.`);
    }
    return refused('ServiceDeploymentNotFoundException', 'Service deployment not found.');
  }
}
