import { describe, expect, it } from 'vitest';
import { type WatchedAlarm, watchedAlarms } from '../../../lambdas/contract/alarms/watched.ts';
import type { AlarmKind } from '../../../lambdas/contract/names.ts';
import { fellBy, isWorse, levelSays, levels, withUnit } from '../../../lambdas/pipeline/verify/levels.ts';
import { aftermath } from '../../../lambdas/pipeline/verify/minutes.ts';
import { settings, symptoms } from '../diagnose/build.ts';
import { acted, actedAgo, facts } from './build.ts';

/** An alarm with this threshold. */
const alarm = (kind: AlarmKind, threshold = 2): WatchedAlarm => {
  const policy = { threshold, minimumRequests: 50, breaching: 2, of: 3 };
  const given = { ...settings, alarms: { ...settings.alarms, [kind]: policy } };
  const [found] = watchedAlarms(
    given,
    symptoms(() => ({})),
  ).filter(({ spec }) => spec.kind === kind);
  if (found === undefined) throw new Error(`no alarm on ${kind}`);
  return found;
};

describe('the level of an alarm', () => {
  /** Per alarm on requests, before and after the act. */
  const seen = (over: Parameters<typeof symptoms>[0]) => {
    const given = facts({ symptoms: symptoms(over) });
    const alarms = watchedAlarms(settings, given.symptoms);
    const found = levels(alarms, given.symptoms, acted, aftermath(given, acted));
    return Object.fromEntries(found.map(({ alarm, before, after }) => [alarm.spec.kind, { before, after }]));
  };
  const latency = (over: Parameters<typeof symptoms>[0]) => seen(over).latency;
  /** Slow by so many seconds in the minutes that began so long before the act; well in the others. */
  const slow = (seconds: Readonly<Record<number, number>>) =>
    latency((ago) => ({ latency: seconds[ago - actedAgo] ?? 0.1 }))?.before;

  it('is known of the alarms on requests only', () => {
    expect(Object.keys(seen(() => ({ unhealthy: 1 })))).toEqual(['latency', 'errors']);
  });

  it('before the act is the mean of the last three whole minutes of the trouble', () => {
    expect(slow({ 6: 9, 5: 9, 4: 1, 3: 2, 2: 6 })).toBe(3);
  });

  it('leaves out the minute in which the trouble began, unless there is no other', () => {
    expect(slow({ 3: 0.5, 2: 2 })).toBe(2);
    expect(slow({ 2: 0.5 })).toBe(0.5);
  });

  it('leaves out the minute of the act', () => {
    expect(slow({ 3: 2, 2: 2, 1: 2, 0: 9 })).toBe(2);
  });

  it('before the act is that of the last three minutes when none of them breached', () => {
    expect(slow({ 4: 0.4, 3: 0.1, 2: 0.2, 1: 0.3 })).toBeCloseTo(0.2);
  });

  it('is measured in minutes with enough requests only', () => {
    const gap = (ago: number) => ago === actedAgo + 2;
    const given = latency((ago) => ({
      latency: ago === actedAgo + 1 ? 0.3 : 0.1,
      ...(gap(ago) ? { requests: 20 } : {}),
    }));
    expect(given?.before).toBeCloseTo(0.2);
  });

  it('after the act is that of the newest two minutes', () => {
    expect(latency((ago) => ({ latency: ago / 10 }))?.after).toEqual([0.3, 0.2]);
  });

  it('is not known when the alarm says nothing before the act, or nothing after it', () => {
    const trickle = { requests: 20, errors: 0 };
    expect(seen((ago) => (ago > actedAgo ? trickle : {}))).toEqual({});
    expect(seen((ago) => (ago <= actedAgo ? trickle : {}))).toEqual({});
    expect(seen(() => trickle)).toEqual({});
  });
});

describe('a level is worse', () => {
  const worse = (kind: AlarmKind, before: number, after: readonly number[], threshold?: number) =>
    isWorse({ alarm: alarm(kind, threshold), before, after });

  it('when errors grew by half and by five points', () => {
    expect(worse('errors', 20, [30, 30])).toBe(true);
    expect(worse('errors', 20, [29.9, 29.9])).toBe(false);
    expect(worse('errors', 2, [7, 7])).toBe(true);
    expect(worse('errors', 2, [6.9, 6.9])).toBe(false);
    expect(worse('errors', 10, [16, 16])).toBe(true);
  });

  it('when answers take twice as long', () => {
    expect(worse('latency', 2, [4, 4])).toBe(true);
    expect(worse('latency', 2, [3.9, 3.9])).toBe(false);
  });

  it('only beyond its threshold', () => {
    expect(worse('errors', 1, [10, 10], 10)).toBe(false);
    expect(worse('errors', 1, [10.1, 10.1], 10)).toBe(true);
    expect(worse('latency', 0.1, [0.4, 0.4], 0.4)).toBe(false);
  });

  it('only when two minutes in a row say so', () => {
    expect(worse('errors', 20, [90])).toBe(false);
    expect(worse('errors', 20, [90, 20])).toBe(false);
    expect(worse('errors', 20, [20, 90])).toBe(false);
  });
});

describe('a level fell by a share', () => {
  const fell = (before: number, after: readonly number[], share: number, tasks: number) =>
    fellBy({ alarm: alarm('errors'), before, after }, share, tasks);

  it('when at least half of that share is gone', () => {
    expect(fell(10, [5, 5], 1, 6)).toBe(true);
    expect(fell(10, [5, 5.2], 1, 6)).toBe(false);
    expect(fell(10, [6, 4], 1, 6)).toBe(true);
  });

  it('less what the others get of its requests', () => {
    // Of half the trouble on one of six tasks, 60 % remain: 20 % less is half of what was to go.
    expect(fell(10, [7.9], 0.5, 6)).toBe(true);
    expect(fell(10, [8.1], 0.5, 6)).toBe(false);
  });

  it('never when nothing was to go: the others get as much trouble as it had', () => {
    expect(fell(10, [10], 0.5, 2)).toBe(false);
    expect(fell(10, [1], 0.1, 2)).toBe(false);
  });

  it('even where it was the only task', () => {
    expect(fell(10, [5], 1, 1)).toBe(true);
    expect(fell(10, [7.5], 0.5, 1)).toBe(true);
    expect(fell(10, [7.6], 0.5, 1)).toBe(false);
  });
});

describe('what is said of a level', () => {
  it('has the unit of its alarm, and no more digits than mean something', () => {
    expect(withUnit(alarm('errors'), 12.345)).toBe('12.3 %');
    expect(withUnit(alarm('errors'), 12)).toBe('12 %');
    expect(withUnit(alarm('latency'), 1.2345)).toBe('1.23 s');
  });

  it('is never more than all requests', () => {
    expect(withUnit(alarm('errors'), 130)).toBe('100 %');
    expect(withUnit(alarm('latency'), 130)).toBe('130 s');
  });

  it('names before and after', () => {
    expect(levelSays({ alarm: alarm('errors'), before: 12, after: [1, 2] })).toBe('errors 12 % before, 1.5 % after');
  });
});
