import { type Instant, inMillis, metricMinute } from '../../contract/time.ts';
import type { Symptoms } from '../../model/facts.ts';
import type { Case } from './hypothesis.ts';
import { servingTasks } from './serving.ts';
import type { Tally } from './tallies.ts';
import { minutesBetween } from './trouble.ts';

type Window = { readonly from: Instant; readonly until: Instant };

/** How long a task may take from its start into service before it can be expected to have logged for a whole window. */
const intoService = { minutes: 5 } as const;

/**
 * The tasks that were there through the whole window of the log lines: one that has only just come, as the replacement of
 * another, has few lines for a good reason. None when it cannot be told.
 */
export function throughout(given: Case, tallies: readonly Tally[]): readonly Tally[] {
  const { taskLogs } = given.evidence;
  if (taskLogs === null) return [];
  const latest = taskLogs.from - Math.max(inMillis(intoService), ...slowStarts(given));
  const old = tallies.filter(({ fact }) => fact.startedAt !== null && fact.startedAt <= latest);
  const then = fewestHealthy(given.symptoms, taskLogs);
  // Fewer healthy ones than old ones: some of these were not in service all the while.
  return then !== null && then >= old.length ? old : [];
}

/** A new target gets its full part of the requests only after so long, in ms. */
const slowStarts = ({ standing }: Case): readonly number[] =>
  (standing.routing ?? []).map(({ slowStart }) => inMillis(slowStart));

/**
 * Did a few tasks carry the load of all while their peers were on their way into service? Then they suffered from that, and
 * comparing them with the others says nothing.
 */
export function stoodAlone({ symptoms, standing }: Case, window: Window): boolean {
  const then = fewestHealthy(symptoms, window);
  return then !== null && then * 3 < servingTasks(standing).length * 2;
}

/** The newest metrics: what the load balancer compares targets by is younger, but still holds some of what these show. */
export const ofLate = ({ until }: Symptoms): Window => ({ from: until - 3 * metricMinute, until });

/** The fewest healthy targets of any minute in the window, in the target group with most of them; null without a datapoint. */
function fewestHealthy(symptoms: Symptoms, { from, until }: Window): number | null {
  const minutes = minutesBetween(symptoms, from - metricMinute + 1, until);
  const fewest = symptoms.groups.flatMap(({ series }) => {
    const counts = minutes.map((minute) => series.healthyHosts?.[minute] ?? null);
    // A minute without a datapoint between others is one without any target.
    return counts.every((count) => count === null) ? [] : [Math.min(...counts.map((count) => count ?? 0))];
  });
  return fewest.length === 0 ? null : Math.max(...fewest);
}
