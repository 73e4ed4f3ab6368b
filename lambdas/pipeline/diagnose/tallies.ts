import type { ServiceSettings } from '../../contract/settings.ts';
import type { TargetRef } from '../../contract/targets.ts';
import type { TaskFact, TaskReading } from '../../model/facts.ts';
import type { Case } from './hypothesis.ts';
import { servingTasks } from './serving.ts';
import type { Count } from './statistics.ts';

/** One task in service, and what its own log lines say of it over the window. */
export type Tally = TaskReading & {
  readonly fact: TaskFact;
  readonly targets: readonly TargetRef[];
  /** It ran through the whole window, so that it can be compared with its peers. */
  readonly settled: boolean;
};

/** Tasks in service with their counts, ordered by task; null when no log told of any. */
export function talliesOf({ standing, evidence: { taskLogs } }: Case): readonly Tally[] | null {
  if (taskLogs === null) return null;
  return servingTasks(standing)
    .flatMap(({ task, targets }): Tally[] => {
      const reading = taskLogs.readings.find((each) => each.task === task.task.task);
      if (reading === undefined) return [];
      const settled = task.startedAt !== null && task.startedAt <= taskLogs.from;
      return [{ ...reading, fact: task, targets: targets.map(({ target }) => target), settled }];
    })
    .sort((a, b) => (a.task < b.task ? -1 : 1));
}

/** What makes a single request a bad one. */
export type BadRequest = 'errors' | 'slow';

/** Counts are inexact, so that there may seem to be more bad requests than requests. */
export const countOf = (tally: TaskReading, bad: BadRequest): Count => ({
  bad: Math.min(tally[bad], tally.requests),
  of: tally.requests,
});

export const pool = (tallies: readonly TaskReading[], bad: BadRequest): Count =>
  tallies
    .map((tally) => countOf(tally, bad))
    .reduce((sum, each) => ({ bad: sum.bad + each.bad, of: sum.of + each.of }), { bad: 0, of: 0 });

export const rateOf = ({ bad, of }: Count): number => (of === 0 ? 0 : bad / of);

/**
 * The share of bad requests (0 to 1) the alarms put up with; null where no alarm watches them. A p95 may exceed its
 * threshold for one request in twenty.
 */
export function tolerated({ alarms, latencyPercentile }: ServiceSettings, bad: BadRequest): number | null {
  if (bad === 'errors') return alarms.errors === null ? null : alarms.errors.threshold / 100;
  const percentile = Number(/^p(\d+(?:\.\d+)?)$/.exec(latencyPercentile)?.[1] ?? '95');
  return alarms.latency === null ? null : 1 - percentile / 100;
}
