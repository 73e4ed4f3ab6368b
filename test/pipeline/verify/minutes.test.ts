import { describe, expect, it } from 'vitest';
import { type WatchedAlarm, watchedAlarms } from '../../../lambdas/contract/alarms/watched.ts';
import {
  aftermath,
  isQuiet,
  type MinuteState,
  minutesBetween,
  toldValue,
  wasTold,
} from '../../../lambdas/pipeline/verify/minutes.ts';
import { minute, settings, signal, symptoms } from '../diagnose/build.ts';
import { acted, changed, facts } from './build.ts';

/** What the newest minute says after this trouble, when it was like `now` ever since the act. */
const newest = (
  before: Parameters<typeof changed>[0],
  now: Parameters<typeof changed>[0],
  alarms: Partial<typeof settings.alarms> = {},
) => {
  const given = { ...settings, alarms: { ...settings.alarms, ...alarms } };
  return aftermath(facts({ settings: given, symptoms: changed(before, now) }), acted).states.at(-1);
};
const well = {};
const failing = { errors: 600 };
const slow = { latency: 1 };
const unhealthy = { unhealthy: 1 };

describe('a minute after an act', () => {
  it('is bad while an alarm on requests breaches, whatever was in trouble before', () => {
    expect(newest(failing, failing)).toBe('bad');
    expect(newest(slow, failing)).toBe('bad');
    expect(newest(well, failing)).toBe('bad');
  });

  it('is bad while an alarm on targets goes on breaching, but not when that one has only begun to', () => {
    expect(newest(unhealthy, unhealthy)).toBe('bad');
    expect(newest(failing, unhealthy)).toBe('good');
  });

  it('is good when nothing breaches and the alarms on requests have something to say', () => {
    expect(newest(failing, well)).toBe('good');
    expect(newest(well, well)).toBe('good');
  });

  it('is borderline from beyond four fifths of a threshold on', () => {
    // Of 6,000 requests; the threshold is 2 %.
    expect(newest(failing, { errors: 96 })).toBe('good');
    expect(newest(failing, { errors: 97 })).toBe('borderline');
  });

  it('says nothing when too few requests keep an alarm quiet that was in trouble', () => {
    expect(newest(slow, { requests: 199, errors: 0 })).toBe('untold');
    expect(newest(slow, { requests: 200, errors: 0 })).toBe('good');
    expect(newest({ ...failing, ...slow }, { requests: 199, errors: 0 })).toBe('untold');
    expect(newest(failing, { requests: 199, errors: 0 })).toBe('good');
    expect(newest(failing, { requests: 49, errors: 0 })).toBe('untold');
  });

  it('says something when one of the alarms on requests does, where none of them was in trouble', () => {
    expect(newest(well, { requests: 199, errors: 0 })).toBe('good');
    expect(newest(well, { requests: 49, errors: 0 })).toBe('untold');
  });

  it('says nothing of a trouble of targets when there are too few requests: it may show again in them', () => {
    expect(newest(unhealthy, { requests: 49, errors: 0 })).toBe('untold');
    expect(newest(unhealthy, well)).toBe('good');
  });

  it('is judged by targets alone where no alarm on requests is configured', () => {
    const targetsOnly = { errors: null, latency: null };
    expect(newest(unhealthy, well, targetsOnly)).toBe('good');
    expect(newest(well, well, targetsOnly)).toBe('untold');
  });

  it('is not judged by signals from before the act, nor by those of our own alarms', () => {
    const trickle = changed(failing, { requests: 20, errors: 0 });
    const fired = signal('errors', { at: acted - minute });
    expect(aftermath(facts({ symptoms: trickle, signals: [fired] }), acted).states.at(-1)).toBe('untold');
  });
});

describe('the minutes after an act', () => {
  const quiet = (states: readonly MinuteState[], unproven: readonly string[] = []) =>
    isQuiet({ states, unproven, minutes: [], troubled: [] });

  it.each<[boolean, readonly MinuteState[]]>([
    [true, ['good']],
    [true, ['bad', 'good']],
    [true, ['good', 'borderline']],
    [true, ['borderline', 'borderline']],
    [false, ['borderline']],
    [false, ['bad', 'borderline']],
    [false, ['untold', 'borderline']],
    [false, ['good', 'bad']],
    [false, ['good', 'untold']],
    [false, []],
  ])('are quiet (%s) when they are %j', (expected, states) => {
    expect(quiet(states)).toBe(expected);
  });

  it('are not quiet while an alarm fires that only its own OK can prove quiet', () => {
    expect(quiet(['good', 'good'], ['checkout-5xx'])).toBe(false);
  });

  it('tell something when any of them does', () => {
    const told = (...states: readonly MinuteState[]) => wasTold({ states, unproven: [], minutes: [], troubled: [] });
    expect(told('untold', 'bad', 'untold')).toBe(true);
    expect(told('untold', 'untold')).toBe(false);
    expect(told()).toBe(false);
  });

  it('are those that begin at or after the first instant, and before the second', () => {
    const given = symptoms(() => ({}));
    const ago = (minutes: number) => given.until - minutes * minute;
    expect(minutesBetween(given, ago(4), ago(2))).toEqual([56, 57]);
    expect(minutesBetween(given, ago(4) + 1, ago(2) + 1)).toEqual([57, 58]);
  });

  it('are compared with the ten minutes before the act, not with older ones', () => {
    const trouble = (first: number) =>
      aftermath(facts({ symptoms: symptoms((ago) => (ago >= first ? failing : {})) }), acted).troubled.length;
    expect(trouble(14)).toBe(1);
    expect(trouble(15)).toBe(0);
  });
});

describe("an alarm's value", () => {
  const errors = (requests: readonly (number | null)[]): WatchedAlarm => {
    const found = watchedAlarms(
      settings,
      symptoms(() => well),
    ).find(({ spec }) => spec.kind === 'errors');
    if (found === undefined) throw new Error('no alarm on errors');
    return { ...found, series: { requests, target2xx: requests, target5xx: requests.map(() => 0) } };
  };

  it('is there from its minimum of requests on', () => {
    expect([0, 1, 2].map((at) => toldValue(errors([49, 50, null]), at))).toEqual([null, 0, null]);
  });

  it('is not there where nothing was measured', () => {
    expect(toldValue({ ...errors([]), series: {} }, 0)).toBeNull();
  });
});
