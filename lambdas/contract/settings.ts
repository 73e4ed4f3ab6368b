import type { ActionKind, AlarmKind } from './names.ts';
import type { Duration, Instant } from './time.ts';

export const settingsVersion = 1;

/** How boldly: say what would be done, ask a person first, or do it. */
export type Mode = 'observe' | 'approve' | 'automatic';
export const modes = ['observe', 'approve', 'automatic'] as const satisfies readonly Mode[];

export const senses = ['anomaly-detection', 'task-logs'] as const;
/** Where evidence on single targets may come from. */
export type Sense = (typeof senses)[number];

/** Where to find one line per request in the service's logs; field names as Logs Insights knows them. */
export type LogSource = {
  readonly logGroup: string;
  /** The field with the HTTP status, a number. */
  readonly status: string;
  /** The field with the time taken, and how many of its units make a second (1000 for milliseconds). */
  readonly duration: string;
  readonly durationPerSecond: number;
};

/** Where the service lives. ARNs but for the load balancer, which is `app/name/id`, as its metric dimension is. */
export type ServiceResources = {
  readonly cluster: string;
  /** The ECS service's name. */
  readonly service: string;
  readonly loadBalancer: string;
  readonly targetGroups: readonly string[];
  /** Only this service is behind the load balancer, so that its own HTTPCode_ELB_* metrics count. */
  readonly dedicatedLoadBalancer: boolean;
  readonly containerInsights: boolean;
  readonly logs: LogSource | null;
  /** Name or ARN of the CloudFormation stack that deploys the service; null where none is named. */
  readonly stack: string | null;
};

/** `threshold` in the alarm's unit: latency seconds, errors percent, target and task counts. */
export type AlarmPolicy = {
  readonly threshold: number;
  /** Requests a minute below which the alarm stays quiet. */
  readonly minimumRequests: number;
  readonly breaching: number;
  readonly of: number;
};

/** A team's own alarm that counts as a signal of this service. */
export type OwnAlarm = { readonly alarm: string; readonly match: 'exact' | 'prefix'; readonly kind: AlarmKind };

export type Limits = {
  /** Healthy targets that must remain: at least this many and at least this share (0..1) of the desired count. */
  readonly minHealthyTargets: { readonly count: number; readonly share: number };
  /** Tasks that may be out at once through our doing: `count` below ten tasks, from ten on `share` (0..1) of them. */
  readonly maxShareDisrupted: { readonly count: number; readonly share: number };
  readonly cooldown: Duration;
  readonly repeatLimit: { readonly count: number; readonly within: Duration };
  /**
   * What the tasks that remain may be loaded to, as a share (0..1) of what they can carry: `capacityPerTask` requests a second,
   * or, where that is null, all of their CPU.
   */
  readonly survivorLoad: { readonly capacityPerTask: number | null; readonly most: number };
  /** From this share (0..1) of the tasks on, sick ones have a cause in common, and taking single ones out is no answer. */
  readonly commonCause: { readonly share: number };
  /** So many acts that failed block the service for a while. */
  readonly failures: { readonly count: number; readonly blockFor: Duration };
  /** So many acts without effect within that time are enough: a person is next. */
  readonly ineffective: { readonly count: number; readonly within: Duration };
  /** How often a target that ECS registers again is taken out once more, before a person is called. */
  readonly takeOutAgain: { readonly count: number };
  /** After an act was undone the same one is banned: `first` times how often, `most` at most; one less per `decayEvery` of health. */
  readonly ban: { readonly first: Duration; readonly most: Duration; readonly decayEvery: Duration };
};

/** A time in which nothing is changed; UTC. Once, or every week from a weekday (0 is Sunday) and minute of the day on. */
export type Freeze = { readonly why: string } & (
  | { readonly from: Instant; readonly until: Instant }
  | { readonly weekday: number; readonly minute: number; readonly lasts: Duration }
);

/** Limits on all services together. Each service carries them, so that an incident keeps those it began with. */
export type FleetLimits = {
  /** Acts in flight at once over all services: 1 at first, doubled with each that is verified, `most` at most. */
  readonly velocity: { readonly most: number };
  /** Paramedic only observes once this share (0..1) of at least `atLeast` verified acts within that time has failed. */
  readonly errorBudget: { readonly share: number; readonly atLeast: number; readonly within: Duration };
  /** More services in new incidents `within` that time than `count` and than `share` (0..1) of all: nothing is changed. */
  readonly manyServices: {
    readonly count: number;
    readonly share: number;
    readonly within: Duration;
    /** A signal so soon after our act on a neighbour counts against acting. */
    readonly afterActs: Duration;
  };
};

/** How many messages a topic gets within that time, at most. One setting for the whole installation. */
export type MessageLimit = { readonly most: number; readonly window: Duration };

export type DiagnosisSettings = {
  /** A deployment that started within this time before the trouble began is a suspect. */
  readonly suspectWithin: Duration;
  /** Requests a target and its peers must have each before they are compared. */
  readonly minimumVolume: number;
  /** A leak is considered only when every task is at least this old. */
  readonly wornOutAfter: Duration;
  /** How long a release must have served without an incident to be known as good. */
  readonly knownGoodAfter: Duration;
};

/** All waits, windows and patience. */
export type Timing = {
  /** Between two looks while something is awaited. */
  readonly lap: Duration;
  /** Between two looks at a target that was taken out and whose task still runs: ECS may register it again. */
  readonly lapWhileOut: Duration;
  /** How long a deregistered target drains before its task is stopped; null: as long as its target groups say. */
  readonly drainFor: Duration | null;
  /** Stopped sooner once the request log shows no answer of the task for so long. */
  readonly idleFor: Duration;
  /** How long an order stays valid. */
  readonly orderExpires: Duration;
  /** How long a hold may last before it is handed over. */
  readonly patience: Duration;
  /** How long to look before an undetermined incident is handed over. */
  readonly undeterminedAfter: Duration;
  /** How long AWS may take to heal by itself. */
  readonly healingWithin: Duration;
  /** How long after an act its check may take, at least; a rollback or restart has `deploymentWithin` on top. */
  readonly verifyWithin: Duration;
  readonly deploymentWithin: Duration;
  /** How long a person has to approve a proposal; then it is handed over. */
  readonly approvalWithin: Duration;
  /** How long an incident may last before it is handed over, whatever happens. */
  readonly incidentWithin: Duration;
  /** Between two looks at a handed-over incident, until its alarms are OK. */
  readonly watchEvery: Duration;
};

/** One service, defaults filled in: no optional field. What CloudFormation owns; people own `Controls`. */
export type ServiceSettings = {
  readonly version: typeof settingsVersion;
  readonly pipeline: string;
  readonly id: string;
  readonly owner: string;
  /** Absolute URL of the team's own runbook. */
  readonly runbook: string;
  /** ARN of the owner's topic. */
  readonly topic: string;
  /** Name of the ledger's table, for the line that pauses Paramedic. */
  readonly ledgerTable: string;
  readonly region: string;
  readonly resources: ServiceResources;
  readonly senses: readonly Sense[];
  readonly mode: Mode;
  readonly actionModes: Readonly<Partial<Record<ActionKind, Mode>>>;
  /** Percent (0..100) of the incidents in which `approve` and `automatic` bite; in the others it observes. Drawn from the incident's id. */
  readonly enforce: number;
  /** Null: that alarm is not created. */
  readonly alarms: Readonly<Record<AlarmKind, AlarmPolicy | null>>;
  /** The percentile the latency alarm watches, such as `p95`. */
  readonly latencyPercentile: string;
  /** Count requests that were never answered as errors; off for WebSocket and long-poll services. */
  readonly countUnanswered: boolean;
  readonly signals: readonly OwnAlarm[];
  /** Services of the pipeline whose trouble is this one's too. */
  readonly dependsOn: readonly string[];
  readonly freezes: readonly Freeze[];
  readonly limits: Limits;
  readonly fleet: FleetLimits;
  readonly diagnosis: DiagnosisSettings;
  readonly timing: Timing;
};
