import { describe, expect, it } from 'vitest';
import type { Diagnosis, SickTask } from '../../../lambdas/model/diagnosis.ts';
import type { Evidence } from '../../../lambdas/model/evidence.ts';
import { concise } from '../../../lambdas/pipeline/diagnose/concise.ts';
import { now, standing, target, task, taskId, upTo } from './build.ts';

const slow = (n: number, share = n / 100): Evidence => ({
  kind: 'TaskSlow',
  source: 'task-logs',
  at: now,
  task: taskId(n),
  share,
  peers: 0,
  pValue: 0,
  says: `Task ${n} is slow.`,
});
const sick = (n: number): SickTask => ({ task: taskId(n), targets: [target(n).target], symptom: 'slow', share: 0.1 });
const world = standing(30, { tasks: upTo(30).map((n) => task(n, { zone: n <= 8 ? 'a' : n === 12 ? null : 'b' })) });
const found = (n: number, against: readonly Evidence[] = []): Diagnosis => ({
  kind: 'sick-target',
  sick: upTo(n).map(sick),
  because: upTo(n).map((each) => slow(each)),
  against,
  confidence: 0.9,
});

describe('a diagnosis', () => {
  it('names all sick tasks while they are ten at most', () => {
    expect(concise(found(10), world)).toEqual(found(10));
  });

  it('names the ten worst of more, and counts them all, by zone too', () => {
    const short = concise(found(12), world);
    const { because } = found(12);
    expect(short).toEqual({
      ...found(12),
      count: 12,
      sick: upTo(10).map(sick),
      because: [
        ...because.slice(0, 10),
        {
          kind: 'Shortened',
          source: 'task-logs',
          at: now,
          of: 'TaskSlow',
          all: 12,
          says: '2 more facts like that.',
        },
        {
          kind: 'TasksSick',
          source: 'ecs',
          at: now,
          tasks: 12,
          byZone: { a: 8, b: 3 },
          unnamed: { tasks: 2, slow: (0.11 + 0.12) / 2 },
          says: '12 tasks are sick; the 10 worst of them are named.',
        },
      ],
    });
  });

  it('tells ten facts of each kind, whatever it is, for and against', () => {
    const normal = (n: number): Evidence => ({ kind: 'NoData', source: 'metrics', at: n, of: `${n}`, says: `${n}` });
    const alike: Diagnosis = {
      kind: 'undetermined',
      because: upTo(11).flatMap((n) => [normal(n), slow(n)]),
      against: upTo(25).map(normal),
      confidence: 0.5,
    };
    const { because, against } = concise(alike, world);
    expect(because).toHaveLength(22);
    expect(because.slice(20)).toMatchObject([
      { kind: 'Shortened', of: 'NoData', all: 11, says: '1 more fact like that.' },
      { kind: 'Shortened', of: 'TaskSlow', all: 11 },
    ]);
    expect(against.map(({ says }) => says)).toEqual([...upTo(10).map(String), '15 more facts like that.']);
  });
});
