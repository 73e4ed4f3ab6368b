import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TargetEvidence } from '../../../lambdas/model/facts.ts';
import { diagnose } from '../../../lambdas/pipeline/diagnose/diagnose.ts';
import { sickTarget } from '../../../lambdas/pipeline/diagnose/sick-target.ts';
import { routing } from '../build.ts';
import {
  aCase,
  deployment,
  hour,
  logs,
  minute,
  noLogs,
  now,
  release,
  signal,
  standing,
  symptoms,
  target,
  task,
  taskId,
  troubled,
  upTo,
} from './build.ts';

type Counts = readonly [number, number, number];
const fine: Counts = [1000, 1, 3];

/** Tasks with these counts, under the alarm that would fire. */
const withLogs = (kind: 'errors' | 'latency', ...counts: readonly Counts[]) =>
  aCase({
    standing: standing(counts.length),
    symptoms: troubled(kind === 'errors' ? { errors: 600 } : { latency: 1 }, 5, { healthy: counts.length }),
    evidence: logs(...counts),
    signals: [signal(kind)],
  });
const sickTasks = (given: ReturnType<typeof aCase>) => {
  const diagnosis = diagnose(given);
  return diagnosis.kind === 'sick-target' ? diagnosis.sick.map((sick) => sick.task) : diagnosis.kind;
};

describe('sick-target finds', () => {
  it('one slow task among six', () => {
    expect(sickTasks(withLogs('latency', fine, fine, [1000, 1, 480], fine, fine, fine))).toEqual([taskId(3)]);
  });
  it('one slow task among three', () => {
    expect(sickTasks(withLogs('latency', fine, [1000, 1, 480], fine))).toEqual([taskId(2)]);
  });
  it('one erring task among two', () => {
    expect(sickTasks(withLogs('errors', fine, [1000, 400, 3]))).toEqual([taskId(2)]);
  });
  it('two erring tasks among eight, worst first, with their shares', () => {
    const given = withLogs('errors', fine, [1000, 300, 3], fine, fine, [1000, 500, 3], fine, fine, fine);
    const diagnosis = sickTarget.weigh(given);
    if (diagnosis.kind !== 'sick-target') throw new Error('not a sick target');
    expect(diagnosis.sick.map((sick) => sick.task)).toEqual([taskId(5), taskId(2)]);
    expect(diagnosis.sick.map((sick) => sick.share)[0]).toBeCloseTo(5 / 8, 1);
    expect(diagnosis.sick.reduce((sum, sick) => sum + sick.share, 0)).toBeCloseTo(1, 9);
    expect(diagnosis.sick[0]?.targets).toEqual([target(5).target]);
  });
  it('one hung task of four, which logs nothing', () => {
    const given = withLogs('errors', fine, fine, [0, 0, 0], fine);
    expect(sickTasks(given)).toEqual([taskId(3)]);
    const [says] = sickTarget.weigh(given).because.filter((each) => each.kind === 'TaskSilent');
    expect(says?.says).toBe('Task 3aaaaaaa logged 0 requests in 3 min; its 3 peers 1,000 each.');
  });
  it('the second hung task, while the replacement of the first has few lines yet', () => {
    const tasks = upTo(6).map((n) => task(n, n === 6 ? { startedAt: now - 6 * minute } : {}));
    const given = withLogs('errors', fine, fine, [0, 0, 0], fine, fine, [150, 0, 0]);
    const healthy = symptoms((ago) => ({ unanswered: ago <= 5 ? 1000 : 0, healthy: ago <= 2 ? 6 : 5 }));
    expect(sickTasks({ ...given, standing: standing(6, { tasks }), symptoms: healthy })).toEqual([taskId(3)]);
  });
  it('a task that the load balancer finds anomalous, without any log', () => {
    const targets = upTo(6).map((n) => target(n, { anomaly: n === 4 ? 'anomalous' : 'normal' }));
    const given = aCase({ standing: standing(6, { targets }), symptoms: troubled({ errors: 600 }) });
    expect(sickTasks(given)).toEqual([taskId(4)]);
  });
  it('an anomalous task from which the load balancer takes requests away by itself, and says so', () => {
    const targets = upTo(6).map((n) => target(n, { anomaly: n === 4 ? 'anomalous' : 'normal' }));
    const groups = routing({ algorithm: 'weighted-random', anomalyMitigation: true }, [target(4).target.targetGroup]);
    const given = aCase({
      standing: standing(6, { targets, routing: groups }),
      symptoms: troubled({ errors: 600 }),
    });
    expect(sickTasks(given)).toEqual([taskId(4)]);
    const [fact] = sickTarget.weigh(given).because.filter(({ kind }) => kind === 'TargetAnomalous');
    expect(fact?.says).toMatch(/fails more than its peers, and sends it fewer requests by itself\.$/);
  });
  it('a task that logs a fifth of what its peers log, where requests are spread evenly', () => {
    const given = withLogs('errors', fine, fine, [200, 0, 0], fine);
    expect(sickTasks(given)).toEqual([taskId(3)]);
    for (const change of [
      { sticky: true },
      { algorithm: 'least-outstanding-requests' },
      { algorithm: 'weighted-random', anomalyMitigation: true },
    ] as const)
      expect(sickTasks({ ...given, standing: standing(4, { routing: routing(change) }) })).toBe('undetermined');
  });
  it('a task that logs nothing at all, however requests are spread', () => {
    const given = withLogs('errors', fine, fine, [0, 0, 0], fine);
    expect(sickTasks({ ...given, standing: standing(4, { routing: routing({ sticky: true }) }) })).toEqual([taskId(3)]);
  });
  it('no silent task while slow start keeps requests away from it', () => {
    const tasks = upTo(4).map((n) => task(n, n === 3 ? { startedAt: now - 12 * minute } : {}));
    const given = withLogs('errors', fine, fine, [200, 0, 0], fine);
    expect(sickTasks({ ...given, standing: standing(4, { tasks }) })).toEqual([taskId(3)]);
    const slow = routing({ slowStart: { seconds: 900 } });
    expect(sickTasks({ ...given, standing: standing(4, { tasks, routing: slow }) })).toBe('undetermined');
  });
  it('a sick task although a good release came in lately', () => {
    const deployments = [deployment(42, { startedAt: now - 20 * minute, finishedAt: now - 15 * minute })];
    const tasks = upTo(4).map((n) => task(n, { startedAt: now - 16 * minute }));
    const given = withLogs('errors', fine, [1000, 400, 3], fine, fine);
    expect(sickTasks({ ...given, standing: standing(4, { deployments, tasks }) })).toEqual([taskId(2)]);
  });
});

describe('sick-target says', () => {
  it('what a tired person understands, with the figures and an honest time', () => {
    const given = withLogs('errors', [212, 102, 0], [213, 0, 0], [212, 1, 0], [213, 0, 0], [212, 0, 0], [213, 0, 0]);
    const [evidence] = sickTarget.weigh(given).because.filter((each) => each.kind === 'TaskErrors');
    expect(evidence?.says).toBe('Task 1aaaaaaa failed 48 % of 212 requests; its 5 peers 0.1 % of 1,063.');
    expect(evidence?.at).toBe(given.evidence.taskLogs?.until);
    expect(evidence?.source).toBe('task-logs');
  });
});

describe('sick-target stays silent', () => {
  const quiet = (given: ReturnType<typeof aCase>) => expect(sickTarget.weigh(given).confidence).toBeLessThan(0.5);

  it('about a service of one task, which has no peers', () => quiet(withLogs('errors', [1000, 400, 3])));
  it('when all tasks suffer alike', () => quiet(withLogs('errors', ...upTo(6).map((): Counts => [1000, 400, 3]))));
  it('when half of four tasks suffer', () => quiet(withLogs('errors', fine, fine, [1000, 400, 3], [1000, 400, 3])));
  it('about a trifle that thousands of requests make significant', () =>
    quiet(withLogs('errors', ...upTo(5).map((): Counts => [100_000, 100, 3]), [100_000, 1500, 3])));
  it('about a task that is hardly worse than peers which are not well either', () =>
    quiet(withLogs('errors', ...upTo(5).map((): Counts => [20_000, 300, 3]), [20_000, 700, 3])));
  it('about a task that has just started, however it does', () => {
    const tasks = upTo(4).map((n) => task(n, n === 3 ? { startedAt: now - 2 * minute } : {}));
    quiet({ ...withLogs('errors', fine, fine, [1000, 400, 3], fine), standing: standing(4, { tasks }) });
  });
  it('below the minimum volume', () => quiet(withLogs('errors', [20, 0, 0], [20, 15, 0], [20, 0, 0])));
  it('about a target that has left the load balancer, whose old errors are still in the logs', () => {
    const targets = upTo(4).map((n) => target(n, { state: n === 2 ? 'draining' : 'healthy' }));
    quiet({ ...withLogs('errors', fine, [1000, 400, 3], fine, fine), standing: standing(4, { targets }) });
  });
  it('about an unhealthy target, whose task AWS replaces', () => {
    const targets = upTo(4).map((n) => target(n, { state: n === 2 ? 'unhealthy' : 'healthy' }));
    quiet({ ...withLogs('errors', fine, [1000, 400, 3], fine, fine), standing: standing(4, { targets }) });
  });
  it('about a task that came into service within the window and has few lines yet', () => {
    const tasks = upTo(4).map((n) => task(n, n === 3 ? { startedAt: now - 2 * minute } : {}));
    quiet({ ...withLogs('errors', fine, fine, [0, 0, 0], fine), standing: standing(4, { tasks }) });
  });
  it('about a silent task that started long ago but became healthy only now', () => {
    const given = withLogs('errors', fine, fine, [0, 0, 0], fine);
    quiet({ ...given, symptoms: symptoms((ago) => ({ errors: 600, healthy: ago <= 1 ? 4 : 3 })) });
  });
  it('about the few that carried the load of all while their peers came into service', () => {
    const given = withLogs('errors', fine, [1000, 400, 3], fine, fine, fine, fine);
    quiet({ ...given, symptoms: symptoms((ago) => ({ errors: 600, healthy: ago <= 2 ? 6 : 1 })) });
  });
  it('about the survivor that the load balancer finds anomalous after it carried the load of all', () => {
    const targets = upTo(3).map((n) => target(n, { anomaly: n === 1 ? 'anomalous' : 'normal' }));
    const alone = symptoms((ago) => ({ errors: ago <= 5 ? 2400 : 6, healthy: ago <= 5 ? 1 : 3 }));
    quiet(aCase({ standing: standing(3, { targets }), symptoms: alone }));
  });
  it('about slow tasks when the alarm complains of errors', () =>
    quiet(withLogs('errors', fine, [1000, 1, 480], fine)));
  it('when no task differs but one is called anomalous among two', () => {
    const targets = upTo(2).map((n) => target(n, { anomaly: n === 1 ? 'anomalous' : 'normal' }));
    quiet(aCase({ standing: standing(2, { targets }), symptoms: troubled({ errors: 600 }) }));
  });
  it('when the new tasks of a rollout are the sick ones, all of them alike: that is the release', () => {
    const fresh = {
      startedAt: now - 6 * minute,
      taskDefinition: release(43),
      containers: [{ container: 'app', digest: 'sha256:43' }],
    };
    const tasks = upTo(6).map((n) => task(n, n > 4 ? fresh : {}));
    const rollout = deployment(43, { status: 'in-progress', startedAt: now - 8 * minute, finishedAt: null });
    const given = withLogs('errors', fine, fine, fine, fine, [1000, 400, 3], [1000, 420, 3]);
    const sick = { ...given, standing: standing(6, { tasks, deployments: [rollout, deployment(42)] }) };
    quiet(sick);
    expect(diagnose(sick).kind).toBe('bad-deployment');
  });
});

/** Seeded, so that a failure can be repeated. */
const uniform = (seed: number) => {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};
/** A binomial count with the two percent of noise that counts from logs carry. */
const noisyCount = (of: number, rate: number, random: () => number): number => {
  const deviation = Math.sqrt(of * rate * (1 - rate)) + 0.02 * of * rate;
  const normal = Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random());
  return Math.max(0, Math.min(of, Math.round(of * rate + deviation * normal)));
};
const readings = (tasks: number, requests: number, rate: (n: number) => number, seed: number): TargetEvidence => {
  const random = uniform(seed);
  return logs(
    ...upTo(tasks).map((n): Counts => {
      const of = Math.max(1, Math.round(requests * (1 + 0.04 * (random() - 0.5))));
      return [of, noisyCount(of, rate(n), random), noisyCount(of, rate(n), random)];
    }),
  );
};

describe('sick-target by the thousand', () => {
  it('never fires on tasks that do not differ, whatever the rate and the volume', () => {
    for (let seed = 1; seed <= 700; seed++) {
      const random = uniform(seed);
      const tasks = 2 + Math.floor(random() * 7);
      const rate = [0.001, 0.01, 0.02, 0.05, 0.2, 0.6][Math.floor(random() * 6)] ?? 0;
      const evidence = readings(tasks, 30 + Math.floor(random() ** 3 * 20_000), () => rate, seed * 7919);
      const kind = random() < 0.5 ? 'errors' : 'latency';
      const given = { ...withLogs(kind, ...upTo(tasks).map(() => fine)), evidence };
      expect(sickTarget.weigh(given).confidence, `seed ${seed}`).toBeLessThan(0.5);
    }
  });

  it('finds the one task that fails ten times as much, in services of two to eight', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = uniform(seed);
      const tasks = 2 + Math.floor(random() * 7);
      const sick = 1 + Math.floor(random() * tasks);
      const evidence = readings(
        tasks,
        200 + Math.floor(random() * 5000),
        (n) => (n === sick ? 0.2 : 0.01),
        seed * 104729,
      );
      const given = { ...withLogs('errors', ...upTo(tasks).map(() => fine)), evidence };
      expect(sickTasks(given), `seed ${seed}`).toEqual([taskId(sick)]);
    }
  });

  it('says the same in whatever order tasks, targets and readings come', () => {
    const given = withLogs('errors', fine, [1000, 300, 3], fine, fine, [1000, 500, 3], fine, fine, [900, 2, 2]);
    const expected = sickTarget.weigh(given);
    const { taskLogs } = given.evidence;
    if (taskLogs === null) throw new Error('no logs');
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...given.standing.tasks], { minLength: 8 }),
        fc.shuffledSubarray([...given.standing.targets], { minLength: 8 }),
        fc.shuffledSubarray([...taskLogs.readings], { minLength: 8 }),
        (tasks, targets, shuffled) => {
          const shuffledCase = {
            ...given,
            standing: { ...given.standing, tasks, targets },
            evidence: { ...given.evidence, taskLogs: { ...taskLogs, readings: shuffled } },
          };
          expect(sickTarget.weigh(shuffledCase)).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('needs no logs to say nothing', () => {
    const given = aCase({
      evidence: noLogs,
      symptoms: troubled({ errors: 600 }),
      standing: standing(6, { at: now + hour }),
    });
    expect(sickTarget.weigh(given).confidence).toBe(0);
  });
});
