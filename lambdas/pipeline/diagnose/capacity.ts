import { targetsOf } from '../../contract/targets.ts';
import { before, metricMinute } from '../../contract/time.ts';
import type { Standing, StoppedTaskFact, TargetFact, TaskFact } from '../../model/facts.ts';
import type { History, PastAct } from '../../model/incident-state.ts';
import type { Case } from './hypothesis.ts';
import { servingTasks } from './serving.ts';
import { minutesWithin } from './trouble.ts';

/** How far back capacity counts where no log window says so. */
const ofLate = 3 * metricMinute;

/** How much of the service is there, and what of the rest AWS is bringing back. Counted in tasks. */
export type Capacity = {
  readonly serving: number;
  /** Desired, not in service, and not taken out by Paramedic. */
  readonly missing: number;
  /** On their way into service. */
  readonly coming: number;
  /** Stopped of late by themselves or for their health, newest first. */
  readonly crashed: readonly StoppedTaskFact[];
  /** In a task of the service that still runs. */
  readonly unhealthy: readonly TargetFact[];
  /** More than a third of the tasks are not in service, or were not while the tasks were compared. */
  readonly short: boolean;
};

export function capacityOf(given: Case): Capacity {
  const { settings, standing, history } = given;
  const serving = servingTasks(standing).length;
  const since = before(standing.at, settings.timing.healingWithin);
  const running = standing.tasks.filter((task) => task.status === 'running');
  return {
    serving,
    missing: Math.max(0, standing.desired - serving - takenOut(given)),
    coming: Math.max(standing.pending, standing.tasks.filter((task) => isComing(task, standing.targets)).length),
    crashed: standing.stopped
      .filter((stopped) => stopped.stoppedAt >= since && isCrash(stopped) && !isOurs(stopped, history))
      .sort((a, b) => b.stoppedAt - a.stoppedAt),
    unhealthy: running.flatMap((task) =>
      targetsOf(task, standing.targets).filter((target) => target.state === 'unhealthy'),
    ),
    short: Math.min(serving, ...healthyOfLate(given)) * 3 < standing.desired * 2,
  };
}

/** Log lines come late: tasks that are back by now may still show how they fared while the others were away. */
function healthyOfLate({ standing, symptoms, evidence: { taskLogs } }: Case): readonly number[] {
  // A target group without targets, as the idle one of a blue/green pair, has no healthy ones for a good reason.
  const inUse = new Set(standing.targets.map(({ target }) => target.targetGroup));
  const groups = symptoms.groups.filter(({ targetGroup }) => inUse.has(targetGroup));
  const minutes = minutesWithin(symptoms, taskLogs ?? { from: symptoms.until - ofLate, until: symptoms.until });
  return minutes.flatMap((minute) =>
    groups.flatMap(({ series }) => {
      const healthy = series.healthyHosts?.[minute] ?? null;
      return healthy === null ? [] : [healthy];
    }),
  );
}

function isComing(task: TaskFact, targets: readonly TargetFact[]): boolean {
  if (task.status === 'starting') return true;
  const states = targetsOf(task, targets).map((target) => target.state);
  return task.status === 'running' && states.includes('initial');
}

/** Tasks we took out of the load balancer and did not put back, and tasks we stopped whose successor is not in service. */
function takenOut(given: Case): number {
  const { tasks } = given.standing;
  const out = new Map<string, PastAct>();
  for (const act of given.history.acts.toSorted((a, b) => a.at - b.at)) {
    const { kind, subject } = act.order.proposal;
    if (act.result?.kind === 'refused' || !('task' in subject)) continue;
    if (kind === 'register-target') out.delete(subject.task.task);
    else out.set(subject.task.task, act);
  }
  const serving = servingTasks(given.standing);
  const present = tasks.filter((task) => out.has(task.task.task) && !serving.some((each) => each.task === task)).length;
  const replaced = [...out].filter(([task, act]) => isReplaced(task, act, given.standing)).map(([, act]) => act.at);
  const successors = serving.filter(({ task }) => task.createdAt >= Math.min(...replaced));
  return present + Math.max(0, replaced.length - successors.length);
}

const isReplaced = (task: string, act: PastAct, { tasks, stopped }: Standing): boolean =>
  act.order.proposal.kind === 'replace-task' &&
  !tasks.some((fact) => fact.task.task === task) &&
  stopped.some((fact) => fact.task.task === task);

/** A deployment or a change of the desired count stops tasks as well, but nothing was wrong with those. */
const isCrash = ({ code, reason }: StoppedTaskFact): boolean =>
  code !== 'ServiceSchedulerInitiated' || /health check/i.test(reason);

const isOurs = (stopped: StoppedTaskFact, history: History): boolean =>
  history.acts.some(
    ({ order: { proposal }, result }) =>
      proposal.kind === 'replace-task' &&
      'task' in proposal.subject &&
      proposal.subject.task.task === stopped.task.task &&
      result?.kind !== 'refused',
  );
