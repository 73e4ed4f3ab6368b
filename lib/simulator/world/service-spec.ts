import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';

/** One step of traffic: from `at` (ms after the start) on, `rate` requests a second. */
export type TrafficStep = { readonly at: number; readonly rate: number };

/** A release of the service; `deployed` in ms after the start, negative for the past. */
export type RevisionSpec = {
  readonly id: string;
  readonly deployed: number;
  /** Refer to the image by a tag (the default) that may move, or by its digest. */
  readonly pinned: boolean;
};

/** What the account and the deployment tool do to a service. Times in ms. */
export type AccountTraits = {
  /** CloudFormation and Terraform deregister the task definition of the release before, once the new one is stable. */
  readonly deployedBy: 'cloudformation' | 'terraform' | 'scripts';
  /** DescribeTaskDefinition still answers for a deregistered one. */
  readonly described: boolean;
  /** Every task runs a container that its service revision doesn't list, such as GuardDuty's agent. */
  readonly sidecar: boolean;
  /** `elsewhere`: in a registry that can't be asked. `expired`: the images of every release but the newest are gone. */
  readonly images: 'ecr' | 'elsewhere' | 'expired';
  /** ECS registers a target again that somebody took out while its task runs, so long after; null: never. */
  readonly reregisters: number | null;
  /** The roles of its task definitions are among those that Paramedic's role may pass. */
  readonly passRoles: boolean;
  /** UpdateService with forceNewDeployment alone asks for them too. */
  readonly forcePassesRoles: boolean;
  /** Deployments that are older are not listed any more. */
  readonly deploymentHistory: number;
  /** ECS moves tasks from zones with many to zones with few. */
  readonly zoneRebalancing: boolean;
  /** So soon after its start ECS leaves a task alone that fails its health checks; the load balancer finds it unhealthy. */
  readonly healthCheckGrace: number;
  /** Of its target groups: how long a target drains. */
  readonly deregistrationDelay: number;
};

/** The same as a scenario leaves it: of what nobody documents the seed decides what is not said. */
export type AccountSpec = Omit<AccountTraits, Drawn> & {
  readonly [K in Drawn]?: AccountTraits[K] | undefined;
};
type Drawn = 'sidecar' | 'reregisters' | 'forcePassesRoles';

/** A service of the simulated account, as its scenario describes it. Times in ms, latencies in seconds. */
export type ServiceSpec = {
  readonly id: string;
  readonly tasks: number;
  readonly zones: number;
  readonly traffic: readonly TrafficStep[];
  readonly latency: { readonly p50: number; readonly p99: number };
  /** Share of requests that fail in the best of times, 0 to 1. */
  readonly errorRate: number;
  /** Requests a second one task can serve; beyond it latency climbs, then errors. */
  readonly capacityPerTask: number;
  /** From start to first healthy check. */
  readonly startup: number;
  /** Oldest first; the last one that is deployed before the start is running. */
  readonly revisions: readonly RevisionSpec[];
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  /** Services that name the same load balancer share it. */
  readonly loadBalancer: string;
  /** Each target group spreads requests over the zones. Otherwise each zone gets its own share, whoever serves there. */
  readonly crossZone: boolean;
  /** People with a confirmed subscription to the topic of the service. */
  readonly listeners: number;
  readonly account: AccountSpec;
  /** What the deployed alarms of the service are, and its names. */
  readonly settings: ServiceSettings;
};
