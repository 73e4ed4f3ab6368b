import type { SignalKind } from '../../../lambdas/contract/names.ts';
import type { Diagnosis } from '../../../lambdas/model/diagnosis.ts';
import type { Check } from '../../../lambdas/model/incident.ts';
import type { EntryOf, LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { ActResult, Order } from '../../../lambdas/model/order.ts';
import type { Signal } from '../../../lambdas/model/signal.ts';
import type { Ruling, Verdict } from '../../../lambdas/model/verdict.ts';
import { image, now, onTask, order, settings, taskDefinition, thisIncident } from '../build.ts';

// Ledger entries by what they tell; each has its own id unless a test gives one.

let count = 0;
const facts = (at: number, change: Partial<{ id: string; incident: string }> = {}) => ({
  id: `e${++count}`,
  incident: thisIncident,
  service: 'checkout',
  at,
  ...change,
});
type Facts = Parameters<typeof facts>[1];

export const signal = (alarm: SignalKind, state: Signal['state'], at = now, name: string = alarm): Signal => ({
  id: `${name}@${at}`,
  service: 'checkout',
  kind: alarm,
  alarm: `paramedic/test/checkout/${name}`,
  state,
  at,
  source: 'cloudwatch-alarm',
  says: 'Threshold crossed',
});
export const received = (given: Signal, change?: Facts): LedgerEntry => ({
  ...facts(given.at, change),
  kind: 'SignalReceived',
  signal: given,
});
export const opened = (at = now): LedgerEntry => ({
  ...facts(at),
  kind: 'IncidentOpened',
  settings: settings(),
  openedAt: at,
});
export const diagnosed = (diagnosis: Diagnosis, at = now): LedgerEntry => ({
  ...facts(at),
  kind: 'DiagnosisMade',
  diagnosis,
});

const proposal = onTask('deregister-target', 1);
const ruling = (verdict: Verdict): Ruling => ({ verdict, findings: [], bite: 'enforce' });
const holding: Verdict = { kind: 'hold', reason: 'cooldown.active', until: now, says: 'wait' };
const denying: Verdict = { kind: 'deny', reason: 'repeat.limit', says: 'no' };
const allowing: Verdict = { kind: 'allow' };

export const held = (at: number): LedgerEntry => ({
  ...facts(at),
  kind: 'ActionHeld',
  proposal,
  ruling: ruling(holding),
});
export const denied = (at: number): LedgerEntry => ({
  ...facts(at),
  kind: 'ActionDenied',
  proposal,
  ruling: ruling(denying),
});
export const withheld = (at: number): LedgerEntry => ({
  ...facts(at),
  kind: 'ActionWithheld',
  proposal,
  ruling: ruling(allowing),
});
export const started = (id: string, at: number, change: Partial<Order> = {}, of?: Facts): EntryOf<'ActionStarted'> => ({
  ...facts(at, of),
  kind: 'ActionStarted',
  order: order(proposal, { id, ...change }),
  ruling: ruling(allowing),
});
export const completed = (orderId: string, result: ActResult, at: number, change?: Facts): LedgerEntry => ({
  ...facts(at, change),
  kind: 'ActionCompleted',
  orderId,
  result,
});
export const checked = (orderId: string, check: Check, at = now, change?: Facts): LedgerEntry => ({
  ...facts(at, change),
  kind: 'CheckMade',
  orderId,
  check,
  says: 'the error rate fell',
});
export const tried = (rung: string, at = now): LedgerEntry => ({ ...facts(at), kind: 'RungTried', rung });
export const condemned = (revision: number, at: number, change?: Facts): EntryOf<'ReleaseCondemned'> => ({
  ...facts(at, change),
  kind: 'ReleaseCondemned',
  taskDefinition: taskDefinition(revision),
  copyOf: null,
  content: `content ${revision}`,
  images: [image(revision)],
  changed: 'images',
  deployment: `deployment-${revision}`,
});
export const recovered = (at = now): LedgerEntry => ({
  ...facts(at),
  kind: 'RecoveryConfirmed',
  because: [],
  says: 'all alarms are OK',
});
export const handedOver = (at = now): LedgerEntry => ({
  ...facts(at),
  kind: 'HandedOver',
  reason: 'plan.exhausted',
  says: 'nothing is left',
  notDone: [],
  leftUndone: [],
});
export const released = (at = now): LedgerEntry => ({ ...facts(at), kind: 'ServiceReleased', says: 'alarms are OK' });
export const ignored = (at = now): LedgerEntry => ({
  ...facts(at),
  kind: 'SignalIgnored',
  because: 'muted',
  says: 'the alarm is muted',
});
