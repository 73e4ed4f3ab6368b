import type { TaskReading } from '../../../lambdas/model/facts.ts';
import type { TaskLogs } from '../../../lambdas/ports/sight.ts';
import type { Random } from '../random.ts';
import type { Task } from '../world/task.ts';
import type { LineCounts } from '../world/task-lines.ts';
import type { World } from '../world/world.ts';

/** Lines are visible 30 to 60 s after they were written; only older ones surely are. */
const [visibleAfter, surelyVisibleAfter] = [30_000, 60_000];
/** How long a query takes, in ms. */
const [quickest, slowest] = [5000, 15_000];
/** A query answers for so many tasks at most. */
const mostTasks = 1000;
/** Counts are off by about this share. */
const noise = 0.02;

/** A Logs Insights query grouped by log stream, over the simulated account: one line per answered request. */
export const simulatedTaskLogs = (world: World): TaskLogs => ({
  async read({ id, resources }, tasks, from, until) {
    if (resources.logs === null) return null;
    const service = world.service(id);
    const asked = world.clock.now();
    const random = world.random.fork(`log query ${id} ${asked}`);
    await world.clock.sleep(Math.round(random.between(quickest, slowest)));
    const visible =
      asked - random.between(visibleAfter, surelyVisibleAfter) - (service.conditions.logsLate.newest ?? 0);
    const end = Math.max(from, Math.min(until, asked - surelyVisibleAfter));
    const second = (instant: number): number => Math.floor((instant - world.startedAt) / 1000);
    const known = new Map([...service.fleet.tasks, ...service.fleet.stopped].map((task) => [task.arn, task]));
    const [first, last] = [second(from), second(Math.min(end, visible))];
    const answered = tasks.slice(0, mostTasks);
    const readings = answered.map(({ task }) => {
      const second = known.get(task.task)?.lines.newest(first, last);
      // A line may have been written at the very end of its second.
      const newest = second === undefined ? null : world.startedAt + second * 1000 + 999;
      return { ...inexact(task.task, linesOf(known.get(task.task), first, last), random), newest };
    });
    // The newest line found says how far the lines reach. Without any there is nothing to tell late lines from silence by.
    const reach = Math.max(0, ...readings.map(({ newest }) => newest ?? 0));
    return { from, until: reach === 0 ? end : Math.min(end, reach + 1), readings };
  },
});

const linesOf = (task: Task | undefined, from: number, until: number): LineCounts =>
  task?.lines.count(from, until) ?? { requests: 0, errors: 0, slow: 0 };

function inexact(task: string, lines: LineCounts, random: Random): Omit<TaskReading, 'newest'> {
  const about = (count: number): number => Math.max(0, Math.round(count * (1 + noise * random.normal())));
  const requests = about(lines.requests);
  return {
    task,
    requests,
    errors: Math.min(requests, about(lines.errors)),
    slow: Math.min(requests, about(lines.slow)),
  };
}
