import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../lambdas/model/evidence.ts';
import type { VerifyFacts } from '../../../lambdas/pipeline/verify/acted.ts';
import { verify } from '../../../lambdas/pipeline/verify/verify.ts';
import {
  deployment,
  logs,
  minute,
  now,
  settings,
  signal,
  standing,
  symptoms,
  target,
  task,
  taskId,
  upTo,
} from '../diagnose/build.ts';
import { acted, attempt, changed, facts, rolledBack, takenOut } from './build.ts';

const bad = { errors: 600 };
const later = (given: VerifyFacts, minutes: number): VerifyFacts => ({
  ...given,
  standing: { ...given.standing, at: given.standing.at + minutes * minute },
});

describe('taking a target out', () => {
  const check = (given: VerifyFacts, share = 1) => verify(takenOut(share), given).check;

  it('helped once a whole minute after it is quiet, and says the figures', () => {
    const seen = verify(takenOut(), facts({ symptoms: changed(bad, {}) }));
    expect(seen.check).toBe('helped');
    expect(seen.says).toContain('errors 10 % before, 0.1 % after');
  });
  it('is not judged by minutes that began before it', () => {
    // Metrics end where the act was: the quiet minutes before the trouble prove nothing.
    const given = facts({ symptoms: changed(bad, {}, acted) });
    expect(check(given)).toBe('not-yet');
    const half = { ...takenOut(), resultAt: acted + 1 };
    const oneMinute = facts({ symptoms: changed(bad, {}, acted + minute) });
    expect(verify(half, oneMinute).check).toBe('not-yet');
    expect(verify(takenOut(), oneMinute).check).toBe('helped');
  });
  it('needs a second quiet minute when the first is close to the threshold', () => {
    const near = (after: (ago: number) => object) => check(facts({ symptoms: changed(bad, after) }));
    expect(near((ago) => (ago === 2 ? { errors: 110 } : bad))).toBe('not-yet');
    expect(near((ago) => (ago <= 3 ? { errors: 110 } : bad))).toBe('helped');
  });
  it('did not help when the trouble goes on, which is not said before the deadline', () => {
    const given = facts({ symptoms: changed(bad, bad) });
    expect(check(given)).toBe('not-yet');
    expect(check(later(given, 2))).toBe('no-change');
  });
  it('never has less than the time every check may take', () => {
    const hasty = attempt(
      'deregister-target',
      { task: task(1).task, targets: [target(1).target] },
      { see: 'trouble-falls', share: 1, by: { minutes: 1 } },
    );
    expect(verify(hasty, facts({ symptoms: changed(bad, bad) })).check).toBe('not-yet');
  });
  it('cannot be judged without metrics, or by an alarm that too few requests keep quiet', () => {
    const none = { until: now, minutes: 0, groups: [], service: {} };
    expect(check(facts({ symptoms: none }))).toBe('not-yet');
    expect(check(later(facts({ symptoms: none }), 2))).toBe('cannot-tell');
    const trickle = changed({ ...bad, requests: 6000 }, { requests: 20, errors: 10 });
    expect(check(later(facts({ symptoms: trickle }), 2))).toBe('cannot-tell');
  });
  it('made it worse when errors grow clearly for two minutes', () => {
    const two = changed(bad, (ago) => (ago <= 3 ? { errors: 1200 } : bad));
    expect(check(facts({ symptoms: two }))).toBe('worse');
    const one = changed(bad, (ago) => (ago <= 2 ? { errors: 1200 } : bad));
    expect(check(facts({ symptoms: one }))).toBe('not-yet');
    const first = changed(bad, { errors: 1200 }, acted + minute);
    expect(check(facts({ symptoms: first }))).toBe('not-yet');
    const little = changed({ errors: 150 }, { errors: 270 });
    expect(check(facts({ symptoms: little }))).toBe('not-yet');
  });
  it('made it worse when answers take twice as long', () => {
    expect(check(facts({ symptoms: changed({ latency: 0.6 }, { latency: 1.3 }) }))).toBe('worse');
    expect(check(facts({ symptoms: changed({ latency: 0.6 }, { latency: 0.8 }) }))).toBe('not-yet');
  });
  it('made it worse when it leaves too few healthy tasks', () => {
    const few = standing(6, { targets: [2, 3].map((n) => target(n)) });
    expect(check(facts({ standing: few, symptoms: changed(bad, {}) }))).toBe('worse');
    // Putting one back would not mend this: others have gone since.
    const fewer = standing(6, { targets: [target(2)] });
    expect(check(facts({ standing: fewer, symptoms: changed(bad, {}) }))).toBe('helped');
  });
});

describe('an act on a trouble that only an alarm without a definition of ours tells of', () => {
  const none = { latency: null, errors: null, 'unhealthy-targets': null, 'no-capacity': null, 'below-desired': null };
  const bare = { ...settings, alarms: none };
  const own = (state: 'firing' | 'resolved', at: number) => signal('errors', { alarm: 'checkout-5xx', state, at });
  const fires = own('firing', acted - 3 * minute);
  const check = (given: VerifyFacts) => verify(takenOut(), given).check;

  it.each([
    ["a team's own alarm, with no alarm of ours", bare, fires],
    ["a team's own alarm, beside ours", settings, fires],
    ['a composite', settings, signal('combined', { at: acted - 3 * minute })],
    ['an alarm of ours that is configured no more', bare, signal('errors', { at: acted - 3 * minute })],
  ])('is not said to have helped while that one fires: %s', (_, given, firing) => {
    const quiet = facts({ settings: given, signals: [firing] });
    expect(verify(takenOut(), quiet)).toMatchObject({
      check: 'not-yet',
      says: expect.stringContaining(`There is no OK of ${firing.alarm} yet`),
    });
    expect(verify(takenOut(), later(quiet, 2))).toMatchObject({
      check: 'cannot-tell',
      says: expect.stringContaining(`no OK of ${firing.alarm}, and nothing else tells`),
    });
    expect(verify(rolledBack('update-service'), later(quiet, 17)).check).not.toBe('helped');
  });
  it('helped once that alarm has been OK after it', () => {
    expect(check(facts({ settings: bare, signals: [own('resolved', acted)] }))).toBe('helped');
    const trickle = symptoms((ago) => (ago > 10 ? {} : { requests: 20, errors: 0 }));
    expect(check(facts({ symptoms: trickle, signals: [own('resolved', acted)] }))).toBe('helped');
  });
  it('cannot be judged when no alarm says anything at all', () => {
    expect(check(facts({ settings: bare, signals: [] }))).toBe('not-yet');
    expect(check(later(facts({ settings: bare, signals: [] }), 2))).toBe('cannot-tell');
  });
  it('cannot be judged by one alarm that went quiet while another still fires', () => {
    const other = signal('latency', { alarm: 'checkout-slow', at: acted - minute });
    const given = facts({ settings: bare, signals: [own('resolved', acted + minute), other] });
    expect(check(later(given, 2))).toBe('cannot-tell');
  });
  it('did not help when an alarm of ours goes on breaching beside it', () => {
    const given = facts({ symptoms: changed(bad, bad), signals: [fires] });
    expect(check(given)).toBe('not-yet');
    expect(check(later(given, 2))).toBe('no-change');
  });
  it('helped by its share of the trouble, though one alarm cannot be OK until the last sick target is out', () => {
    const given = facts({ symptoms: changed(bad, { errors: 360 }), signals: [fires] });
    expect(verify(takenOut(0.5), given).check).toBe('helped');
  });
});

describe('taking one of several sick targets out', () => {
  it('helped when errors fell by about its share', () => {
    const fell = facts({ symptoms: changed(bad, { errors: 360 }) });
    expect(verify(takenOut(0.5), fell).check).toBe('helped');
    expect(verify(takenOut(1), fell).check).toBe('not-yet');
    expect(verify(takenOut(0.5), facts({ symptoms: changed(bad, { errors: 540 }) })).check).toBe('not-yet');
  });

  it('allows for the requests of that task, which the other sick ones get a part of', () => {
    const third = facts({ symptoms: changed(bad, { errors: 520 }) });
    expect(verify(takenOut(1 / 3), third).check).toBe('helped');
    expect(verify(takenOut(1 / 3), facts({ symptoms: changed(bad, { errors: 580 }) })).check).toBe('not-yet');
  });

  it('is measured against whole minutes of the trouble, not the one it began in', () => {
    const partly = symptoms((ago) => ({ errors: ago > 6 ? 6 : ago === 6 ? 200 : ago > 3 ? 600 : 400 }));
    expect(verify(takenOut(0.5), facts({ symptoms: partly })).check).toBe('helped');
  });

  const slow = (n: number): Evidence => ({
    kind: 'TaskSlow',
    source: 'task-logs',
    at: now,
    task: taskId(n),
    share: 0.5,
    peers: 0,
    pValue: 0,
    says: '',
  });
  /** Slow requests out of a thousand on task 2; the others are fine. */
  const slowNow = (rate: number, from = acted): VerifyFacts => {
    const evidence = logs([1000, 0, 500], [1000, 0, rate], [1000, 0, 0], [1000, 0, 0], [1000, 0, 0], [1000, 0, 0]);
    const { taskLogs } = evidence;
    if (taskLogs === null) throw new Error('no logs');
    return facts({
      symptoms: changed({ latency: 1 }, { latency: 0.9 }),
      evidence: { ...evidence, taskLogs: { ...taskLogs, from } },
    });
  };

  it('helped when the share of slow requests fell, which a percentile does not show', () => {
    expect(verify(takenOut(0.5, [slow(1), slow(2)]), slowNow(500)).check).toBe('helped');
    expect(verify(takenOut(0.5, [slow(1), slow(2)]), slowNow(900)).check).toBe('not-yet');
  });
  it('is not judged by log lines from before it', () => {
    expect(verify(takenOut(0.5, [slow(1), slow(2)]), slowNow(500, acted - 1)).check).toBe('not-yet');
  });
});

describe('replacing a task', () => {
  const replaced = attempt(
    'replace-task',
    { task: task(1).task, targets: [target(1).target] },
    { see: 'all-tasks-healthy', by: { minutes: 5 } },
  );
  const tasks = upTo(7)
    .map((n) => task(n))
    .slice(1);
  const targets = tasks.map((_, i) => target(i + 2));

  it('helped when the task is gone and every desired task is healthy, whatever the metrics', () => {
    expect(verify(replaced, facts({ standing: standing(6, { tasks, targets }) })).check).toBe('helped');
    const stopping = [task(1, { status: 'stopping' }), ...tasks];
    expect(verify(replaced, facts({ standing: standing(6, { tasks: stopping, targets }) })).check).toBe('helped');
  });
  it('is awaited while the task is there, or its successor not healthy', () => {
    expect(verify(replaced, facts({ standing: standing(6) })).check).toBe('not-yet');
    const initial = targets.map((each, i) => (i === 5 ? target(7, { state: 'initial' }) : each));
    const given = facts({ standing: standing(6, { tasks, targets: initial }) });
    expect(verify(replaced, given).check).toBe('not-yet');
    const [more, all] = [
      [...tasks, task(8)],
      [...targets, target(8, { state: 'initial' })],
    ];
    expect(verify(replaced, facts({ standing: standing(6, { tasks: more, targets: all }) })).check).toBe('not-yet');
    expect(verify(replaced, later(given, 2))).toEqual({
      check: 'no-change',
      says: 'The task is gone; 5 of 6 tasks are healthy.',
    });
  });
});

describe('rolling a deployment back', () => {
  const back = (over: object = {}) =>
    deployment(42, { id: 'back', startedAt: acted, finishedAt: now - 3 * minute, ...over });
  const given = (deployments: ReturnType<typeof back>[], metrics = changed(bad, {})) =>
    facts({ standing: standing(6, { deployments: [...deployments, deployment(42)] }), symptoms: metrics });
  const newer = deployment(43, { startedAt: now - 20 * minute, finishedAt: now - 15 * minute });

  it('helped when the deployment to the good release has finished and it is quiet after it', () => {
    expect(verify(rolledBack('update-service'), given([back(), newer])).check).toBe('helped');
  });
  it('is not judged by minutes from before the deployment finished', () => {
    const late = back({ finishedAt: now - minute });
    expect(verify(rolledBack('update-service'), given([late, newer])).check).toBe('not-yet');
  });
  it('is awaited while the deployment runs, and given up at its own deadline', () => {
    const running = given([back({ status: 'in-progress', finishedAt: null }), newer]);
    expect(verify(rolledBack('update-service'), running).check).toBe('not-yet');
    expect(verify(rolledBack('update-service'), given([newer])).check).toBe('not-yet');
    expect(verify(rolledBack('update-service'), later(running, 17)).check).toBe('no-change');
  });
  it('did not help when the trouble goes on after it finished', () => {
    const bare = given([back(), newer], changed(bad, bad));
    expect(verify(rolledBack('update-service'), bare).check).toBe('not-yet');
    expect(verify(rolledBack('update-service'), later(bare, 3)).check).toBe('no-change');
  });
  it('did not help when its deployment failed', () => {
    expect(
      verify(rolledBack('update-service'), given([back({ status: 'failed' }), newer], changed(bad, bad))).check,
    ).toBe('no-change');
  });
  it('follows the stopped deployment itself when AWS rolls it back', () => {
    const stopping = (status: 'rolling-back' | 'rolled-back') =>
      given([{ ...newer, status, finishedAt: status === 'rolled-back' ? now - 3 * minute : null }]);
    expect(verify(rolledBack('stop-running'), stopping('rolling-back')).check).toBe('not-yet');
    expect(verify(rolledBack('stop-running'), stopping('rolled-back')).check).toBe('helped');
  });
});

describe('putting a target back', () => {
  const putBack = attempt(
    'register-target',
    { task: task(1).task, targets: [target(1).target] },
    { see: 'registered', by: { minutes: 5 } },
  );

  it('helped when its targets are healthy or on the way to it', () => {
    const initial = standing(6, { targets: [target(1, { state: 'initial' })] });
    expect(verify(putBack, facts({ standing: initial })).check).toBe('helped');
    expect(verify(putBack, facts({ standing: standing(6) })).check).toBe('helped');
  });
  it('is awaited while they drain', () => {
    const draining = facts({ standing: standing(6, { targets: [target(1, { state: 'draining' })] }) });
    expect(verify(putBack, draining).check).toBe('not-yet');
    expect(verify(putBack, later(draining, 2)).check).toBe('no-change');
  });
});

describe('a check', () => {
  /** What the three minutes after the act were like: well, near a threshold, in trouble, or with too few requests. */
  const anyMinute = fc.record({
    errors: fc.constantFrom(0, 6, 110, 130, 600, 1200),
    latency: fc.constantFrom(0.1, 0.33, 0.41, 1, 3),
    requests: fc.constantFrom(20, 100, 6000),
  });
  const anyAct = fc.constantFrom(takenOut(), takenOut(0.5), rolledBack('update-service'), rolledBack('stop-running'));
  const aftermath = fc.tuple(anyMinute, anyMinute, anyMinute);

  it('is never open once its time is over, whatever the metrics say', () => {
    const property = fc.property(anyAct, aftermath, (act, after) => {
      const given = facts({ symptoms: changed(bad, (ago) => after[ago - 2] ?? {}) });
      expect(verify(act, later(given, 17)).check).not.toBe('not-yet');
    });
    fc.assert(property);
  });
  it('never says that it helped while the newest minute breaches, where the task had all of the trouble', () => {
    const property = fc.property(aftermath, (after) => {
      const [newest] = after;
      const breaches =
        (newest.requests >= 200 && newest.latency > 0.4) ||
        (newest.requests >= 50 && newest.errors / newest.requests > 0.02);
      const { check } = verify(takenOut(), facts({ symptoms: changed(bad, (ago) => after[ago - 2] ?? {}) }));
      if (breaches || newest.requests < 50) expect(check).not.toBe('helped');
    });
    fc.assert(property);
  });
  it('always says a sentence', () => {
    for (const each of [takenOut(), takenOut(0.5), rolledBack('update-service'), rolledBack('stop-running')]) {
      for (const metrics of [symptoms(() => ({})), changed(bad, bad), changed(bad, {})]) {
        expect(verify(each, facts({ symptoms: metrics })).says).toMatch(/^[A-Z].*\.$/);
      }
    }
  });
});
