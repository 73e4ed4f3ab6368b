import { newFleetRecord } from '../../lambdas/contract/fleet-record.ts';
import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { ContainerImage } from '../../lambdas/contract/releases.ts';
import type { GroupRouting } from '../../lambdas/contract/routing.ts';
import type { DiagnosisSettings, Limits, ServiceSettings, Timing } from '../../lambdas/contract/settings.ts';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { Diagnosis, SickTask } from '../../lambdas/model/diagnosis.ts';
import type { Evidence } from '../../lambdas/model/evidence.ts';
import type {
  DeploymentFact,
  Standing,
  TargetFact,
  TargetRef,
  TargetState,
  TaskFact,
} from '../../lambdas/model/facts.ts';
import type { FleetFacts } from '../../lambdas/model/fleet.ts';
import type { Check } from '../../lambdas/model/incident.ts';
import type { History, PastAct } from '../../lambdas/model/incident-state.ts';
import type { Load } from '../../lambdas/model/load.ts';
import type { ActResult, Order } from '../../lambdas/model/order.ts';
import type { Proposal } from '../../lambdas/model/proposal.ts';
import type { ActCase } from '../../lambdas/pipeline/act/action.ts';
import type { GuardFacts } from '../../lambdas/pipeline/guard/guardrail.ts';

// A valid value of each noun, with what a test is about on top.

/** Noon, UTC: what tests call now. */
export const now: Instant = Date.UTC(2026, 0, 5, 12);
export const seconds = (n: number): number => n * 1000;
export const minutes = (n: number): number => n * 60_000;
export const hours = (n: number): number => n * 3_600_000;

const account = 'eu-central-1:123456789012';
export const cluster = `arn:aws:ecs:${account}:cluster/shop`;
export const groupA = `arn:aws:elasticloadbalancing:${account}:targetgroup/checkout-a/1111111111111111`;
export const groupB = `arn:aws:elasticloadbalancing:${account}:targetgroup/checkout-b/2222222222222222`;
export const taskDefinition = (revision: number): string =>
  `arn:aws:ecs:${account}:task-definition/checkout:${revision}`;
export const digest = (revision: number): string => `sha256:${String(revision).padStart(64, '0')}`;
export const taskArn = (n: number): string =>
  `arn:aws:ecs:${account}:task/shop/${String(n).padStart(8, '0')}aaaaaaaaaaaaaaaaaaaaaaaa`;

const limits: Limits = {
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
};
const timing: Timing = {
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
};
const diagnosisSettings: DiagnosisSettings = {
  suspectWithin: { minutes: 60 },
  minimumVolume: 30,
  wornOutAfter: { hours: 24 },
  knownGoodAfter: { hours: 1 },
};

type SettingsChange = Partial<Omit<ServiceSettings, 'limits' | 'timing' | 'diagnosis'>> & {
  readonly limits?: Partial<Limits>;
  readonly timing?: Partial<Timing>;
  readonly diagnosis?: Partial<DiagnosisSettings>;
};

export const settings = (change: SettingsChange = {}): ServiceSettings => ({
  version: 1,
  pipeline: 'test',
  id: 'checkout',
  owner: 'shop',
  runbook: 'https://runbooks.example.com/checkout',
  topic: `arn:aws:sns:${account}:paramedic-test-shop`,
  ledgerTable: 'paramedic-test-ledger',
  region: 'eu-central-1',
  resources: {
    cluster,
    service: 'checkout',
    loadBalancer: 'app/shop/0123456789abcdef',
    targetGroups: [groupA],
    dedicatedLoadBalancer: false,
    containerInsights: false,
    logs: { logGroup: '/ecs/checkout', status: 'status', duration: 'duration', durationPerSecond: 1000 },
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
  ...change,
  dependsOn: [],
  freezes: [],
  fleet: {
    velocity: { most: 4 },
    errorBudget: { share: 0.5, atLeast: 4, within: { hours: 24 } },
    manyServices: { count: 3, share: 0.1, within: { minutes: 5 }, afterActs: { minutes: 10 } },
  },
  limits: { ...limits, ...change.limits },
  timing: { ...timing, ...change.timing },
  diagnosis: { ...diagnosisSettings, ...change.diagnosis },
});

/** The address of task `n` in its ENI. */
const address = (n: number): string => `10.0.0.${n}`;

export const targetRef = (n: number, targetGroup = groupA): TargetRef => ({ targetGroup, id: address(n), port: 8080 });

export const target = (n: number, state: TargetState = 'healthy', targetGroup = groupA): TargetFact => ({
  target: targetRef(n, targetGroup),
  zone: 'a',
  state,
  anomaly: 'normal',
  shift: 'none',
});

export const task = (n: number, change: Partial<TaskFact> = {}): TaskFact => ({
  task: { cluster, task: taskArn(n) },
  zone: 'a',
  taskDefinition: taskDefinition(42),
  containers: [{ container: 'app', digest: digest(42) }],
  status: 'running',
  createdAt: now - hours(30),
  startedAt: now - hours(30),
  addresses: [{ id: address(n), port: null }],
  ...change,
});

/** The one container of a revision, whose image is named by tag. */
export const image = (revision: number, recorded: string | null = digest(revision)): ContainerImage => ({
  container: 'app',
  image: `checkout:${revision}`,
  digest: recorded,
});

/** A deployment of one revision, whose image is named by tag; it took five minutes. */
export const deployment = (
  revision: number,
  startedAt: Instant,
  change: Partial<DeploymentFact> = {},
): DeploymentFact => ({
  id: `arn:aws:ecs:${account}:service-deployment/shop/checkout/${revision}-${startedAt}`,
  status: 'successful',
  startedAt,
  finishedAt: startedAt + minutes(5),
  taskDefinition: taskDefinition(revision),
  definition: 'active',
  copyOf: null,
  content: `content ${revision}`,
  images: [image(revision)],
  waits: false,
  rolledBackTo: null,
  noRollback: false,
  ...change,
});

/** What the tags of these deployments stand for, unmoved. */
export const resolved = (deployments: readonly DeploymentFact[]): Standing['resolves'] =>
  Object.fromEntries(deployments.flatMap((d) => d.images.map((each) => [each.image, each.digest])));

/** How target groups send requests unless their team says otherwise. */
export const routing = (change: Partial<GroupRouting> = {}, targetGroups = [groupA, groupB]): readonly GroupRouting[] =>
  targetGroups.map((targetGroup) => ({
    targetGroup,
    crossZone: true,
    deregistrationDelay: { minutes: 5 },
    slowStart: { seconds: 0 },
    sticky: false,
    algorithm: 'round-robin',
    anomalyMitigation: false,
    failsOpenBelow: { count: 1, share: 0 },
    ...change,
  }));

const oneTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i + 1);

/** Six healthy tasks of revision 42 in one target group, deployed three days ago after 41. */
export function standing(change: Partial<Standing> = {}): Standing {
  const desired = change.desired ?? 6;
  const deployments = change.deployments ?? [deployment(42, now - hours(72)), deployment(41, now - hours(168))];
  return {
    at: now,
    shape: { controller: 'ECS', strategy: 'ROLLING', scheduling: 'REPLICA', reachedBy: ['alb'] },
    desired,
    running: desired,
    pending: 0,
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    targets: oneTo(desired).map((n) => target(n)),
    tasks: oneTo(desired).map((n) => task(n)),
    stopped: [],
    deployments,
    resolves: resolved(deployments),
    imagesGone: [],
    listeners: 1,
    routing: routing(),
    protection: Object.fromEntries(oneTo(Math.max(desired, 12)).map((n) => [taskArn(n), false])),
    stack: null,
    scaling: [],
    ...change,
  };
}

export const evidence = (
  change: Partial<{ source: Evidence['source']; at: Instant; says: string }> = {},
): Evidence => ({
  kind: 'NoData',
  source: 'task-logs',
  at: now - seconds(60),
  says: 'task 00000001 failed 48 % of 212 requests; its 5 peers 0.1 % of 1,063',
  of: 'nothing',
  ...change,
});

export const sickTask = (n: number, change: Partial<SickTask> = {}): SickTask => ({
  task: taskArn(n),
  targets: [targetRef(n)],
  symptom: 'errors',
  share: 0.9,
  ...change,
});

const weighed = { because: [evidence()], against: [], confidence: 0.9 };

export const sickTarget = (...sick: readonly SickTask[]): Diagnosis => ({ ...weighed, kind: 'sick-target', sick });
export const badDeployment = ({ id, taskDefinition }: DeploymentFact): Diagnosis => ({
  ...weighed,
  kind: 'bad-deployment',
  deployment: id,
  taskDefinition,
});
export const wornOut: Diagnosis = { ...weighed, kind: 'worn-out' };
export const sharedCause: Diagnosis = { ...weighed, kind: 'shared-cause' };
export const healing: Diagnosis = { ...weighed, kind: 'aws-is-healing', what: 'replacing-tasks' };
export const undetermined: Diagnosis = { ...weighed, kind: 'undetermined' };
export const everyDiagnosis: readonly Diagnosis[] = [
  sickTarget(sickTask(1)),
  badDeployment(deployment(42, now - hours(1))),
  wornOut,
  sharedCause,
  healing,
  undetermined,
];

const proposed = {
  subjectName: 'something',
  rationale: 'because',
  because: [evidence()],
  expects: { see: 'trouble-falls', share: 0.9, by: { minutes: 5 } },
  wayBack: { kind: 'undo', says: 'It is undone.' },
} as const satisfies Partial<Proposal>;

type TaskAct = 'deregister-target' | 'register-target' | 'replace-task';

/** An act on task `n` with all of its targets. */
export const onTask = <K extends TaskAct>(kind: K, n: number, targets: readonly TargetRef[] = [targetRef(n)]) => ({
  ...proposed,
  key: `${kind}|${taskArn(n)}`,
  kind,
  subject: { task: { cluster, task: taskArn(n) }, targets },
});

export const restart = (onTopOf: string | null = null): Proposal<'restart-service'> => ({
  ...proposed,
  key: 'restart-service|checkout',
  kind: 'restart-service',
  subject: { service: { cluster, service: 'checkout' }, onTopOf },
});

export const rollBack = (
  bad: DeploymentFact,
  good: Pick<DeploymentFact, 'id' | 'taskDefinition'>,
  way: 'stop-running' | 'update-service' = 'update-service',
): Proposal<'roll-back-deployment'> => ({
  ...proposed,
  key: `roll-back-deployment|${bad.id}`,
  kind: 'roll-back-deployment',
  subject: {
    service: { cluster, service: 'checkout' },
    deployment: bad.id,
    from: bad.taskDefinition,
    way,
    to: good.taskDefinition,
    good: good.id,
  },
});

/** Revision 42, and 41, to which it was taken back. */
export const takenBack = { bad: deployment(42, now - hours(2)), good: deployment(41, now - hours(72)) };

/** Back to revision 42, after it was taken back to 41. */
export const rollForward = ({ bad, good } = takenBack): Proposal<'roll-forward-deployment'> => ({
  ...proposed,
  key: 'roll-forward-deployment|42',
  kind: 'roll-forward-deployment',
  subject: {
    service: { cluster, service: 'checkout' },
    from: good.taskDefinition,
    to: bad.taskDefinition,
    good: good.id,
    deployment: bad.id,
  },
  expects: { see: 'deployed', by: { minutes: 20 } },
});

/** One of each action. */
export const everyProposal: Readonly<Record<ActionKind, Proposal>> = {
  'deregister-target': onTask('deregister-target', 1),
  'register-target': onTask('register-target', 1),
  'replace-task': onTask('replace-task', 1),
  'restart-service': restart(),
  'roll-back-deployment': rollBack(deployment(42, now - hours(1)), deployment(41, now - hours(168))),
  'roll-forward-deployment': rollForward(),
};

export const done = (at: Instant): ActResult => ({
  kind: 'done',
  receipt: { kind: 'changed', at, seen: 'as intended' },
});
export const refused: ActResult = { kind: 'refused', reason: 'world.changed', says: 'The task is gone.' };
export const unknown: ActResult = { kind: 'unknown', error: 'timed out' };

/** A service at ease: 20 requests a second, 10 % of the CPU of each of six tasks. */
export const load = (change: Partial<Load> = {}): Load => ({
  at: now - minutes(1),
  requests: 20,
  cpu: { most: 60, newest: 60 },
  ...change,
});

export const order = (proposal: Proposal, change: Partial<Order> = {}): Order => ({
  version: 1,
  id: '1',
  incidentId: thisIncident,
  service: 'checkout',
  fence: 1,
  expiresAt: now + minutes(2),
  settings: settings(),
  proposal,
  load: load(),
  rung: 'sick-target|1|0',
  undoes: null,
  ...change,
});

/** The incident at hand, and one of before. */
export const thisIncident = '20260105-115500-aaaaaaaa';
/** The order that a test carries out. */
export const orderRef = { incidentId: thisIncident, orderId: '7' };
export const earlierIncident = '20260104-080000-bbbbbbbb';

type Act = { incident: string; result: ActResult | null; check: Check | null; rung: string; undoes: string | null };

/** An act done at `at` in this incident, unless told otherwise. */
export const act = (proposal: Proposal, at: Instant, change: Partial<Act> = {}): PastAct => {
  const { incident = thisIncident, rung = 'sick-target|1|0', undoes = null, result = done(at), check = null } = change;
  return {
    incident,
    order: order(proposal, { incidentId: incident, rung, undoes, expiresAt: at + minutes(2) }),
    at,
    result,
    check,
  };
};

export const history = (change: Partial<History> = {}): History => ({
  acts: [],
  incidents: [{ id: thisIncident, openedAt: now - minutes(5), closedAt: null }],
  condemned: [],
  ...change,
});

export const actCase = (change: Partial<ActCase> = {}): ActCase => ({
  settings: settings(),
  standing: standing(),
  history: history(),
  ...change,
});

export const guardFacts = (change: Partial<GuardFacts> = {}): GuardFacts => ({
  ...actCase(),
  controls: { kind: 'running' },
  incidentId: thisIncident,
  fleet: fleet(),
  load: load(),
  rung: 'sick-target|1|0',
  undoes: null,
  ...change,
});

/** Nothing goes on in any of ten services. */
export const fleet = (change: Partial<Extract<FleetFacts, { kind: 'read' }>> = {}): FleetFacts => ({
  kind: 'read',
  services: 10,
  record: newFleetRecord,
  incidents: [],
  ...change,
});
