import type { Series } from '../../../lambdas/contract/alarms/evaluate.ts';
import { alarmName } from '../../../lambdas/contract/names.ts';
import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';
import type { Instant } from '../../../lambdas/contract/time.ts';
import type {
  DeploymentFact,
  Standing,
  StoppedTaskFact,
  Symptoms,
  TargetEvidence,
  TargetFact,
  TaskFact,
  TaskReading,
} from '../../../lambdas/model/facts.ts';
import type { History } from '../../../lambdas/model/incident-state.ts';
import type { Signal } from '../../../lambdas/model/signal.ts';
import type { Case } from '../../../lambdas/pipeline/diagnose/hypothesis.ts';

export const minute = 60_000;
export const hour = 60 * minute;
/** A whole minute. */
export const now: Instant = Date.UTC(2026, 10, 22, 12, 0);
export const group = 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/checkout/1';

export const settings: ServiceSettings = {
  version: 1,
  pipeline: 'prod',
  id: 'checkout',
  owner: 'shop',
  runbook: 'https://example.com/checkout',
  topic: 'arn:aws:sns:eu-west-1:1:shop',
  ledgerTable: 'ledger',
  region: 'eu-west-1',
  resources: {
    cluster: 'arn:aws:ecs:eu-west-1:1:cluster/main',
    service: 'checkout',
    loadBalancer: 'app/main/1',
    targetGroups: [group],
    dedicatedLoadBalancer: false,
    containerInsights: false,
    logs: { logGroup: '/checkout', status: 'status', duration: 'took', durationPerSecond: 1000 },
    stack: null,
  },
  senses: ['anomaly-detection', 'task-logs'],
  mode: 'automatic',
  actionModes: {},
  enforce: 100,
  alarms: {
    latency: { threshold: 0.4, minimumRequests: 200, breaching: 2, of: 3 },
    errors: { threshold: 2, minimumRequests: 50, breaching: 2, of: 3 },
    'unhealthy-targets': { threshold: 0, minimumRequests: 0, breaching: 2, of: 3 },
    'no-capacity': { threshold: 1, minimumRequests: 0, breaching: 2, of: 3 },
    'below-desired': null,
  },
  latencyPercentile: 'p95',
  countUnanswered: true,
  signals: [],
  dependsOn: [],
  freezes: [],
  fleet: {
    velocity: { most: 4 },
    errorBudget: { share: 0.5, atLeast: 4, within: { hours: 24 } },
    manyServices: { count: 3, share: 0.1, within: { minutes: 5 }, afterActs: { minutes: 10 } },
  },
  limits: {
    minHealthyTargets: { count: 1, share: 0.5 },
    maxShareDisrupted: { count: 1, share: 0.1 },
    cooldown: { minutes: 5 },
    repeatLimit: { count: 3, within: { hours: 1 } },
    survivorLoad: { capacityPerTask: null, most: 0.8 },
    commonCause: { share: 0.5 },
    failures: { count: 3, blockFor: { hours: 1 } },
    ineffective: { count: 3, within: { hours: 4 } },
    takeOutAgain: { count: 10 },
    ban: { first: { seconds: 30 }, most: { minutes: 5 }, decayEvery: { hours: 1 } },
  },
  diagnosis: {
    suspectWithin: { minutes: 60 },
    minimumVolume: 30,
    wornOutAfter: { hours: 24 },
    knownGoodAfter: { hours: 1 },
  },
  timing: {
    lap: { seconds: 30 },
    lapWhileOut: { seconds: 5 },
    drainFor: null,
    idleFor: { seconds: 30 },
    orderExpires: { minutes: 2 },
    patience: { minutes: 5 },
    undeterminedAfter: { seconds: 90 },
    healingWithin: { minutes: 15 },
    verifyWithin: { minutes: 5 },
    deploymentWithin: { minutes: 15 },
    approvalWithin: { minutes: 15 },
    incidentWithin: { minutes: 60 },
    watchEvery: { minutes: 5 },
  },
};

export const taskId = (n: number): string => `arn:aws:ecs:eu-west-1:1:task/main/${n}aaaaaaabbbbbbbb`;
export const release = (n: number): string => `arn:aws:ecs:eu-west-1:1:task-definition/checkout:${n}`;

export const task = (n: number, over: Partial<TaskFact> = {}): TaskFact => ({
  task: { cluster: settings.resources.cluster, task: taskId(n) },
  zone: 'a',
  taskDefinition: release(42),
  containers: [{ container: 'app', digest: 'sha256:42' }],
  status: 'running',
  createdAt: now - 72 * hour,
  startedAt: now - 72 * hour,
  addresses: [{ id: `10.0.0.${n}`, port: null }],
  ...over,
});

export const target = (n: number, over: Partial<TargetFact> = {}): TargetFact => ({
  target: { targetGroup: group, id: `10.0.0.${n}`, port: 8080 },
  zone: 'a',
  state: 'healthy',
  anomaly: null,
  shift: 'none',
  ...over,
});

export const deployment = (n: number, over: Partial<DeploymentFact> = {}): DeploymentFact => ({
  id: `deployment-${n}`,
  status: 'successful',
  startedAt: now - 72 * hour,
  finishedAt: now - 72 * hour + 5 * minute,
  taskDefinition: release(n),
  definition: 'active',
  copyOf: null,
  content: `content ${n}`,
  images: [{ container: 'app', image: `checkout:${n}`, digest: `sha256:${n}` }],
  waits: false,
  rolledBackTo: null,
  noRollback: false,
  ...over,
});

/** One to `count`. */
export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

/** A service of `tasks` tasks, all well, on release 42 for three days. */
export const standing = (tasks: number, over: Partial<Standing> = {}): Standing => ({
  at: now,
  shape: { controller: 'ECS', strategy: 'ROLLING', scheduling: 'REPLICA', reachedBy: ['alb'] },
  desired: tasks,
  running: tasks,
  pending: 0,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  targets: upTo(tasks).map((n) => target(n)),
  tasks: upTo(tasks).map((n) => task(n)),
  stopped: [],
  deployments: [deployment(42), deployment(41, { startedAt: now - 170 * hour, finishedAt: now - 169 * hour })],
  resolves: {},
  imagesGone: [],
  listeners: 1,
  routing: [],
  protection: Object.fromEntries(upTo(tasks).map((n) => [taskId(n), false])),
  stack: null,
  scaling: [],
  ...over,
});

export const stopped = (n: number, over: Partial<StoppedTaskFact> = {}): StoppedTaskFact => ({
  task: { cluster: settings.resources.cluster, task: taskId(n) },
  taskDefinition: release(42),
  createdAt: now - 30 * hour,
  stoppedAt: now - 4 * minute,
  code: 'EssentialContainerExited',
  reason: 'Essential container in task exited',
  ...over,
});

type MinuteFacts = {
  readonly requests: number;
  readonly errors: number;
  readonly unanswered: number;
  readonly latency: number;
  readonly healthy: number;
  readonly unhealthy: number;
  readonly memory: number;
};
const well: MinuteFacts = {
  requests: 6000,
  errors: 6,
  unanswered: 0,
  latency: 0.1,
  healthy: 6,
  unhealthy: 0,
  memory: 40,
};

/** Sixty minutes of metrics that end a minute ago; `over` says what was different in the minute that began so long ago. */
export function symptoms(over: (minutesAgo: number) => Partial<MinuteFacts>, until = now - minute): Symptoms {
  const facts = upTo(60).map((i) => ({ ...well, ...over((now - until) / minute + 61 - i) }));
  const series: Series = {
    requests: facts.map((f) => f.requests),
    target2xx: facts.map((f) => f.requests - f.errors - f.unanswered),
    target5xx: facts.map((f) => f.errors),
    latency: facts.map((f) => (f.requests > 0 ? f.latency : null)),
    healthyHosts: facts.map((f) => f.healthy),
    unhealthyHosts: facts.map((f) => f.unhealthy),
  };
  return {
    until,
    minutes: 60,
    groups: [{ targetGroup: group, series }],
    service: { memory: facts.map((f) => f.memory) },
  };
}

/** Trouble for as many minutes as `since` says. */
export const troubled = (over: Partial<MinuteFacts>, since = 5, always: Partial<MinuteFacts> = {}): Symptoms =>
  symptoms((ago) => ({ ...always, ...(ago <= since ? over : {}) }));

/** Readings of tasks 1, 2, ... as [requests, errors, slow]. */
export const logs = (...counts: readonly (readonly [number, number, number])[]): TargetEvidence => ({
  taskLogs: {
    from: now - 4 * minute,
    until: now - minute,
    readings: counts.map(
      ([requests, errors, slow], i): TaskReading => ({
        task: taskId(i + 1),
        requests,
        errors,
        slow,
        newest: requests === 0 ? null : now - minute - 1,
      }),
    ),
  },
  failed: [],
});
export const noLogs: TargetEvidence = { taskLogs: null, failed: [] };

export const signal = (kind: Signal['kind'], over: Partial<Signal> = {}): Signal => ({
  id: `${kind}@1`,
  service: settings.id,
  kind,
  alarm: kind === 'combined' ? 'paramedic/prod/checkout/all' : alarmName('prod', 'checkout', kind),
  state: 'firing',
  at: now - minute,
  source: 'cloudwatch-alarm',
  says: 'Threshold Crossed',
  ...over,
});

export const noHistory: History = { acts: [], incidents: [], condemned: [] };

/** Six well tasks and an errors alarm that has come from somewhere. */
export const aCase = (over: Partial<Case> = {}): Case => ({
  settings,
  standing: standing(6),
  symptoms: symptoms(() => ({})),
  evidence: noLogs,
  signals: [signal('errors')],
  history: noHistory,
  ...over,
});
