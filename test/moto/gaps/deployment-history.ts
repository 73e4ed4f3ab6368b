import type { PlayedClock } from './played-clock.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html */
export type WireStatus =
  | 'PENDING'
  | 'IN_PROGRESS'
  | 'SUCCESSFUL'
  | 'STOPPED'
  | 'ROLLBACK_REQUESTED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL';

export type Container = { readonly name: string; readonly image: string };

/** What a deployment brings in. ECS fills in the digests when it has pulled the images. */
export type Revision = {
  readonly arn: string;
  readonly taskDefinition: string;
  readonly containers: readonly Container[];
  readonly createdAt: number;
  digest: string | undefined;
};

export type PlayedDeployment = {
  readonly arn: string;
  /** Its id in DescribeServices, and `startedBy` of its tasks. */
  readonly id: string;
  readonly revision: Revision;
  readonly source: Revision | undefined;
  readonly createdAt: number;
  status: WireStatus;
  startedAt: number | undefined;
  finishedAt: number | undefined;
  rollback: { readonly to: PlayedDeployment; readonly startedAt: number } | undefined;
};

/** What can be stopped (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html). */
const ongoing: ReadonlySet<WireStatus> = new Set([
  'PENDING',
  'IN_PROGRESS',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
]);

/** The service deployments of one service, oldest first, and their way through their states. */
export class DeploymentHistory {
  readonly serviceArn: string;
  readonly clusterArn: string;
  readonly name: string;
  readonly all: PlayedDeployment[] = [];
  readonly #clock: PlayedClock;

  constructor(
    service: { readonly serviceArn: string; readonly clusterArn: string; readonly serviceName: string },
    clock: PlayedClock,
  ) {
    this.serviceArn = service.serviceArn;
    this.clusterArn = service.clusterArn;
    this.name = service.serviceName;
    this.#clock = clock;
  }

  /** The one that is not finished. */
  get ongoing(): PlayedDeployment | undefined {
    return this.all.find(({ status }) => ongoing.has(status));
  }

  /** Whose tasks should run: of the newest; while that is rolled back, and afterwards, of the one it goes back to. */
  get wanted(): PlayedDeployment {
    const newest = this.all.at(-1);
    if (newest === undefined) throw new Error(`${this.name} was never deployed.`);
    return newest.rollback?.to ?? newest;
  }

  /** A new deployment supersedes the one that is going on. */
  begin(taskDefinition: string, containers: readonly Container[]): PlayedDeployment {
    const { ongoing: superseded, all } = this;
    const createdAt = this.#clock.now();
    const place = this.serviceArn.split(':service/')[1] ?? '';
    const number = `${all.length + 1}`;
    const prefix = this.serviceArn.slice(0, this.serviceArn.indexOf(':service/'));
    const revision: Revision = {
      arn: `${prefix}:service-revision/${place}/${number.padStart(19, '4')}`,
      taskDefinition,
      containers,
      createdAt,
      digest: undefined,
    };
    const deployment: PlayedDeployment = {
      arn: `${prefix}:service-deployment/${place}/${number.padStart(21, 'd')}`,
      id: `ecs-svc/${number.padStart(19, '7')}`,
      revision,
      source: all.length === 0 ? undefined : this.wanted.revision,
      createdAt,
      status: 'PENDING',
      startedAt: undefined,
      finishedAt: undefined,
      rollback: undefined,
    };
    if (superseded !== undefined) this.#end(superseded, 'STOPPED');
    all.push(deployment);
    return deployment;
  }

  /** The first task starts: the image is pulled. */
  start(deployment: PlayedDeployment, digest: string): void {
    deployment.revision.digest ??= digest;
    deployment.startedAt ??= this.#clock.now();
    if (deployment.status === 'PENDING') deployment.status = 'IN_PROGRESS';
  }

  /** StopServiceDeployment. A rollback that goes on already goes on; `false` when there is nothing to stop or to go back to. */
  stop(deployment: PlayedDeployment): boolean {
    if (!ongoing.has(deployment.status)) return false;
    if (deployment.rollback !== undefined) return true;
    const to = this.all.findLast(({ status }) => status === 'SUCCESSFUL');
    if (to === undefined) return false;
    deployment.status = 'ROLLBACK_REQUESTED';
    deployment.rollback = { to, startedAt: this.#clock.now() };
    return true;
  }

  /** ECS takes up a rollback that was asked for. */
  takeUpRollback(): void {
    const { ongoing: deployment } = this;
    if (deployment?.status === 'ROLLBACK_REQUESTED') deployment.status = 'ROLLBACK_IN_PROGRESS';
  }

  /** The tasks are as they should be. */
  finish(): void {
    const { ongoing: deployment } = this;
    if (deployment === undefined) return;
    this.#end(deployment, deployment.rollback === undefined ? 'SUCCESSFUL' : 'ROLLBACK_SUCCESSFUL');
  }

  #end(deployment: PlayedDeployment, status: WireStatus): void {
    deployment.status = status;
    deployment.finishedAt = this.#clock.now();
  }
}
