import { describe, expect, it } from 'vitest';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import { inMillis } from '../../lambdas/contract/time.ts';
import type { Standing, Symptoms } from '../../lambdas/model/facts.ts';
import type { EntryOf, LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import { decide } from '../../lambdas/pipeline/decide.ts';
import type { Observation } from '../../lambdas/pipeline/observe.ts';
import { fold } from '../../lambdas/pipeline/record/evolve.ts';
import { history as remembered } from '../../lambdas/pipeline/record/history.ts';
import { type Toolkit, toolkit } from '../../lambdas/pipeline/toolkit.ts';
import {
  done,
  fleet,
  groupA,
  minutes,
  now,
  settings,
  sharedCause,
  sickTarget,
  sickTask,
  standing,
  targetRef,
  thisIncident,
} from './build.ts';
import { signal, withState } from './desk.ts';

const incident = {
  id: thisIncident,
  service: 'checkout',
  openedAt: now - minutes(5),
  fence: 1,
  status: 'started',
} as const;
const asking = settings({ mode: 'approve' });

type Told = { readonly kind: LedgerEntry['kind']; readonly id: string } & Readonly<Record<string, unknown>>;
const entry = (told: Told, at = now): LedgerEntry =>
  ({ incident: thisIncident, service: 'checkout', at, ...told }) as LedgerEntry;
const alarm = entry({ kind: 'SignalReceived', id: 's1', signal: signal() }, now - minutes(5));

/** One minute in which a third of the requests failed, while the tasks had little to do. */
const symptoms: Symptoms = {
  until: now,
  minutes: 1,
  groups: [
    { targetGroup: groupA, series: { requests: [1200], target2xx: [800], target5xx: [400], healthyHosts: [6] } },
  ],
  service: { cpu: [10] },
};

const knowing = (known: ReturnType<typeof sickTarget> | typeof sharedCause): Toolkit => ({
  ...toolkit,
  hypotheses: [{ kind: known.kind, weigh: () => ({ ...known, confidence: 0.9 }) }],
});

function lap(
  number: number,
  entries: readonly LedgerEntry[],
  change: {
    world?: Standing;
    at?: number;
    how?: ServiceSettings;
    known?: typeof sharedCause | ReturnType<typeof sickTarget>;
    paused?: boolean;
  } = {},
) {
  const { world = standing(), at = now, how = asking, known = sickTarget(sickTask(1)) } = change;
  const seen: Observation = {
    standing: { ...world, at },
    controls: change.paused
      ? { kind: 'paused', scope: 'service', by: 'bob', why: 'stop', until: null }
      : { kind: 'running' },
    symptoms: { ...symptoms, until: at },
    evidence: { taskLogs: null, failed: [] },
    entries,
    state: fold(entries),
    history: remembered(entries, [], [{ id: thisIncident, openedAt: incident.openedAt, closedAt: null }]),
    configured: true,
    fleet: fleet(),
  };
  const fresh = 'sick' in known ? { ...known, because: [] as typeof known.because } : known;
  const because = known.because.map((each) => ({ ...each, at: at - 60_000 }));
  return decide(number, incident, how, seen, knowing({ ...fresh, because }));
}

const kinds = (entries: readonly LedgerEntry[]) => entries.map(({ kind }) => kind);
const only = <K extends LedgerEntry['kind']>(entries: readonly LedgerEntry[], kind: K): readonly EntryOf<K>[] =>
  entries.filter((each): each is EntryOf<K> => each.kind === kind);

/** The story up to a request, and what lap 1 did about it. */
function asked(change: Parameters<typeof lap>[2] = {}) {
  const move = lap(1, [alarm], change);
  return { move, story: [alarm, ...move.entries] };
}
const answer = (kind: 'ApprovalGiven' | 'ApprovalRejected', at = now + minutes(1), requestId = '1', by = 'ann') =>
  entry({ kind, id: `answer ${requestId}`, requestId, by, why: 'seen' }, at);

describe('in approve mode', () => {
  it('a person is asked for the whole rung, and nothing is ordered', () => {
    const { move } = asked();
    expect(kinds(move.entries)).toEqual(['DiagnosisMade', 'ApprovalRequested']);
    expect(move).toMatchObject({ kind: 'await', requestId: '1' });
    const [request] = only(move.entries, 'ApprovalRequested').map((each) => each.request);
    expect(request?.proposals.map(({ kind }) => kind)).toEqual(['deregister-target', 'replace-task']);
    expect(request).toMatchObject({ expiresAt: now + minutes(15), world: { desired: 6, healthy: 6 } });
  });

  it('nobody is given longer than the incident may last', () => {
    const how = { ...asking, timing: { ...asking.timing, approvalWithin: { hours: 2 } } };
    const [request] = only(asked({ how }).move.entries, 'ApprovalRequested').map((each) => each.request);
    expect(request?.expiresAt).toBe(incident.openedAt + inMillis(how.timing.incidentWithin));
  });

  it('the wait lasts no longer than until the next look, nor beyond the time there is', () => {
    expect(asked().move).toMatchObject({ for: { seconds: 300 } });
    const { story } = asked();
    expect(lap(2, story, { at: now + minutes(14) })).toMatchObject({ kind: 'await', for: { seconds: 61 } });
    expect(lap(2, story, { at: now + minutes(15) })).toMatchObject({ kind: 'await', for: { seconds: 1 } });
  });

  it('the same request stands at the next look, and is not made again', () => {
    const { story } = asked();
    expect(lap(2, story, { at: now + minutes(5) })).toMatchObject({ kind: 'await', requestId: '1', entries: [] });
  });

  it('an approval lets the first act be ordered, and the order says who gave it', () => {
    const { story } = asked();
    const move = lap(2, [...story, answer('ApprovalGiven')], { at: now + minutes(2) });
    const approval = { requestId: '1', by: 'ann', at: now + minutes(1) };
    expect(move).toMatchObject({ kind: 'act', order: { proposal: { kind: 'deregister-target' }, approval } });
    expect(kinds(move.entries)).toEqual(['ActionStarted']);
  });

  it('what completes the rung rests on the same approval, though its first act has changed the world', () => {
    const { story } = asked();
    const given = [...story, answer('ApprovalGiven')];
    const ordered = [...given, ...lap(2, given, { at: now + minutes(2) }).entries];
    const told = [
      ...ordered,
      entry(
        { kind: 'ActionCompleted', id: '2.result', orderId: '2', result: done(now + minutes(2)) },
        now + minutes(2),
      ),
      entry({ kind: 'CheckMade', id: '3.check', orderId: '2', check: 'helped', says: 'It helped.' }, now + minutes(4)),
    ];
    const move = lap(4, told, { at: now + minutes(16), world: withState(standing(), targetRef(1).id, 'draining') });
    expect(move).toMatchObject({
      kind: 'act',
      order: { proposal: { kind: 'replace-task' }, approval: { requestId: '1', by: 'ann' } },
    });
  });

  it('a rung of which only the second act needs an approval is not begun without', () => {
    const how = settings({ actionModes: { 'replace-task': 'approve' } });
    expect(asked({ how }).move).toMatchObject({ kind: 'await' });
    const { story } = asked({ how });
    expect(lap(2, [...story, answer('ApprovalGiven')], { how })).toMatchObject({
      kind: 'act',
      order: { approval: { by: 'ann' } },
    });
  });

  it('an order in automatic mode carries no approval', () => {
    const move = lap(1, [alarm], { how: settings() });
    expect(move.kind === 'act' && 'approval' in move.order).toBe(false);
  });

  it('a rejection hands over, and names who and why', () => {
    const { story } = asked();
    const move = lap(2, [...story, answer('ApprovalRejected')], { at: now + minutes(2) });
    expect(move).toMatchObject({
      kind: 'end',
      ending: { kind: 'HandedOver', reason: 'approval.rejected', says: 'ann has rejected it: seen' },
    });
    expect(only(move.entries, 'ActionWithheld').map(({ ruling }) => ruling.withheldFor)).toEqual([
      'approval.rejected',
      'approval.rejected',
    ]);
  });

  it('a rejection hands over though something else would be proposed by then', () => {
    const { story } = asked();
    const move = lap(2, [...story, answer('ApprovalRejected')], { known: sickTarget(sickTask(2)) });
    expect(move).toMatchObject({ kind: 'end', ending: { reason: 'approval.rejected' } });
  });

  it('silence is no consent: one millisecond after the time is over it is handed over', () => {
    const { story } = asked();
    expect(lap(2, story, { at: now + minutes(15) }).kind).toBe('await');
    const move = lap(2, story, { at: now + minutes(15) + 1 });
    expect(move).toMatchObject({
      kind: 'end',
      ending: { reason: 'approval.expired', says: 'Nobody had answered by 12:15:00 UTC.' },
    });
    expect(only(move.entries, 'ActionWithheld')).toHaveLength(2);
  });

  it('a changed world voids the request, and a new one is made for the new world', () => {
    const { story } = asked();
    const move = lap(2, story, { world: standing({ desired: 7 }) });
    expect(kinds(move.entries)).toEqual(['ApprovalVoided', 'ApprovalRequested']);
    expect(move).toMatchObject({ kind: 'await', requestId: '2' });
  });

  it('a changed world voids an approval: nothing is ordered with it', () => {
    const { story } = asked();
    const move = lap(2, [...story, answer('ApprovalGiven')], { world: standing({ desired: 7 }) });
    expect(kinds(move.entries)).toEqual(['ApprovalVoided', 'ApprovalRequested']);
    expect(only(move.entries, 'ApprovalVoided')[0]?.says).toBe('7 tasks are desired, no longer 6.');
  });

  it('another diagnosis voids it too, whether or not it was approved', () => {
    const { story } = asked();
    for (const given of [[], [answer('ApprovalGiven')]]) {
      const move = lap(2, [...story, ...given], { known: sharedCause });
      expect(kinds(move.entries)).toContain('ApprovalVoided');
      expect(move.kind).not.toBe('await');
    }
  });

  it('an approval that was acted upon is not voided afterwards', () => {
    const { story } = asked();
    const given = [...story, answer('ApprovalGiven')];
    const told = [
      ...given,
      ...lap(2, given, { at: now + minutes(2) }).entries,
      entry(
        { kind: 'ActionCompleted', id: '2.result', orderId: '2', result: done(now + minutes(2)) },
        now + minutes(2),
      ),
      entry(
        { kind: 'CheckMade', id: '3.check', orderId: '2', check: 'no-change', says: 'It did not.' },
        now + minutes(8),
      ),
      entry(
        { kind: 'RungTried', id: '3.tried', rung: 'sick-target|00000001aaaaaaaaaaaaaaaaaaaaaaaa|0' },
        now + minutes(8),
      ),
    ];
    expect(kinds(lap(4, told, { at: now + minutes(8), known: sharedCause }).entries)).not.toContain('ApprovalVoided');
  });

  it('is not asked for ever: after the third that is void a person takes over', () => {
    let story = asked().story;
    for (const [number, desired] of [
      [2, 7],
      [3, 8],
    ] as const) {
      const move = lap(number, story, { world: standing({ desired }) });
      expect(move.kind).toBe('await');
      story = [...story, ...move.entries];
    }
    const move = lap(4, story, { world: standing({ desired: 9 }) });
    expect(move).toMatchObject({
      kind: 'end',
      ending: { reason: 'approval.void', says: 'The world has changed 3 times while somebody was asked.' },
    });
  });

  it('a pause stands against an approval', () => {
    const { story } = asked();
    const move = lap(2, [...story, answer('ApprovalGiven')], { paused: true });
    expect(move).toMatchObject({ kind: 'end', ending: { reason: 'controls.paused' } });
  });

  it('asks nobody in an incident that is not drawn for enforcement', () => {
    const move = lap(1, [alarm], { how: settings({ mode: 'approve', enforce: 0 }) });
    expect(kinds(move.entries)).toEqual(['DiagnosisMade', 'ActionWithheld', 'ActionWithheld']);
    expect(move).toMatchObject({ kind: 'end', ending: { reason: 'mode.not-drawn' } });
  });
});
