import { describe, expect, it } from 'vitest';
import type { ListedOwnAlarm } from '../../../lambdas/contract/own-alarm-list.ts';
import { addressed } from '../../../lambdas/pipeline/sweep/addressed.ts';
import { queriesByName, queriesFor } from '../../../lambdas/pipeline/sweep/alarm-queries.ts';
import { sweepLimits } from '../../../lambdas/pipeline/sweep/limits.ts';
import { missedAlarms } from '../../../lambdas/pipeline/sweep/missed.ts';
import { minutes, now } from '../build.ts';
import { errorsAlarm, firing, toCheckout } from './build.ts';

const own = (service: string, alarm: string, match: ListedOwnAlarm['match'] = 'exact'): ListedOwnAlarm => ({
  service,
  alarm,
  match,
  kind: 'latency',
});

describe('the questions for alarms', () => {
  it('ask for a hundred names at once, and for each name and prefix once', () => {
    const names = Array.from({ length: 101 }, (_, n) => `a${String(n).padStart(3, '0')}`);
    expect(queriesByName(names).map((query) => ('names' in query ? query.names.length : 0))).toEqual([100, 1]);
    const owned = [
      own('cart', 'slow'),
      own('checkout', 'slow'),
      own('cart', 'shop-', 'prefix'),
      own('pay', 'shop-', 'prefix'),
    ];
    expect(queriesFor(owned)).toEqual([{ names: ['slow'] }, { prefix: 'shop-' }]);
    expect(queriesFor([])).toEqual([]);
  });
});

describe('whose alarm fires', () => {
  it('is said by the names of our own, of this pipeline alone, composites included', () => {
    const all = [errorsAlarm, 'paramedic/other/checkout/errors', 'paramedic/test/cart/both'].map((name) =>
      firing(name),
    );
    expect(addressed(all, 'test', []).map(({ service, kind }) => [service, kind])).toEqual([
      ['checkout', null],
      ['cart', null],
    ]);
  });

  it("is said by the list for a team's own: all services that name it, by name or by prefix", () => {
    const owned = [own('cart', 'shop-slow'), own('checkout', 'shop-', 'prefix'), own('pay', 'shop-slo')];
    expect(addressed([firing('shop-slow')], 'test', owned).map(({ service, kind }) => [service, kind])).toEqual([
      ['cart', 'latency'],
      ['checkout', 'latency'],
    ]);
  });

  it('is told once of an alarm that was found twice', () => {
    expect(addressed([firing(errorsAlarm), firing(errorsAlarm)], 'test', [])).toHaveLength(1);
  });
});

describe('an alarm that fires', () => {
  const since = now - minutes(1);
  const missed = (change: Parameters<typeof toCheckout>[0] = {}, heardAt?: number) => {
    const heard = heardAt === undefined ? {} : { [errorsAlarm]: heardAt };
    return (
      missedAlarms([toCheckout({ since, ...change })], new Map([['checkout', heard]]), now, sweepLimits).length > 0
    );
  };

  it('is missed when nothing was ever heard of it, or of nothing but an earlier change', () => {
    expect(missed()).toBe(true);
    expect(missed({}, since - 1001)).toBe(true);
  });

  it('is not missed when just this change was heard of, to the second, or a later one', () => {
    expect(missed({}, since)).toBe(false);
    expect(missed({}, since - 1000)).toBe(false);
    expect(missed({}, since + 1)).toBe(false);
  });

  it('is left to its event for a minute', () => {
    expect(missed({ since: since + 1 })).toBe(false);
  });

  it('is left alone while its actions are disabled or suppressed', () => {
    expect(missed({ silenced: true })).toBe(false);
  });

  it('is not missed because another service, or another alarm, was heard of', () => {
    const heard = new Map([
      ['cart', { [errorsAlarm]: now }],
      ['checkout', { other: now }],
    ]);
    expect(missedAlarms([toCheckout()], heard, now, sweepLimits)).toHaveLength(1);
  });

  it('comes the sooner the longer it has fired, and by name then', () => {
    const alarms = [firing('b'), firing('a'), firing('c', { since: now - minutes(9) })];
    const all = alarms.map((alarm) => ({ alarm, service: 'checkout', kind: null }));
    expect(missedAlarms(all, new Map(), now, sweepLimits).map(({ alarm }) => alarm.name)).toEqual(['c', 'a', 'b']);
  });
});
