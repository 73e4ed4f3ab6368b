import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { Incident } from '../../lambdas/model/incident.ts';
import type { EntryOf, LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Order } from '../../lambdas/model/order.ts';
import type { Signal } from '../../lambdas/model/signal.ts';

export const start: Instant = Date.UTC(2026, 0, 5);
export const minute = 60_000;

/** Distinct and sorted by time, as real incident ids are. */
export const incidentId = (n: number): string => `20260105-${String(n).padStart(6, '0')}-abcdefgh`;

const settings: ServiceSettings = {
  version: 1,
  pipeline: 'test',
  id: 'checkout',
  owner: 'shop',
  runbook: 'https://example.com/runbooks/checkout',
  topic: 'arn:aws:sns:eu-central-1:123456789012:paramedic-test-shop',
  ledgerTable: 'paramedic-test',
  region: 'eu-central-1',
  resources: {
    cluster: 'arn:aws:ecs:eu-central-1:123456789012:cluster/shop',
    service: 'checkout',
    loadBalancer: 'app/shop/0123456789abcdef',
    targetGroups: ['arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/checkout/0123456789abcdef'],
    dedicatedLoadBalancer: false,
    containerInsights: false,
    logs: null,
    stack: null,
  },
  senses: ['anomaly-detection'],
  mode: 'automatic',
  actionModes: {},
  enforce: 100,
  alarms: {
    latency: { threshold: 0.4, minimumRequests: 200, breaching: 2, of: 3 },
    errors: { threshold: 2, minimumRequests: 50, breaching: 2, of: 3 },
    'unhealthy-targets': null,
    'no-capacity': null,
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

/** A signal of the errors alarm of `checkout`, `at` milliseconds after the start. */
export function signal(at: number, change: Partial<Signal> = {}): Signal {
  const given = {
    service: 'checkout',
    kind: 'errors',
    alarm: 'paramedic/test/checkout/errors',
    state: 'firing',
    at: start + at,
    source: 'cloudwatch-alarm',
    says: 'Threshold crossed.',
    ...change,
  } as const;
  return { id: `${given.alarm}|${given.at}`, ...given };
}

/** An entry of an incident that changes nothing else; `id` makes it unique. */
export const checkMade = (incident: Incident, id: string, at = minute): EntryOf<'CheckMade'> => ({
  kind: 'CheckMade',
  id,
  incident: incident.id,
  service: incident.service,
  at: start + at,
  orderId: 'none',
  check: 'not-yet',
  says: 'Not yet.',
});

export function order(incident: Incident, id = 'order-1', change: Partial<Order> = {}): Order {
  const task = { cluster: settings.resources.cluster, task: 'a'.repeat(32) };
  return {
    version: 1,
    id,
    incidentId: incident.id,
    service: incident.service,
    fence: incident.fence,
    expiresAt: start + 2 * minute,
    settings: { ...settings, id: incident.service },
    proposal: {
      key: `deregister-target|${task.task}`,
      kind: 'deregister-target',
      subject: { task, targets: [{ targetGroup: 'tg', id: '10.0.0.1', port: 8080 }] },
      subjectName: 'task aaaaaaaa',
      rationale: 'It fails.',
      because: [],
      expects: { see: 'trouble-falls', share: 1, by: { minutes: 5 } },
      wayBack: { kind: 'undo', says: 'It is registered again.' },
    },
    load: { at: start, requests: 20, cpu: { most: 60, newest: 60 } },
    rung: 'sick-target|a|0',
    undoes: null,
    ...change,
  };
}

export const ordered = (of: Order, at = minute): EntryOf<'ActionStarted'> => ({
  kind: 'ActionStarted',
  id: `started ${of.id}`,
  incident: of.incidentId,
  service: of.service,
  at: start + at,
  order: of,
  ruling: { verdict: { kind: 'allow' }, findings: [], bite: 'enforce' },
});

/** A person is asked, for a quarter of an hour. */
export const askedFor = (incident: Incident, id = 'request-1', at = minute): EntryOf<'ApprovalRequested'> => ({
  kind: 'ApprovalRequested',
  id: `asked ${id}`,
  incident: incident.id,
  service: incident.service,
  at: start + at,
  ruling: { verdict: { kind: 'allow' }, findings: [], bite: 'ask' },
  request: {
    id,
    rung: 'sick-target|a|0',
    proposals: [order(incident).proposal],
    expiresAt: start + at + 15 * minute,
    world: { desired: 6, healthy: 6, deployments: [], subject: [] },
  },
});

export const answered = (
  incident: Incident,
  kind: 'ApprovalGiven' | 'ApprovalRejected' = 'ApprovalGiven',
  change: Partial<EntryOf<'ApprovalGiven'>> = {},
): EntryOf<'ApprovalGiven' | 'ApprovalRejected'> => ({
  id: 'answer request-1',
  incident: incident.id,
  service: incident.service,
  at: start + 2 * minute,
  requestId: 'request-1',
  by: 'ann',
  why: 'It is sick.',
  ...change,
  kind,
});

export const voided = (incident: Incident, at = 3 * minute): EntryOf<'ApprovalVoided'> => ({
  kind: 'ApprovalVoided',
  id: 'voided request-1',
  incident: incident.id,
  service: incident.service,
  at: start + at,
  requestId: 'request-1',
  says: 'A deployment has begun.',
});

export const completed = (of: Order, at = 2 * minute): EntryOf<'ActionCompleted'> => ({
  kind: 'ActionCompleted',
  id: `completed ${of.id}`,
  incident: of.incidentId,
  service: of.service,
  at: start + at,
  orderId: of.id,
  result: { kind: 'done', receipt: { kind: 'changed', at: start + at, seen: 'draining' } },
});

export const condemnedRelease = (incident: Incident, id: string): EntryOf<'ReleaseCondemned'> => ({
  kind: 'ReleaseCondemned',
  id,
  incident: incident.id,
  service: incident.service,
  at: start + minute,
  taskDefinition: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/checkout:43',
  copyOf: null,
  content: '0123456789abcdef0123456789abcdef',
  images: [{ container: 'app', image: 'checkout:43', digest: `sha256:${'0'.repeat(64)}` }],
  changed: 'images',
  deployment: 'deployment-43',
});

export const recovered = (incident: Incident, at = 5 * minute): LedgerEntry => ({
  kind: 'RecoveryConfirmed',
  id: 'end',
  incident: incident.id,
  service: incident.service,
  at: start + at,
  because: [],
  says: 'Its alarms are OK.',
});

export const handedOver = (incident: Incident, at = 5 * minute): LedgerEntry => ({
  kind: 'HandedOver',
  id: 'end',
  incident: incident.id,
  service: incident.service,
  at: start + at,
  reason: 'diagnosis.undetermined',
  says: 'The evidence does not say what is wrong.',
  notDone: [],
  leftUndone: [],
});

export const released = (incident: Incident, at = 9 * minute): LedgerEntry => ({
  kind: 'ServiceReleased',
  id: 'released',
  incident: incident.id,
  service: incident.service,
  at: start + at,
  says: 'Its alarms are OK.',
});
