import type { ServiceSettings } from '../../contract/settings.ts';
import { shortTask } from '../../contract/short-name.ts';
import { targetsOf } from '../../contract/targets.ts';
import { counted } from '../../contract/text.ts';
import { before, type Instant } from '../../contract/time.ts';
import type { TargetFact, TaskFact } from '../../model/facts.ts';
import type { LedgerEntry } from '../../model/ledger-entry.ts';
import type { OpenIncident } from '../../model/open-incident.ts';
import type { ServiceFacts } from '../../ports/sight.ts';
import type { SweepLimits } from './limits.ts';

/** Is it an incident that may have left tasks outside: nobody treats it any more, and it is not long past? */
export const isOver = (
  { status, closedAt }: OpenIncident,
  at: Instant,
  { aftermath }: Pick<SweepLimits, 'aftermath'>,
): boolean => status === 'handed-over' || (closedAt !== null && closedAt >= before(at, aftermath));

/** Did Paramedic do anything in it? What people did to their services is theirs. */
export const hasActed = (entries: readonly LedgerEntry[]): boolean =>
  entries.some(({ kind }) => kind === 'ActionStarted');

/**
 * Tasks that run, have had their time to be registered, and are in none of the target groups: they get no traffic, and ECS
 * replaces no task for that. By ARN, in order. None where the service is reached by other ways too, which cannot be seen.
 */
export function tasksOutside(
  { shape, tasks }: Pick<ServiceFacts, 'shape' | 'tasks'>,
  targets: readonly TargetFact[],
  { resources }: Pick<ServiceSettings, 'resources'>,
  at: Instant,
  { registering }: Pick<SweepLimits, 'registering'>,
): readonly string[] {
  const seen = shape.reachedBy.length > 0 && shape.reachedBy.every((way) => way === 'alb');
  if (!seen || resources.targetGroups.length === 0) return [];
  return tasks
    .filter((task) => runsFor(task, at, registering) && targetsOf(task, targets).length === 0)
    .map(({ task }) => task.task)
    .sort();
}

const runsFor = ({ status, startedAt }: TaskFact, at: Instant, registering: SweepLimits['registering']): boolean =>
  status === 'running' && startedAt !== null && startedAt <= before(at, registering);

/** Were people told of just these tasks the last time? Of none they were told while nothing was said. */
export function isKnown(entries: readonly LedgerEntry[], tasks: readonly string[]): boolean {
  const last = entries.findLast((entry) => entry.kind === 'TasksOutside');
  const told = last?.kind === 'TasksOutside' ? last.tasks : [];
  return told.length === tasks.length && told.every((task, index) => task === tasks[index]);
}

/** One sentence for ledger and message. */
export const outsideInWords = (tasks: readonly string[]): string =>
  tasks.length === 0
    ? 'No task runs outside of the load balancer any more.'
    : `${counted(tasks.length, 'task runs', 'tasks run')} outside of the load balancer: ${tasks.map(shortTask).join(', ')}.`;
