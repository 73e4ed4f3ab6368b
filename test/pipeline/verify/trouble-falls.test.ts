import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../lambdas/model/evidence.ts';
import type { Signal } from '../../../lambdas/model/signal.ts';
import type { VerifyFacts } from '../../../lambdas/pipeline/verify/acted.ts';
import { verify } from '../../../lambdas/pipeline/verify/verify.ts';
import { logs, minute, now, settings, signal, standing, target, task, taskId } from '../diagnose/build.ts';
import { acted, attempt, changed, facts, takenOut } from './build.ts';

const bad = { errors: 600 };
/** Acts were seen four minutes before `now`; checking them may take five. */
const deadline = now + minute;
const at = (given: VerifyFacts, instant: number): VerifyFacts => ({
  ...given,
  standing: { ...given.standing, at: instant },
});
const seen = (...args: Parameters<typeof changed>) => facts({ symptoms: changed(...args) });
const other = (alarm: string): Signal => signal('errors', { alarm, at: acted - minute });
const noMetrics = { until: now, minutes: 0, groups: [], service: {} };

describe('whether a trouble fell', () => {
  it('is said with the figures of every alarm on requests', () => {
    expect(verify(takenOut(), seen({ ...bad, latency: 1 }, {}))).toEqual({
      check: 'helped',
      says: 'No alarm breaches any more: latency 1 s before, 0.1 s after, errors 10 % before, 0.1 % after.',
    });
    expect(verify(takenOut(), seen({ latency: 1 }, { latency: 3 })).says).toBe(
      'It got worse: latency 1 s before, 3 s after, errors 0.1 % before, 0.1 % after.',
    );
    expect(verify(takenOut(0.5), seen(bad, { errors: 360 })).says).toMatch(
      /^The trouble fell by about this task's share: .*errors 10 % before, 6 % after\.$/,
    );
  });

  it('is left open to the deadline, and not a moment longer', () => {
    const given = seen(bad, bad);
    const figures = 'latency 0.1 s before, 0.1 s after, errors 10 % before, 10 % after.';
    expect(verify(takenOut(), at(given, deadline - 1))).toEqual({
      check: 'not-yet',
      says: `The trouble goes on: ${figures}`,
    });
    expect(verify(takenOut(), at(given, deadline))).toEqual({
      check: 'no-change',
      says: `The trouble goes on, 5 min after the act: ${figures}`,
    });
  });

  it('cannot be told without metrics', () => {
    const given = facts({ symptoms: noMetrics });
    expect(verify(takenOut(), given)).toEqual({
      check: 'not-yet',
      says: 'No whole minute of metrics is there yet.',
    });
    expect(verify(takenOut(), at(given, deadline))).toEqual({
      check: 'cannot-tell',
      says: 'After 5 min there are no metrics, or too few requests, to tell whether it helped.',
    });
  });

  it('cannot be told while alarms fire that only their own OK can prove quiet, and names them', () => {
    const given = facts({ symptoms: noMetrics, signals: [other('checkout-5xx'), other('checkout-slow')] });
    const [awaiting, over] = [verify(takenOut(), seenWith(given)), verify(takenOut(), at(seenWith(given), deadline))];
    expect(awaiting.says).toMatch(/^There is no OK of checkout-5xx, checkout-slow yet: /);
    expect(over.check).toBe('cannot-tell');
    expect(over.says).toMatch(
      /^After 5 min there is no OK of checkout-5xx, checkout-slow, and nothing else tells whether it helped: /,
    );
  });

  it('awaits the OK of another alarm only where the newest minute of our own is not bad', () => {
    const check = (...badMinutes: readonly number[]) =>
      verify(takenOut(), { ...seen(bad, (ago) => (badMinutes.includes(ago) ? bad : {})), signals: [other('5xx')] })
        .says;
    // Of the three minutes since the act, which began so long ago.
    expect(check(3)).toContain('no OK of 5xx yet');
    expect(check(2)).toMatch(/^The trouble goes on: /);
    expect(check(4, 2)).toMatch(/^The trouble goes on: /);
  });

  it('is not said to await an OK when no other alarm fires, though too few requests tell nothing', () => {
    const trickle = seen(bad, { requests: 20, errors: 0 });
    expect(verify(takenOut(), trickle).says).toBe('The trouble goes on.');
  });
});

const seenWith = (given: VerifyFacts): VerifyFacts => ({ ...given, symptoms: changed(bad, {}) });

describe("a task's share of the trouble", () => {
  const check = (share: number, given: VerifyFacts, because: readonly Evidence[] = []) =>
    verify(takenOut(share, because), given).check;

  it('is not enough where the task had nine tenths of it: nothing may remain', () => {
    const little = seen(bad, { errors: 180 });
    expect(check(1, little)).toBe('not-yet');
    expect(check(0.9, little)).toBe('not-yet');
    expect(check(0.89, little)).toBe('helped');
  });

  it('is not looked for in a trouble that began after the act', () => {
    expect(check(0.5, seen({}, { errors: 200 }))).toBe('not-yet');
  });

  it('is looked for in requests, whatever targets were unhealthy', () => {
    expect(check(0.5, seen({ ...bad, unhealthy: 1 }, { errors: 360, unhealthy: 1 }))).toBe('helped');
  });

  it('must be gone from every alarm that was in trouble', () => {
    expect(check(0.5, seen({ ...bad, latency: 1 }, { errors: 360, latency: 0.9 }))).toBe('not-yet');
    expect(check(0.5, seen({ ...bad, latency: 1 }, { errors: 600, latency: 0.1 }))).toBe('not-yet');
  });

  it('is not known when too few requests are left to tell', () => {
    expect(check(0.5, seen(bad, { requests: 20, errors: 10 }))).toBe('not-yet');
  });

  it('is gone from a percentile when half of it is gone from the slow requests', () => {
    const slow = [1, 2].map(
      (n): Evidence => ({
        kind: 'TaskSlow',
        source: 'task-logs',
        at: now,
        task: taskId(n),
        share: 0.75,
        peers: 0,
        pValue: 0,
        says: '',
      }),
    );
    const remaining = (slowOfTwo: number): VerifyFacts => {
      const evidence = logs([0, 0, 0], [1000, 0, slowOfTwo], [1000, 0, 0], [1000, 0, 0], [1000, 0, 0], [0, 0, 0]);
      return { ...seen({ latency: 1 }, { latency: 0.9 }), evidence };
    };
    // A quarter of all requests were slow; of that 3/16 may remain.
    expect(check(0.5, remaining(750), slow)).toBe('helped');
    expect(check(0.5, remaining(751), slow)).toBe('not-yet');
    expect(check(0.5, remaining(750), [])).toBe('not-yet');
  });
});

describe('an act that leaves too few healthy tasks', () => {
  /** Tasks 2 to 6 of six, so many of them healthy. */
  const left = (healthy: number) =>
    [2, 3, 4, 5, 6].map((n) => target(n, { state: n < 2 + healthy ? 'healthy' : 'unhealthy' }));
  const given = (healthy: number) => facts({ standing: standing(6, { targets: left(healthy) }) });

  it('made it worse, and says the figures', () => {
    expect(verify(takenOut(), given(2))).toEqual({
      check: 'worse',
      says: 'Only 2 healthy tasks are left, and at least 3 must remain.',
    });
  });

  it('did not when just enough are left, or when putting the one back would not mend it', () => {
    expect(verify(takenOut(), given(3)).check).not.toBe('worse');
    expect(verify(takenOut(), given(1)).check).not.toBe('worse');
  });

  it('is judged by the floor that the guardrail keeps: 7 % of 100 tasks are 7', () => {
    const limits = { ...settings.limits, minHealthyTargets: { count: 1, share: 0.07 } };
    const targets = [2, 3, 4, 5, 6, 7, 8].map((n) => target(n));
    const world = facts({ settings: { ...settings, limits }, standing: standing(100, { targets }) });
    expect(verify(takenOut(), world).check).not.toBe('worse');
  });

  it('is one that takes a target out: no other can be put back', () => {
    const replaced = attempt(
      'replace-task',
      { task: task(1).task, targets: [target(1).target] },
      { see: 'trouble-falls', share: 1, by: { minutes: 5 } },
    );
    expect(verify(replaced, given(2)).check).not.toBe('worse');
  });
});
