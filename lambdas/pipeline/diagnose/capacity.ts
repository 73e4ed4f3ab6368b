import { targetsOf } from '../../contract/targets.ts';
import { before } from '../../contract/time.ts';
import type { StoppedTaskFact, TargetFact, TaskFact } from '../../model/facts.ts';
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

export function capacityOf({ settings, standing, history }: Case): Capacity {
  const serving = servingTasks(standing).length;
  const since = before(standing.at, settings.timing.healingWithin);
  const running = standing.tasks.filter((task) => task.status === 'running');
  return {
    serving,
    missing: Math.max(0, standing.desired - serving - takenOut(standing.tasks, standing.stopped, history)),
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

/** Tasks we took out of the load balancer and did not put back, and tasks we stopped whose replacement is awaited. */
function takenOut(tasks: readonly TaskFact[], stopped: readonly StoppedTaskFact[], history: History): number {
  const out = new Set<string>();
  for (const { order, result } of history.acts.toSorted(byTime)) {
    const { proposal } = order;
    if (result?.kind === 'refused' || !('task' in proposal.subject)) continue;
    const { task } = proposal.subject.task;
    if (proposal.kind === 'register-target') out.delete(task);
    else out.add(task);
  }
  const known = [...tasks, ...stopped].map(({ task }) => task.task);
  return [...out].filter((task) => known.includes(task)).length;
}

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

const byTime = (a: PastAct, b: PastAct): number => a.at - b.at;
