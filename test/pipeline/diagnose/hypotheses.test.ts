import { describe, expect, it } from 'vitest';
import type { PastAct } from '../../../lambdas/model/incident-state.ts';
import type { Proposal } from '../../../lambdas/model/proposal.ts';
import { diagnose } from '../../../lambdas/pipeline/diagnose/diagnose.ts';
import type { Case } from '../../../lambdas/pipeline/diagnose/hypothesis.ts';
import {
  aCase,
  deployment,
  hour,
  logs,
  minute,
  noHistory,
  noLogs,
  now,
  release,
  settings,
  signal,
  standing,
  stopped,
  symptoms,
  target,
  task,
  troubled,
  upTo,
} from './build.ts';

type Counts = readonly [number, number, number];
const all = (tasks: number, counts: Counts) => logs(...upTo(tasks).map(() => counts));
const failing = all(6, [1000, 400, 3]);
const well = all(6, [1000, 1, 3]);
const kindOf = (given: Case) => diagnose(given).kind;

/** Six tasks on release 43, which came in so many minutes ago; `began` minutes ago trouble began. */
const released = (ago: number, began: number, over: Partial<Case> = {}): Case => {
  const deployments = [
    deployment(43, { startedAt: now - ago * minute, finishedAt: now - (ago - 4) * minute }),
    deployment(42),
  ];
  const tasks = upTo(6).map((n) =>
    task(n, {
      taskDefinition: release(43),
      containers: [{ container: 'app', digest: 'sha256:43' }],
      startedAt: now - (ago - 2) * minute,
    }),
  );
  return aCase({
    standing: standing(6, { deployments, tasks }),
    symptoms: troubled({ errors: 2400 }, began),
    evidence: failing,
    signals: [signal('errors', { at: now - Math.max(1, began - 3) * minute })],
    ...over,
  });
};

const act = (
  kind: 'roll-back-deployment' | 'replace-task' | 'deregister-target',
  minutesAgo: number,
  n = 1,
): PastAct => {
  const at = now - minutesAgo * minute;
  const subject =
    kind === 'roll-back-deployment'
      ? {
          service: { cluster: settings.resources.cluster, service: 'checkout' },
          deployment: 'deployment-43',
          from: release(43),
          way: 'update-service' as const,
          to: release(42),
          good: 'deployment-42',
        }
      : { task: task(n).task, targets: [target(n).target] };
  const proposal: Proposal = {
    key: `${kind}|${n}`,
    kind,
    subject,
    subjectName: '',
    rationale: '',
    because: [],
    expects: { see: 'registered', by: { minutes: 5 } },
    wayBack: { kind: 'none', says: '' },
  };
  return {
    incident: 'i',
    at,
    result: { kind: 'done', receipt: { kind: 'changed', at: at + 10_000, seen: '' } },
    check: null,
    order: {
      version: 1,
      id: 'o',
      incidentId: 'i',
      service: 'checkout',
      fence: 1,
      expiresAt: at,
      settings,
      proposal,
      load: null,
      rung: 'r',
      undoes: null,
    },
  };
};

describe('bad-deployment', () => {
  it('is a release whose tasks all suffer alike since it came in', () => {
    const diagnosis = diagnose(released(10, 5));
    expect(diagnosis).toMatchObject({
      kind: 'bad-deployment',
      deployment: 'deployment-43',
      taskDefinition: release(43),
    });
    expect(diagnosis.because.map((each) => each.says)).toContain('All 6 tasks suffer alike: 40 % of requests fail.');
  });
  it('is still recognised when it turns bad 25 minutes after it finished', () => {
    expect(kindOf(released(35, 5))).toBe('bad-deployment');
  });
  it('is not one that came in longer ago than a suspect may have, which is named', () => {
    const diagnosis = diagnose(released(80, 5));
    expect(diagnosis.kind).toBe('shared-cause');
    expect(diagnosis.because.some((each) => each.says.includes('checkout:43 was deployed'))).toBe(true);
  });
  it('is not one that began while the alarm was firing already', () => {
    expect(kindOf(released(10, 20))).toBe('shared-cause');
    expect(kindOf(released(10, 20, { signals: [signal('errors')] }))).toBe('shared-cause');
    const firing = signal('errors', { at: now - 11 * minute });
    expect(kindOf(released(10, 5, { signals: [firing] }))).toBe('shared-cause');
  });
  it('is not one that came in while the incident was open, though the alarm was quiet in between', () => {
    const firing = { signals: [signal('errors', { at: now - 4 * minute })] };
    const since = (openedAt: number, closedAt: number | null = null) => ({
      ...firing,
      history: { ...noHistory, incidents: [{ id: 'i', openedAt, closedAt }] },
    });
    const startedAt = now - 10 * minute;
    expect(kindOf(released(10, 5, firing))).toBe('bad-deployment');
    expect(kindOf(released(10, 5, since(startedAt)))).toBe('shared-cause');
    expect(kindOf(released(10, 5, since(startedAt + 1)))).toBe('bad-deployment');
    expect(kindOf(released(10, 5, since(startedAt - minute, now - minute)))).toBe('bad-deployment');
  });
  it('is not one that Paramedic began', () => {
    const history = { ...noHistory, acts: [act('roll-back-deployment', 10)] };
    expect(kindOf(released(10, 5, { history }))).toBe('shared-cause');
  });
  it.each(['rolled-back', 'stopped', 'failed'] as const)('is not one that ended %s', (status) => {
    const given = released(10, 5);
    const deployments = given.standing.deployments.map((d, i) => (i === 0 ? { ...d, status } : d));
    const tasks = upTo(6).map((n) => task(n));
    expect(kindOf({ ...given, standing: { ...given.standing, deployments, tasks } })).toBe('shared-cause');
  });
  it('is not a restart that brought the same images again', () => {
    const given = released(10, 5);
    const again = deployment(42, { id: 'again', startedAt: now - 10 * minute, finishedAt: now - 6 * minute });
    const tasks = upTo(6).map((n) => task(n, { startedAt: now - 8 * minute }));
    expect(kindOf({ ...given, standing: { ...given.standing, deployments: [again, deployment(42)], tasks } })).toBe(
      'shared-cause',
    );
  });
  it('is not what AWS went back to by itself', () => {
    const given = released(10, 5);
    const failed = deployment(44, {
      status: 'failed',
      rolledBackTo: release(43),
      startedAt: now - 20 * minute,
      finishedAt: now - 11 * minute,
    });
    const deployments = [...given.standing.deployments.slice(0, 1), failed, deployment(42)];
    expect(kindOf({ ...given, standing: { ...given.standing, deployments } })).toBe('shared-cause');
  });
  it('is not claimed without logs when the load balancer finds most of the targets anomalous', () => {
    const given = released(10, 5, { evidence: noLogs });
    const targets = upTo(6).map((n) => target(n, { anomaly: n > 2 ? 'anomalous' : 'normal' }));
    expect(kindOf({ ...given, standing: { ...given.standing, targets } })).toBe('undetermined');
  });
  it('is not to blame when traffic rose far beyond the usual', () => {
    const rose = troubled({ errors: 6000, requests: 15_000 });
    expect(kindOf(released(10, 5, { symptoms: rose }))).toBe('shared-cause');
  });
  it('needs no logs when the load balancer finds every target as bad as the others', () => {
    const given = released(10, 5, { evidence: noLogs });
    const targets = upTo(6).map((n) => target(n, { anomaly: 'normal' }));
    expect(kindOf({ ...given, standing: { ...given.standing, targets } })).toBe('bad-deployment');
    expect(kindOf(given)).toBe('undetermined');
  });
  it('is seen while it rolls out, when only the new tasks suffer', () => {
    const given = released(10, 5);
    const rollout = { ...deployment(43, { status: 'in-progress', startedAt: now - 6 * minute, finishedAt: null }) };
    const tasks = upTo(6).map((n) =>
      n > 3
        ? task(n, {
            taskDefinition: release(43),
            containers: [{ container: 'app', digest: 'sha256:43' }],
            startedAt: now - 2 * minute,
          })
        : task(n),
    );
    const evidence = logs([1000, 1, 1], [1000, 1, 1], [1000, 1, 1], [300, 120, 1], [300, 110, 1], [300, 130, 1]);
    const standing = { ...given.standing, deployments: [rollout, deployment(42)], tasks };
    const diagnosis = diagnose({ ...given, standing, evidence });
    expect(diagnosis.kind).toBe('bad-deployment');
    expect(diagnosis.because.map((each) => each.says)).toContain(
      '3 tasks on checkout:43 fail 40 % of requests; 3 tasks on the release before 0.1 %.',
    );
    // However much worse the new tasks do, the old ones had trouble of their own.
    const both = logs([1000, 150, 1], [1000, 150, 1], [1000, 150, 1], [300, 200, 1], [300, 200, 1], [300, 200, 1]);
    expect(kindOf({ ...given, standing, evidence: both })).not.toBe('bad-deployment');
    // When the old tasks suffer as well, the release is not to blame.
    expect(kindOf({ ...given, standing, evidence: failing })).toBe('shared-cause');
  });
});

describe('shared-cause', () => {
  const dependencyDown = aCase({ symptoms: troubled({ errors: 2400 }), evidence: failing });

  it('is trouble that every task has alike and no release explains', () => {
    const diagnosis = diagnose(dependencyDown);
    expect(diagnosis.kind).toBe('shared-cause');
    expect(diagnosis.because.map((each) => each.kind)).toEqual([
      'AlarmFiring',
      'TroubleBegan',
      'TargetsAlike',
      'DeploymentStarted',
    ]);
  });
  it('is overload, with the traffic per healthy target', () => {
    const diagnosis = diagnose({ ...dependencyDown, symptoms: troubled({ errors: 6000, requests: 18_000 }) });
    expect(diagnosis.kind).toBe('shared-cause');
    expect(diagnosis.because.find((each) => each.kind === 'TrafficRose')?.says).toBe(
      'Traffic rose 3-fold: 18,000 requests a minute (3,000 per healthy target), 6,000 before the trouble.',
    );
  });
  it('is seen by the load balancer alone when all of three or more targets are normal', () => {
    const targets = upTo(6).map((n) => target(n, { anomaly: 'normal' }));
    expect(kindOf({ ...dependencyDown, evidence: noLogs, standing: standing(6, { targets }) })).toBe('shared-cause');
  });
  it('is not claimed of unanswered requests the load balancer cannot see', () => {
    const targets = upTo(6).map((n) => target(n, { anomaly: 'normal' }));
    const given = { ...dependencyDown, evidence: noLogs, standing: standing(6, { targets }) };
    expect(kindOf({ ...given, symptoms: troubled({ unanswered: 1000 }) })).toBe('undetermined');
  });
  it('is not claimed when half of the tasks suffer and half are fine', () => {
    const bad: Counts = [1000, 400, 3];
    const half = logs([1000, 1, 3], [1000, 1, 3], [1000, 1, 3], bad, bad, bad);
    expect(kindOf({ ...dependencyDown, evidence: half })).toBe('undetermined');
  });
  it('is not claimed of a service of one task, which is alike with nobody', () => {
    expect(kindOf({ ...dependencyDown, standing: standing(1), evidence: all(1, [1000, 400, 3]) })).toBe('undetermined');
  });
  it('is every task silent while the load balancer sends requests', () => {
    expect(kindOf({ ...dependencyDown, symptoms: troubled({ unanswered: 6000 }), evidence: all(6, [0, 0, 0]) })).toBe(
      'shared-cause',
    );
  });
});

describe('worn-out', () => {
  const leak = (over: Partial<Case> = {}) =>
    aCase({
      symptoms: symptoms((ago) => ({ memory: 95 - ago / 2, ...(ago <= 6 ? { latency: 1 } : {}) })),
      evidence: all(6, [1000, 1, 400]),
      signals: [signal('latency')],
      ...over,
    });

  it('is old tasks whose memory has grown steadily to a high level', () => {
    const diagnosis = diagnose(leak());
    expect(diagnosis.kind).toBe('worn-out');
    expect(diagnosis.because.map((each) => each.kind)).toEqual(expect.arrayContaining(['TasksOld', 'MemoryGrew']));
  });
  it('is not trouble of young tasks', () => {
    const tasks = upTo(6).map((n) => task(n, n === 1 ? { startedAt: now - 3 * hour } : {}));
    expect(kindOf(leak({ standing: standing(6, { tasks }) }))).toBe('shared-cause');
  });
  it('is not flat, low or jumping memory', () => {
    const memory = (of: (ago: number) => number) =>
      leak({ symptoms: symptoms((ago) => ({ memory: of(ago), ...(ago <= 6 ? { latency: 1 } : {}) })) });
    expect(kindOf(memory(() => 90))).toBe('shared-cause');
    expect(kindOf(memory((ago) => 50 - ago / 2))).toBe('shared-cause');
    expect(kindOf(memory((ago) => 88 - ago / 20 + (ago % 2 === 0 ? 8 : -8)))).toBe('shared-cause');
  });
});

describe('aws-is-healing', () => {
  it('is a native rollback under way', () => {
    const given = released(10, 5);
    const deployments = given.standing.deployments.map((d, i) =>
      i === 0 ? { ...d, status: 'rolling-back' as const } : d,
    );
    expect(diagnose({ ...given, standing: { ...given.standing, deployments } })).toMatchObject({
      kind: 'aws-is-healing',
      what: 'rolling-back',
    });
  });
  it('is a crashed task that is being replaced', () => {
    const tasks = [...upTo(5).map((n) => task(n)), task(7, { status: 'starting', startedAt: null })];
    const targets = upTo(5).map((n) => target(n));
    const given = aCase({
      standing: standing(6, { tasks, targets, stopped: [stopped(6)] }),
      evidence: all(5, [1000, 1, 3]),
      symptoms: troubled({ errors: 600 }),
    });
    expect(diagnose(given)).toMatchObject({ kind: 'aws-is-healing', what: 'replacing-tasks' });
  });
  it('is the total crash, which has neither targets nor logs nor metrics', () => {
    const tasks = upTo(6).map((n) => task(n + 10, { status: 'starting', startedAt: null }));
    const given = aCase({
      standing: standing(6, { tasks, targets: [], stopped: upTo(6).map((n) => stopped(n)) }),
      symptoms: { until: now, minutes: 0, groups: [], service: {} },
      signals: [signal('no-capacity')],
    });
    expect(kindOf(given)).toBe('aws-is-healing');
  });
  it('is unhealthy targets, whose tasks the scheduler replaces', () => {
    const targets = upTo(6).map((n) => target(n, { state: n < 3 ? 'unhealthy' : 'healthy' }));
    const given = aCase({
      standing: standing(6, { targets }),
      signals: [signal('unhealthy-targets')],
      symptoms: troubled({ unhealthy: 2, healthy: 4 }),
    });
    expect(kindOf(given)).toBe('aws-is-healing');
  });
  it('is an alarm on the targets that lags behind, when all of them are healthy again', () => {
    const given = aCase({
      evidence: well,
      signals: [signal('unhealthy-targets')],
      symptoms: symptoms((ago) => ({ unhealthy: ago <= 5 && ago > 1 ? 1 : 0 })),
    });
    expect(kindOf(given)).toBe('aws-is-healing');
    expect(kindOf({ ...given, signals: [signal('errors')] })).not.toBe('aws-is-healing');
  });
  it('is a crash AWS has made good already, while the alarm still fires', () => {
    const given = aCase({
      standing: standing(6, { stopped: [stopped(9)] }),
      evidence: well,
      symptoms: troubled({ errors: 600 }),
    });
    expect(kindOf(given)).toBe('aws-is-healing');
  });
  it('is tasks that are all back while their logs still tell of the rush on the first of them', () => {
    const back = standing(6, { stopped: upTo(6).map((n) => stopped(n + 10, { stoppedAt: now - 9 * minute })) });
    const rush = symptoms((ago) => (ago <= 9 ? { errors: 2400, healthy: ago <= 2 ? 6 : 1 } : {}));
    expect(kindOf(aCase({ standing: back, symptoms: rush, evidence: failing }))).toBe('aws-is-healing');
  });
  it('is not what Paramedic took out itself', () => {
    const tasks = [...upTo(5).map((n) => task(n)), task(7, { status: 'starting', startedAt: null })];
    const targets = upTo(5).map((n) => target(n));
    const history = { ...noHistory, acts: [act('deregister-target', 5, 6), act('replace-task', 3, 6)] };
    const given = aCase({
      history,
      standing: standing(6, { tasks, targets, stopped: [stopped(6, { code: 'UserInitiated' })] }),
      evidence: all(5, [1000, 1, 3]),
    });
    expect(kindOf(given)).toBe('undetermined');
  });
  it('is a crash after Paramedic has replaced another task', () => {
    const successor = task(7, { createdAt: now - 3 * minute, startedAt: now - 3 * minute });
    const tasks = [...upTo(4).map((n) => task(n)), successor];
    const targets = [...upTo(4), 7].map((n) => target(n));
    const history = { ...noHistory, acts: [act('deregister-target', 8, 6), act('replace-task', 5, 6)] };
    const gone = [stopped(6, { code: 'UserInitiated' }), stopped(5, { stoppedAt: now - minute })];
    const given = aCase({ history, standing: standing(6, { tasks, targets, stopped: gone }) });
    expect(kindOf(given)).toBe('aws-is-healing');
    expect(diagnose(given).because.map((each) => each.kind)).toContain('CapacityLost');
  });
  it('is not overload, under which targets fail their health checks as well', () => {
    const targets = upTo(6).map((n) => target(n, { state: n <= 3 ? 'unhealthy' : 'healthy' }));
    const overload = troubled({ errors: 6000, requests: 18_000, unhealthy: 3, healthy: 3 });
    const given = aCase({ standing: standing(6, { targets }), symptoms: overload, evidence: failing });
    expect(kindOf(given)).toBe('shared-cause');
  });
  it('does not explain that all the others suffer, when one of six crashed', () => {
    const targets = upTo(5).map((n) => target(n));
    const given = aCase({
      standing: standing(6, { targets, tasks: upTo(5).map((n) => task(n)), stopped: [stopped(6)] }),
      evidence: all(5, [1000, 400, 3]),
      symptoms: troubled({ errors: 2400 }),
    });
    expect(kindOf(given)).toBe('shared-cause');
  });
  it('lets a sick task among the others be found', () => {
    const targets = upTo(5).map((n) => target(n));
    const evidence = logs([1000, 1, 1], [1000, 1, 1], [1000, 400, 1], [1000, 1, 1], [1000, 1, 1]);
    const given = aCase({
      standing: standing(6, { targets, tasks: upTo(5).map((n) => task(n)), stopped: [stopped(6)] }),
      evidence,
      symptoms: troubled({ errors: 600 }),
    });
    expect(kindOf(given)).toBe('sick-target');
  });
  it('is not a deployment that stops the tasks of the old release', () => {
    const stops = upTo(3).map((n) =>
      stopped(n + 10, {
        code: 'ServiceSchedulerInitiated',
        reason: 'Scaling activity initiated by (deployment ecs-svc/1)',
      }),
    );
    const given = aCase({ standing: standing(6, { stopped: stops }), symptoms: troubled({ errors: 600 }) });
    expect(kindOf(given)).toBe('undetermined');
  });
  it('is a task that the scheduler stopped for its failed health checks', () => {
    const sick = stopped(9, {
      code: 'ServiceSchedulerInitiated',
      reason: 'Task failed ELB health checks in (target-group checkout)',
    });
    const given = aCase({ standing: standing(6, { stopped: [sick] }), symptoms: troubled({ errors: 600 }) });
    expect(kindOf(given)).toBe('aws-is-healing');
  });
});

describe('undetermined', () => {
  it('is all that can be said with neither sense, and says what is missing', () => {
    const blind = { ...settings, senses: [], resources: { ...settings.resources, logs: null } };
    const diagnosis = diagnose(
      aCase({ settings: blind, symptoms: troubled({ latency: 1 }), signals: [signal('latency')] }),
    );
    expect(diagnosis.kind).toBe('undetermined');
    expect(diagnosis.because.map((each) => each.kind)).toEqual(
      expect.arrayContaining(['AlarmFiring', 'TroubleBegan', 'SenseMissing']),
    );
  });
  it('names a sense that failed', () => {
    const failed = { taskLogs: null, failed: [{ sense: 'task-logs' as const, because: 'throttled' }] };
    const diagnosis = diagnose(
      aCase({ evidence: failed, symptoms: troubled({ latency: 1 }), signals: [signal('latency')] }),
    );
    expect(diagnosis.because.map((each) => each.says)).toContain('task-logs could not be read: throttled.');
  });
  it('is a slow task without logs, however normal the load balancer finds the targets', () => {
    const targets = upTo(6).map((n) => target(n, { anomaly: 'normal' }));
    expect(
      kindOf(
        aCase({ standing: standing(6, { targets }), symptoms: troubled({ latency: 1 }), signals: [signal('latency')] }),
      ),
    ).toBe('undetermined');
  });
  it('is a tie of two that call for different things; waiting wins a tie', () => {
    const given = aCase();
    const base = { because: [], against: [], confidence: 0.8 };
    const shared = { kind: 'shared-cause' as const, weigh: () => ({ ...base, kind: 'shared-cause' as const }) };
    const worn = { kind: 'worn-out' as const, weigh: () => ({ ...base, kind: 'worn-out' as const }) };
    const healing = {
      kind: 'aws-is-healing' as const,
      weigh: () => ({ ...base, kind: 'aws-is-healing' as const, what: 'replacing-tasks' as const }),
    };
    expect(diagnose(given, [shared, worn]).kind).toBe('undetermined');
    expect(diagnose(given, [shared, healing]).kind).toBe('aws-is-healing');
    expect(diagnose(given, []).kind).toBe('undetermined');
  });
});

describe('every diagnosis', () => {
  it('survives the JSON it is recorded in', () => {
    for (const given of [aCase(), released(10, 5), released(80, 5)]) {
      const diagnosis = diagnose(given);
      expect(JSON.parse(JSON.stringify(diagnosis))).toEqual(diagnosis);
    }
  });
});
