import { describe, expect, it } from 'vitest';
import { type Shown, unmet, wordedSeconds } from '../../lib/simulator/expectations.ts';
import type { ActionResult, IncidentResult, Notification } from '../../lib/simulator/result.ts';

const incident: IncidentResult = {
  id: '20260105-000000-abcdefgh',
  service: 'checkout',
  diagnosis: 'sick-target',
  outcome: 'recovered',
  openedAt: 500,
  closedAt: 900,
  reason: null,
};
const act: ActionResult = {
  at: 520,
  service: 'checkout',
  incident: incident.id,
  kind: 'deregister-target',
  subject: 'task a',
  verdict: 'allow',
  reason: null,
  ordered: true,
  times: 1,
  enforced: true,
  check: 'helped',
};
const message: Notification = {
  at: 900,
  topic: 'topic',
  subject: 'checkout: recovered',
  body: 'One task was replaced.',
  attributes: { service: 'checkout', severity: 'info', kind: 'recovered', dedupKey: incident.id, status: 'resolve' },
  people: 1,
};
const shown: Shown = {
  outcome: 'recovered',
  incidents: [incident],
  actions: [act],
  notifications: [message],
  troubleAt: 320,
  detectedAt: 180,
  mitigatedAt: 230,
  toldAt: 200,
  handedOverAt: null,
  requests: { total: 1000, failed: 20, slow: 30, bad: 45 },
  inService: { checkout: '42', cart: null },
  wellTasksOut: 1,
  condemned: ['43', '44'],
};

describe('expectations', () => {
  it('ask for nothing when nothing is expected', () => {
    expect(unmet({}, shown)).toEqual([]);
  });

  it('are all met by a run that shows what they want', () => {
    const expected = {
      outcome: ['recovered' as const],
      diagnosis: ['sick-target' as const],
      incidents: 1,
      detectedWithin: 180_000,
      mitigatedWithin: 230_000,
      actions: ['deregister-target' as const],
      never: ['replace-task' as const],
      says: ['One task'],
      messagesAtMost: 1,
      toldWithin: 200_000,
      badShare: 0.045,
      wellTasksOut: 1,
      condemned: ['44', '43'],
      inService: { checkout: '42', cart: null },
    };
    expect(unmet(expected, shown)).toEqual([]);
  });

  it.each([
    [{ outcome: ['handed-over' as const] }, 'Outcome: wanted handed-over, got recovered.'],
    [{ diagnosis: ['worn-out' as const] }, 'Diagnosis: wanted worn-out, got sick-target.'],
    [{ incidents: 2 }, 'Incidents: wanted 2, got 1.'],
    [{ detectedWithin: 179_000 }, 'Detected: wanted within 2 min 59 s, but it took 3 min.'],
    [{ handedOverWithin: 60_000 }, 'Handed over: wanted within 1 min, but it never was.'],
    [{ actions: [] }, 'Actions: wanted none, got deregister-target.'],
    [{ never: ['deregister-target' as const] }, 'Actions: deregister-target was never to be done, but it was.'],
    [{ ordered: [] }, 'Orders: wanted none, got deregister-target.'],
    [{ reason: ['plan.exhausted' as const] }, 'Reason of the hand-over: wanted plan.exhausted, got none.'],
    [{ says: ['two tasks'] }, 'Messages: the last one does not say "two tasks".'],
    [{ toldWithin: 199_000 }, 'Told: wanted within 3 min 19 s, but it took 3 min 20 s.'],
    [{ badShare: 0.044 }, 'Requests: wanted at most 4.4 % bad, got 4.5 %.'],
    [{ wellTasksOut: 0 }, 'Tasks: wanted at most 0 well ones out, got 1.'],
    [{ condemned: [] }, 'Condemned releases: wanted none, got 43, 44.'],
    [{ condemned: ['43'] }, 'Condemned releases: wanted 43, got 43, 44.'],
    [{ inService: { checkout: '43' } }, 'In service: wanted 43 of checkout, got 42.'],
    [{ inService: { cart: '42' } }, 'In service: wanted 42 of cart, got none.'],
    [{ inService: { checkout: null } }, 'In service: wanted none of checkout, got 42.'],
    [{ messagesAtMost: 0 }, 'Messages: wanted at most 0, got 1.'],
  ])('say what %o misses', (expected, sentence) => {
    expect(unmet(expected, shown)).toEqual([sentence]);
  });

  it('do not count what was refused or held', () => {
    const refused: ActionResult = { ...act, verdict: 'deny', reason: 'cooldown.active', enforced: false };
    expect(unmet({ actions: [] }, { ...shown, actions: [refused] })).toEqual([]);
  });

  it('count what observe mode withheld', () => {
    const withheld: ActionResult = { ...act, reason: 'mode.observe', enforced: false };
    expect(unmet({ actions: ['deregister-target'] }, { ...shown, actions: [withheld] })).toEqual([]);
  });

  it('say so when there was no trouble to measure from', () => {
    expect(unmet({ mitigatedWithin: 1000 }, { ...shown, troubleAt: null })).toEqual([
      'Mitigated: wanted within 1 s, but the true traffic never left the thresholds.',
    ]);
  });

  it('say so when nobody was told', () => {
    expect(unmet({ toldWithin: 1000 }, { ...shown, toldAt: null })).toEqual([
      'Told: wanted within 1 s, but nobody was.',
    ]);
  });

  it('word times as people do', () => {
    expect([5, 60, 61.4, 600].map(wordedSeconds)).toEqual(['5 s', '1 min', '1 min 1 s', '10 min']);
  });
});
