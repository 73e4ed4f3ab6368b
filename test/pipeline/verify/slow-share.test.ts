import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../lambdas/model/evidence.ts';
import type { PastAct } from '../../../lambdas/model/incident-state.ts';
import type { VerifyFacts } from '../../../lambdas/pipeline/verify/acted.ts';
import { slowShare } from '../../../lambdas/pipeline/verify/slow-share.ts';
import { logs, noHistory, noLogs, now, standing, target, task, taskId } from '../diagnose/build.ts';
import { acted, facts, rolledBack, takenOut } from './build.ts';

const compared = (kind: 'TaskSlow' | 'TaskErrors', n: number, share: number): Evidence => ({
  kind,
  source: 'task-logs',
  at: now,
  task: taskId(n),
  share,
  peers: 0.1,
  pValue: 0,
  says: '',
});
const slow = (n: number, share: number): Evidence => compared('TaskSlow', n, share);
const failing = (n: number): Evidence => compared('TaskErrors', n, 0.9);
/** So many slow requests of 1,000 on tasks 1, 2, ... since the act. */
const seen = (slowOfEach: readonly number[], over: Partial<VerifyFacts> = {}) => {
  const evidence = logs(...slowOfEach.map((count): [number, number, number] => [1000, 0, count]));
  return facts({ evidence, ...over });
};
const since = (given: VerifyFacts, from: number): VerifyFacts => {
  const { taskLogs } = given.evidence;
  return { ...given, evidence: { ...given.evidence, taskLogs: taskLogs && { ...taskLogs, from } } };
};
const well = [0, 0, 0, 0, 0, 0];
/** The past act of an order like this one, which rests on `because`. */
const past = (because: readonly Evidence[], change: Partial<PastAct['order']> = {}): PastAct => {
  const { order, startedAt: at, result, check } = takenOut(0.5, because);
  return { incident: order.incidentId, at, result, check, order: { ...order, ...change } };
};

describe('the share of slow requests', () => {
  const share = (because: readonly Evidence[], given: VerifyFacts) => slowShare(takenOut(0.5, because), acted, given);

  it('before is that of the diagnosis, the tasks it did not name being like their peers', () => {
    expect(share([slow(1, 0.5), slow(2, 0.3)], seen(well))?.before).toBeCloseTo((0.5 + 0.3 + 4 * 0.1) / 6);
  });

  it('before counts a task once that is named twice, as it was named first', () => {
    const { order } = takenOut(0.5, [slow(1, 0.5), slow(1, 0.7)]);
    expect(share(order.proposal.because, seen(well))?.before).toBeCloseTo((0.5 + 5 * 0.1) / 6);
  });

  it('before counts slow tasks that were too many to be named', () => {
    const many: Evidence = {
      kind: 'TasksSick',
      source: 'ecs',
      at: now,
      tasks: 4,
      byZone: {},
      unnamed: { tasks: 2, slow: 0.4 },
      says: '',
    };
    expect(share([slow(1, 0.6), slow(2, 0.5), many], seen(well))?.before).toBeCloseTo(
      (0.6 + 0.5 + 2 * 0.4 + 2 * 0.1) / 6,
    );
    const more = { ...many, unnamed: { tasks: 9, slow: 0.4 } };
    expect(share([slow(1, 0.6), slow(2, 0.5), more], seen(well))?.before).toBeCloseTo((0.6 + 0.5 + 4 * 0.4) / 6);
  });

  it('before leaves out a task that no longer serves', () => {
    const targets = [3, 4, 5, 6].map((n) => target(n));
    const given = seen(well, { standing: standing(6, { targets }) });
    expect(share([slow(1, 0.5), slow(2, 0.3)], given)?.before).toBeCloseTo((0.5 + 4 * 0.1) / 5);
  });

  it('before rests on slowness only, whatever else the diagnosis saw', () => {
    expect(share([slow(1, 0.5), failing(2)], seen(well))?.before).toBeCloseTo((0.5 + 5 * 0.1) / 6);
  });

  it('before may rest on what an earlier act of the rung rested on, but of no other rung or incident', () => {
    const resting = (change: Partial<PastAct['order']>) =>
      share([], seen(well, { history: { ...noHistory, acts: [past([slow(1, 0.5)], change)] } }));
    expect(resting({})?.before).toBeCloseTo((0.5 + 5 * 0.1) / 6);
    expect(resting({ rung: 'another' })).toBeNull();
    expect(resting({ incidentId: 'another' })).toBeNull();
    expect(resting({ rung: 'another', incidentId: 'another' })).toBeNull();
  });

  it('after is that of the requests of all tasks that serve', () => {
    expect(share([slow(1, 0.5)], seen([0, 400, 100, 0, 0, 0]))?.after).toBeCloseTo(500 / 5000);
  });

  it('after leaves out the task that was taken out, though it is seen to serve yet', () => {
    const given = seen([1000, 400, 100, 0, 0, 0], { standing: standing(6) });
    expect(share([slow(1, 0.5)], given)?.after).toBeCloseTo(500 / 5000);
  });

  it('after counts a task that is healthy in one of its target groups, and none that is in no group', () => {
    const other = (n: number) => ({ targetGroup: 'other', id: `10.0.0.${n}`, port: 8080 });
    const targets = [
      target(2),
      target(2, { target: other(2), state: 'unhealthy' }),
      target(3),
      target(4, { state: 'unhealthy' }),
    ];
    const given = seen([0, 400, 100, 1000, 1000, 1000], { standing: standing(6, { targets }) });
    expect(share([slow(1, 0.5)], given)?.after).toBeCloseTo(500 / 2000);
  });

  it('after leaves out a task that is gone, though it has log lines', () => {
    const tasks = [1, 2, 3].map((n) => task(n));
    const given = seen([0, 400, 100, 1000, 1000, 1000], { standing: standing(6, { tasks }) });
    expect(share([slow(1, 0.5)], given)?.after).toBeCloseTo(500 / 2000);
  });

  it('is not known without logs, or while they reach back to before the act', () => {
    expect(share([slow(1, 0.5)], facts({ evidence: noLogs }))).toBeNull();
    expect(share([slow(1, 0.5)], since(seen(well), acted - 1))).toBeNull();
    expect(share([slow(1, 0.5)], since(seen(well), acted))).not.toBeNull();
  });

  it('is not known when no task had a request since', () => {
    expect(share([slow(1, 0.5)], facts({ evidence: logs([0, 0, 0], [0, 0, 0]) }))).toBeNull();
  });

  it('is not known when the diagnosis did not compare the tasks by slowness', () => {
    expect(share([], seen(well))).toBeNull();
    expect(share([failing(1)], seen(well))).toBeNull();
  });

  it('is not asked of an act on the whole service', () => {
    expect(slowShare(rolledBack('update-service'), acted, seen(well))).toBeNull();
  });
});
