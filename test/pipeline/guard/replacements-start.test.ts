import { describe, expect, it } from 'vitest';
import type { Standing, StoppedTaskFact } from '../../../lambdas/model/facts.ts';
import type { Proposal } from '../../../lambdas/model/proposal.ts';
import { replacementsStart } from '../../../lambdas/pipeline/guard/replacements-start.ts';
import {
  cluster,
  deployment,
  everyProposal,
  guardFacts,
  hours,
  minutes,
  now,
  onTask,
  rollBack,
  seconds,
  standing,
  target,
  task,
  taskArn,
  taskDefinition,
} from '../build.ts';
import { says } from './expect-verdict.ts';

const stopped = (n: number, change: Partial<StoppedTaskFact> = {}): StoppedTaskFact => ({
  task: { cluster, task: taskArn(n) },
  taskDefinition: taskDefinition(42),
  createdAt: now - minutes(5),
  stoppedAt: now - minutes(4),
  code: 'EssentialContainerExited',
  reason: 'Exit 1',
  ...change,
});
const check = (change: Partial<Standing>, proposal: Proposal = onTask('deregister-target', 1)) =>
  replacementsStart.check(proposal, guardFacts({ standing: standing(change) }));
/** Six tasks, of which the last so many are missing. */
const missing = (n: number) => ({
  tasks: standing().tasks.slice(0, 6 - n),
  targets: standing().targets.slice(0, 6 - n),
});
const allow = { kind: 'allow' };
const finished = deployment(43, now - minutes(30));
const back = rollBack(finished, deployment(42, now - hours(72)));
const afterRelease = { deployments: [finished, deployment(42, now - hours(72))] };

describe('replacements-start', () => {
  it('holds while a new task has failed to start, and says how', () => {
    const verdict = check({ stopped: [stopped(7), stopped(8, { stoppedAt: now - minutes(2), reason: 'Exit 2' })] });
    says(verdict, 'hold', 'replacement.failing', '2 tasks failed to start', 'the last stopped 2 min ago: Exit 2.');
    expect(verdict).toMatchObject({ until: now + seconds(30) });
    says(
      check({ stopped: [stopped(7, { reason: '' })] }),
      'hold',
      'replacement.failing',
      '1 task',
      'EssentialContainer',
    );
  });

  it.each(['TaskFailedToStart', 'SpotInterruption', 'unknown'])('takes %s for a failure', (code) => {
    expect(check({ stopped: [stopped(7, { code })] }).kind).toBe('hold');
  });

  it('does not count what a person, a deployment or scaling has stopped', () => {
    expect(check({ stopped: [stopped(7, { code: 'UserInitiated', reason: 'health check' })] })).toEqual(allow);
    expect(check({ stopped: [stopped(7, { code: 'ServiceSchedulerInitiated', reason: 'Scaling' })] })).toEqual(allow);
    const failed = { code: 'ServiceSchedulerInitiated', reason: 'Task failed ELB health checks' };
    expect(check({ stopped: [stopped(7, failed)] }).kind).toBe('hold');
  });

  it('forgets failures as soon as a task that was created later is healthy', () => {
    const created = (createdAt: number) => ({
      stopped: [stopped(7)],
      tasks: [...standing().tasks.slice(1), task(1, { createdAt })],
    });
    expect(check(created(now - minutes(5)))).toEqual(allow);
    expect(check(created(now - minutes(5) - 1)).kind).toBe('hold');
    const unhealthy = { targets: [target(1, 'initial'), ...standing().targets.slice(1)] };
    expect(check({ ...created(now - minutes(3)), ...unhealthy }).kind).toBe('hold');
  });

  it('forgets failures after the time AWS may take to heal', () => {
    const at = (stoppedAt: number) => check({ stopped: [stopped(7, { createdAt: stoppedAt, stoppedAt })] });
    expect(at(now - minutes(15)).kind).toBe('hold');
    expect(at(now - minutes(15) - 1)).toEqual(allow);
  });

  it('takes a task that lived for longer for one that had started', () => {
    const lived = (life: number) =>
      check({ stopped: [stopped(7, { createdAt: now - minutes(4) - life, stoppedAt: now - minutes(4) })] });
    expect(lived(minutes(15)).kind).toBe('hold');
    expect(lived(minutes(15) + 1)).toEqual(allow);
  });

  it('does not count failures of a release that would not be started', () => {
    expect(check({ stopped: [stopped(7, { taskDefinition: taskDefinition(43) })] })).toEqual(allow);
    const unclear = { ...afterRelease, stopped: [stopped(7)] };
    expect(check({ ...unclear, deployments: [{ ...finished, status: 'failed' }] }).kind).toBe('hold');
  });

  it('holds while a task is starting for longer than is plausible', () => {
    const starting = (age: number, ...more: readonly number[]) => ({
      ...missing(1 + more.length),
      tasks: [
        ...missing(1 + more.length).tasks,
        ...[age, ...more].map((each, i) => task(9 - i, { status: 'starting', createdAt: now - each, startedAt: null })),
      ],
    });
    expect(check(starting(minutes(5)))).toEqual(allow);
    says(check(starting(minutes(6))), 'hold', 'replacement.failing', '1 task of 6 is starting, for up to 6 min.');
    says(check(starting(5, minutes(7))), 'hold', 'replacement.failing', '2 tasks of 6 are starting, for up to 7 min.');
    const old = { ...starting(minutes(6)), ...afterRelease };
    const pending = old.tasks.map((each) =>
      each.status === 'starting' ? { ...each, taskDefinition: taskDefinition(43) } : each,
    );
    expect(check(old, back).kind).toBe('hold');
    expect(check({ ...old, tasks: pending }, back)).toEqual(allow);
    expect(check({ ...old, tasks: pending }).kind).toBe('hold');
  });

  it('holds while tasks are missing and ECS starts none', () => {
    says(check(missing(1)), 'hold', 'replacement.failing', '1 task of 6 is missing, and ECS starts none.');
    says(check(missing(2)), 'hold', 'replacement.failing', '2 tasks of 6 are missing');
  });

  it('gives ECS a moment to start one', () => {
    const old = { createdAt: now - hours(30), code: 'UserInitiated' };
    expect(check({ ...missing(1), stopped: [stopped(7, { ...old, stoppedAt: now - seconds(30) + 1 })] })).toEqual(
      allow,
    );
    expect(check({ ...missing(1), stopped: [stopped(7, { ...old, stoppedAt: now - seconds(30) })] }).kind).toBe('hold');
    for (const status of ['starting', 'stopping'] as const) {
      const coming = [...missing(2).tasks, task(9, { status, createdAt: now - seconds(5) })];
      expect(check({ ...missing(2), tasks: coming })).toEqual(allow);
    }
  });

  it('holds everything that stops tasks, and the first act of its rung', () => {
    for (const kind of ['deregister-target', 'replace-task', 'restart-service'] as const)
      expect(check(missing(1), everyProposal[kind]).kind).toBe('hold');
    expect(check(missing(1), everyProposal['register-target'])).toEqual(allow);
  });

  it('lets a release whose tasks fail be taken back', () => {
    const looping = { ...afterRelease, ...missing(1), stopped: [stopped(7, { taskDefinition: taskDefinition(43) })] };
    expect(check(looping, back)).toEqual(allow);
    const running = { ...finished, status: 'in-progress', finishedAt: null } as const;
    const stop = rollBack(running, deployment(42, now - hours(72)), 'stop-running');
    expect(check({ ...looping, stopped: [stopped(7)] }, stop)).toEqual(allow);
  });

  it('does not go back to a release whose tasks fail', () => {
    expect(check({ ...afterRelease, stopped: [stopped(7)] }, back).kind).toBe('hold');
  });
});
