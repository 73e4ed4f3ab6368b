import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Freeze } from '../../../lambdas/contract/settings.ts';
import { inMillis } from '../../../lambdas/contract/time.ts';
import { changeFreeze, frozenUntil } from '../../../lambdas/pipeline/guard/change-freeze.ts';
import { everyProposal, guardFacts, hours, minutes, now, settings, standing } from '../build.ts';
import { says } from './expect-verdict.ts';

const check = (...freezes: readonly Freeze[]) => ({
  at: (at: number) =>
    changeFreeze.check(
      everyProposal['deregister-target'],
      guardFacts({ standing: standing({ at }), settings: { ...settings(), freezes } }),
    ),
});
const once: Freeze = { from: now, until: now + hours(2), why: 'The sale is on.' };
/** Mondays at noon; `now` is one. */
const weekly: Freeze = { weekday: 1, minute: 720, lasts: { hours: 3 }, why: 'The books are closed.' };
const day = hours(24);
const allow = { kind: 'allow' };

describe('change-freeze', () => {
  it('denies from its beginning to its end, which is not part of it', () => {
    expect(check(once).at(now - 1)).toEqual(allow);
    expect(check(once).at(now)).toMatchObject({ kind: 'deny' });
    expect(check(once).at(now + hours(2) - 1)).toMatchObject({ kind: 'deny' });
    expect(check(once).at(now + hours(2))).toEqual(allow);
  });

  it('says why and until when', () => {
    says(check(once).at(now), 'deny', 'change.frozen', 'until 2026-01-05 14:00 UTC: The sale is on.');
    says(check(weekly).at(now + 7 * day), 'deny', 'change.frozen', 'until 2026-01-12 15:00 UTC: The books are closed.');
  });

  it('comes back every week', () => {
    for (const weeks of [-60, 0, 1, 500]) {
      const from = now + weeks * 7 * day;
      expect(check(weekly).at(from - 1)).toEqual(allow);
      expect(check(weekly).at(from)).toMatchObject({ kind: 'deny' });
      expect(check(weekly).at(from + hours(3) - 1)).toMatchObject({ kind: 'deny' });
      expect(check(weekly).at(from + hours(3))).toEqual(allow);
    }
  });

  it('lasts over the end of the week', () => {
    const weekend: Freeze = { weekday: 5, minute: 16 * 60, lasts: { hours: 64 }, why: 'Weekend.' };
    expect(check(weekend).at(Date.UTC(2026, 0, 9, 15, 59))).toEqual(allow);
    expect(check(weekend).at(Date.UTC(2026, 0, 9, 16))).toMatchObject({ kind: 'deny' });
    expect(check(weekend).at(Date.UTC(2026, 0, 12, 7, 59))).toMatchObject({ kind: 'deny' });
    expect(check(weekend).at(Date.UTC(2026, 0, 12, 8))).toEqual(allow);
  });

  it('holds on Sundays from midnight on', () => {
    const sunday: Freeze = { weekday: 0, minute: 0, lasts: { days: 1 }, why: 'Sunday.' };
    expect(check(sunday).at(Date.UTC(2026, 0, 11) - 1)).toEqual(allow);
    expect(check(sunday).at(Date.UTC(2026, 0, 11))).toMatchObject({ kind: 'deny' });
    expect(check(sunday).at(Date.UTC(2026, 0, 12))).toEqual(allow);
  });

  it('names the one that lasts longest', () => {
    says(check(once, weekly).at(now), 'deny', 'change.frozen', '15:00 UTC: The books are closed.');
    says(check(weekly, once).at(now), 'deny', 'change.frozen', '15:00 UTC: The books are closed.');
  });

  it('holds for every act, and not where none is configured', () => {
    expect(check().at(now)).toEqual(allow);
    const facts = guardFacts({ settings: { ...settings(), freezes: [once] } });
    for (const proposal of Object.values(everyProposal)) expect(changeFreeze.check(proposal, facts).kind).toBe('deny');
  });

  it('always ends by the time it says, and holds as long each week as it is told to', () => {
    const freeze = fc.record({
      weekday: fc.integer({ min: 0, max: 6 }),
      minute: fc.integer({ min: 0, max: 1439 }),
      lasts: fc.integer({ min: 1, max: 7 * 1440 - 1 }).map((length) => ({ minutes: length })),
    });
    const property = fc.property(freeze, fc.integer({ min: 0, max: 4_000_000_000_000 }), (given, at) => {
      const weekly = { ...given, why: 'Because.' };
      const until = frozenUntil(weekly, at);
      const begins = new Date(at);
      begins.setUTCDate(begins.getUTCDate() - begins.getUTCDay() + given.weekday);
      begins.setUTCHours(0, given.minute, 0, 0);
      const latest = begins.getTime() <= at ? begins.getTime() : begins.getTime() - 7 * day;
      const end = latest + inMillis(given.lasts);
      expect(until).toBe(at < end ? end : null);
      if (until !== null) expect(frozenUntil(weekly, until)).toBeNull();
    });
    fc.assert(property);
  });

  it('holds at all times where it lasts for a week', () => {
    const always: Freeze = { weekday: 3, minute: 5, lasts: { days: 7 }, why: 'Never.' };
    for (let n = 0; n < 100; n++) expect(frozenUntil(always, now + n * minutes(120))).not.toBeNull();
  });
});
