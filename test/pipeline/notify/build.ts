import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';
import type { Diagnosis } from '../../../lambdas/model/diagnosis.ts';
import type { Evidence } from '../../../lambdas/model/evidence.ts';
import type { Incident } from '../../../lambdas/model/incident.ts';
import type { Attempt, IncidentState } from '../../../lambdas/model/incident-state.ts';
import type { EntryOf } from '../../../lambdas/model/ledger-entry.ts';
import type { Message } from '../../../lambdas/model/message.ts';
import type { Order } from '../../../lambdas/model/order.ts';
import type { Proposal } from '../../../lambdas/model/proposal.ts';
import type { Ruling, Verdict } from '../../../lambdas/model/verdict.ts';
import { simulatedSettings } from '../../../lib/config/settings.ts';

export const t0 = Date.UTC(2026, 0, 5, 10, 4, 20);
export const minutes = (count: number): number => count * 60_000;
const incidentId = '20260105-100420-k3f9x2ab';
const targets = [
  { targetGroup: 'arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/checkout/1', id: '10.0.3.17', port: 8080 },
];

export const settings = (change: Partial<ServiceSettings> = {}): ServiceSettings => ({
  ...simulatedSettings('checkout', { mode: 'automatic' }, { latencyThreshold: 0.4 }),
  ...change,
});

/** Where people ask. */
export const operatorApi = 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/live';

export const incident: Incident = { id: incidentId, service: 'checkout', openedAt: t0, fence: 1, status: 'started' };

const slowTask: Evidence = {
  kind: 'TaskSlow',
  source: 'task-logs',
  at: t0,
  says: 'task 3f2a9c answered 96 % of 1,204 requests slower than 400 ms; its 5 peers 0.4 % of 6,031.',
  task: '3f2a9c',
  share: 0.97,
  peers: 0.004,
  pValue: 0,
};

export const sickTarget: Diagnosis = {
  kind: 'sick-target',
  sick: [{ task: '3f2a9c', targets, symptom: 'slow', share: 0.97 }],
  among: 6,
  because: [slowTask],
  against: [
    {
      kind: 'TargetsNormal',
      source: 'target-health',
      at: t0,
      targets: 6,
      says: 'All 6 targets pass their health checks.',
    },
  ],
  confidence: 0.97,
};

export const diagnosis = (kind: 'shared-cause' | 'worn-out' | 'undetermined'): Diagnosis => ({
  kind,
  because: [],
  against: [],
  confidence: 0.6,
});

export const deregister: Proposal<'deregister-target'> = {
  key: 'deregister-target 3f2a9c',
  kind: 'deregister-target',
  subject: { task: { cluster: 'c', task: '3f2a9c' }, targets },
  subjectName: 'task 3f2a9c (10.0.3.17:8080)',
  rationale: 'It is the one task that is slow; the others can carry its share.',
  because: [slowTask],
  expects: { see: 'trouble-falls', share: 0.97, by: { minutes: 5 } },
  wayBack: { kind: 'undo', says: 'It is registered again.' },
};

export const replace: Proposal<'replace-task'> = {
  ...deregister,
  key: 'replace-task 3f2a9c',
  kind: 'replace-task',
  rationale: 'Taking it out helped; ECS starts a fresh one in its place.',
  expects: { see: 'all-tasks-healthy', by: { minutes: 15 } },
  wayBack: { kind: 'by-itself', says: 'ECS starts another task.' },
};

export const ruling = (verdict: Verdict = { kind: 'allow' }): Ruling => ({
  verdict,
  findings: [
    { guardrail: 'min-healthy-targets', verdict },
    { guardrail: 'cooldown', verdict: { kind: 'allow' } },
  ],
  bite: verdict.kind === 'allow' ? 'enforce' : 'withhold',
});

export const order = (id: string, proposal: Proposal, change: Partial<Order> = {}): Order => ({
  version: 1,
  id,
  incidentId,
  service: 'checkout',
  fence: 1,
  expiresAt: t0 + minutes(3),
  settings: settings(),
  proposal,
  load: null,
  rung: 'sick-target|3f2a9c|0',
  undoes: null,
  ...change,
});

const facts = (id: string, after: number) => ({
  id,
  incident: incidentId,
  service: 'checkout',
  at: t0 + minutes(after),
});

export const diagnosed = (of: Diagnosis = sickTarget, id = '1.diagnosis'): EntryOf<'DiagnosisMade'> => ({
  ...facts(id, 0),
  kind: 'DiagnosisMade',
  diagnosis: of,
});
export const started = (made: Order, after = 0): EntryOf<'ActionStarted'> => ({
  ...facts(`${made.id}.started`, after),
  kind: 'ActionStarted',
  order: made,
  ruling: ruling(),
});
export const completed = (
  orderId: string,
  result: EntryOf<'ActionCompleted'>['result'],
  after = 0,
): EntryOf<'ActionCompleted'> => ({
  ...facts(`${orderId}.result`, after),
  kind: 'ActionCompleted',
  orderId,
  result,
});
export const done = (seen: string): EntryOf<'ActionCompleted'>['result'] => ({
  kind: 'done',
  receipt: { kind: 'changed', at: t0 + 4_000, seen },
});
export const checked = (
  orderId: string,
  check: EntryOf<'CheckMade'>['check'],
  says: string,
  after = 3,
): EntryOf<'CheckMade'> => ({
  ...facts(`${orderId}.check`, after),
  kind: 'CheckMade',
  orderId,
  check,
  says,
});
export const withheld = (proposal: Proposal): EntryOf<'ActionWithheld'> => ({
  ...facts(`1.withheld.${proposal.kind}`, 0),
  kind: 'ActionWithheld',
  proposal,
  ruling: { ...ruling(), bite: 'withhold' },
});
export const denied = (proposal: Proposal, says: string): EntryOf<'ActionDenied'> => ({
  ...facts('1.denied', 0),
  kind: 'ActionDenied',
  proposal,
  ruling: ruling({ kind: 'deny', reason: 'targets.too-few-healthy', says }),
});
export const recovered = (after = 7): EntryOf<'RecoveryConfirmed'> => ({
  ...facts('9.end', after),
  kind: 'RecoveryConfirmed',
  because: [],
  says: 'All alarms are OK and every desired task is healthy.',
});
export const handedOver = (change: Partial<EntryOf<'HandedOver'>> = {}): EntryOf<'HandedOver'> => ({
  ...facts('9.end', 4),
  kind: 'HandedOver',
  reason: 'diagnosis.shared-cause',
  says: '',
  notDone: [],
  leftUndone: [],
  ...change,
});

export const attempt = (made: Order, check: Attempt['check'] = 'helped', after = 0): Attempt => ({
  order: made,
  startedAt: t0 + minutes(after),
  result: done('draining in its one target group'),
  resultAt: t0 + minutes(after) + 4_000,
  check,
});

export const state = (change: Partial<IncidentState> = {}): IncidentState => ({
  settings: settings(),
  diagnosis: sickTarget,
  diagnosedAt: t0,
  signals: [
    {
      id: 'paramedic/simulated/checkout/latency@1',
      service: 'checkout',
      kind: 'latency',
      alarm: 'paramedic/simulated/checkout/latency',
      state: 'firing',
      at: t0 - 2_000,
      source: 'cloudwatch-alarm',
      says: 'Threshold Crossed: 2 out of the last 3 datapoints were greater than the threshold (0.4).',
    },
  ],
  signalsSeen: 1,
  attempts: [],
  requests: [],
  triedRungs: [],
  undo: null,
  outcome: null,
  ...change,
});

export const message = (id: string, service = 'checkout', change: Partial<Message> = {}): Message => ({
  id,
  topic: 'topic',
  subject: `${service}: something`,
  body: 'body',
  kind: 'opened',
  service,
  severity: 'warning',
  dedupKey: `incident-${id}`,
  status: 'trigger',
  ...change,
});
