import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Limits } from '../../../lambdas/contract/settings.ts';
import type { History, PastAct } from '../../../lambdas/model/incident-state.ts';
import { ban } from '../../../lambdas/pipeline/guard/ban.ts';
import { banUntil } from '../../../lambdas/pipeline/guard/ban-until.ts';
import {
  act,
  done,
  earlierIncident,
  guardFacts,
  history,
  hours,
  minutes,
  now,
  onTask,
  order,
  refused,
  seconds,
  unknown,
} from '../build.ts';
import { says } from './expect-verdict.ts';

const limits: Limits['ban'] = { first: { seconds: 30 }, most: { minutes: 5 }, decayEvery: { hours: 1 } };
const open = (from: number, until: number | null): History['incidents'][number] => ({
  id: `i${from}`,
  openedAt: from,
  closedAt: until,
});
/** Open all the while: nothing decays. */
const throughout = [open(now - hours(100), null)];
const length = (undone: readonly number[], incidents: History['incidents'] = throughout, ban = limits, at = now) => {
  const until = banUntil(undone, { ban, incidents, now: at });
  return until === null ? null : (until - (undone.at(-1) ?? 0)) / 1000;
};

describe('what ECS took back and was done once more', () => {
  it('is banned as the act that it repeats, once it was undone', () => {
    const again = { ...onTask('deregister-target', 1), key: 'again', repeats: onTask('deregister-target', 1).key };
    const acts: PastAct[] = [
      act(again, now - minutes(1), { incident: earlierIncident }),
      act(onTask('register-target', 1), now - seconds(10), { incident: earlierIncident, undoes: '1' }),
    ];
    const facts = guardFacts({ history: history({ acts }) });
    for (const proposal of [onTask('deregister-target', 1), again])
      says(ban.check(proposal, facts), 'hold', 'action.banned', 'It was undone 1 time');
    expect(ban.check(onTask('deregister-target', 2), facts)).toEqual({ kind: 'allow' });
  });
});

describe('how long a ban lasts', () => {
  it('is none for what was never undone', () => {
    expect(length([])).toBeNull();
  });

  it('grows with each time, up to the longest', () => {
    const times = (n: number) => Array.from({ length: n }, (_, i) => now - 1000 * (n - i - 1));
    expect([1, 2, 3, 10, 11, 50].map((n) => length(times(n)))).toEqual([30, 60, 90, 300, 300, 300]);
  });

  it('counts from the last time, and ends exactly then', () => {
    expect(length([now - seconds(30) + 1])).toBe(30);
    expect(length([now - seconds(30)])).toBeNull();
  });

  it('loses one for each whole hour without an incident', () => {
    const many = Array.from({ length: 5 }, () => now - hours(3));
    const long = { ...limits, first: { hours: 1 }, most: { hours: 100 } };
    expect(length(many, [], long)).toBeNull();
    const longer = { ...long, first: { hours: 2 } };
    expect(length(many, [], longer)).toBe(4 * 3600);
  });

  it('does not decay while an incident is open, and adds up the times between', () => {
    const undone = [now - hours(3), now - hours(3)];
    const long = { first: { hours: 10 }, most: { hours: 100 }, decayEvery: { hours: 1 } };
    expect(length(undone, throughout, long)).toBe(20 * 3600);
    const between = [open(now - hours(4), now - minutes(150)), open(now - minutes(120), now - minutes(31))];
    expect(length(undone, between, long)).toBe(10 * 3600);
    const less = [open(now - minutes(120), now - minutes(29)), open(now - hours(4), now - minutes(150) - 1)];
    expect(length(undone, less, long)).toBe(20 * 3600);
  });

  it('does not count a time twice in which two incidents overlap', () => {
    const long = { first: { hours: 10 }, most: { hours: 100 }, decayEvery: { hours: 1 } };
    const overlapping = [open(now - hours(4), now - minutes(70)), open(now - hours(3), now - minutes(100))];
    expect(length([now - hours(3), now - hours(3)], overlapping, long)).toBe(10 * 3600);
    const still = [open(now - hours(4), now - minutes(50)), open(now - hours(3), now - minutes(100))];
    expect(length([now - hours(3), now - hours(3)], still, long)).toBe(20 * 3600);
  });

  it('decays between two times as well', () => {
    const long = { first: { hours: 10 }, most: { hours: 100 }, decayEvery: { hours: 1 } };
    expect(length([now - hours(5), now - hours(5), now], [], long)).toBe(10 * 3600);
    expect(length([now - hours(1), now - hours(1), now], [], long)).toBe(20 * 3600);
  });

  it('is gone at once where it decays at once', () => {
    expect(length([now - 1], [], { ...limits, decayEvery: { seconds: 0 } })).toBeNull();
  });

  const undone = fc
    .array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 12 })
    .map((ages) => ages.sort((a, b) => b - a).map((age) => now - age * 1000));
  const incidents = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 0, max: 9000 }))
      .map(([age, lasted]) => open(now - age * 1000, Math.min(now, now - age * 1000 + lasted * 1000))),
    { maxLength: 5 },
  );

  it('is never longer than the longest, never negative, and grows with the times', () => {
    const property = fc.property(undone, incidents, (times, past) => {
      const [last = now] = times.slice(-1);
      const until = banUntil(times, { ban: limits, incidents: past, now });
      const fewer = banUntil(times.slice(1), { ban: limits, incidents: past, now });
      if (until !== null) {
        expect(until).toBeGreaterThan(now);
        expect(until - last).toBeLessThanOrEqual(minutes(5));
      }
      if (fewer !== null) expect(until ?? 0).toBeGreaterThanOrEqual(fewer);
    });
    fc.assert(property);
  });

  it('decays to none', () => {
    const property = fc.property(undone, incidents, (times, past) => {
      const long = { first: { days: 10 }, most: { days: 900 }, decayEvery: { hours: 1 } };
      const later = now + hours(times.length);
      expect(banUntil(times, { ban: long, incidents: past, now: later })).toBeNull();
    });
    fc.assert(property);
  });
});

const taken = (n: number, id: string, incident = earlierIncident): PastAct => {
  const made = act(onTask('deregister-target', n), now - minutes(2), { incident, check: 'no-change' });
  return { ...made, order: order(onTask('deregister-target', n), { id, incidentId: incident }) };
};
const back = (undoes: string, change: Partial<PastAct> = {}): PastAct => ({
  ...taken(1, `${undoes}-back`),
  at: now - seconds(10),
  order: order(onTask('register-target', 1), { id: `${undoes}-back`, undoes }),
  result: done(now - seconds(10)),
  ...change,
});
const check = (...acts: readonly PastAct[]) =>
  ban.check(onTask('deregister-target', 1), guardFacts({ history: history({ acts, incidents: throughout }) }));
const allow = { kind: 'allow' };

describe('ban', () => {
  it('holds what was undone, until the ban is over', () => {
    const verdict = check(taken(1, '1'), back('1'));
    says(verdict, 'hold', 'action.banned', 'undone 1 time, the last 10 s ago', 'banned for 20 s more');
    expect(verdict).toMatchObject({ until: now + seconds(20) });
  });

  it('counts each time', () => {
    const verdict = check(taken(1, '2'), back('2'), taken(1, '1'), back('1', { at: now - seconds(40) }));
    says(verdict, 'hold', 'action.banned', 'undone 2 times, the last 10 s ago', 'banned for 50 s more');
  });

  it('is for that act on that subject alone', () => {
    expect(check(taken(2, '1'), back('1'))).toEqual(allow);
    expect(check(taken(1, '1'))).toEqual(allow);
    expect(check(taken(1, '1'), back('2'))).toEqual(allow);
  });

  it('tells orders of one incident from those of another', () => {
    expect(check(taken(1, '1', 'another'), back('1'))).toEqual(allow);
  });

  it('does not count a way back that was not made', () => {
    for (const result of [refused, unknown, null]) expect(check(taken(1, '1'), back('1', { result }))).toEqual(allow);
  });
});
