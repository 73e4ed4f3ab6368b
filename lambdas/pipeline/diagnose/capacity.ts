import { targetsOf } from '../../contract/targets.ts';
import { before } from '../../contract/time.ts';
import type { Standing, StoppedTaskFact, TargetFact, TaskFact } from '../../model/facts.ts';
import type { History, PastAct } from '../../model/incident-state.ts';
import type { Case } from './hypothesis.ts';
import { servingTasks } from './serving.ts';

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
  };
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
  const present = [...out.keys()].filter((task) => tasks.some((fact) => fact.task.task === task)).length;
  const replaced = [...out].filter(([task, act]) => isReplaced(task, act, given.standing)).map(([, act]) => act.at);
  const successors = servingTasks(given.standing).filter(({ task }) => task.createdAt >= Math.min(...replaced));
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
