import { inMillis } from '../../lambdas/contract/time.ts';
import type { Published } from './adapters/notifier.ts';
import type { IncidentResult } from './result.ts';
import type { ServiceSpec } from './world/service-spec.ts';

/** Messages a topic may get within ten minutes; beyond it people stop reading. */
const mostMessages = 20;
const tenMinutes = 600_000;

/**
 * Never a flood, and no message twice. A function that dies between publishing and the note of it publishes again: SNS
 * knows no duplicates, so each of the `deaths` may cost one. One sentence per broken promise.
 */
export function messageViolations(published: readonly Published[], deaths: number): readonly string[] {
  const broken: string[] = [];
  const sent = new Map<string, number[]>();
  const ids = new Set<string>();
  for (const { at, message } of published) {
    const times = sent.get(message.topic) ?? [];
    sent.set(message.topic, times);
    if (at - (times.at(-1) ?? 0) < 1000) broken.push(`${message.topic} got two messages within a second.`);
    times.push(at);
    if (ids.has(message.id)) broken.push(`The message ${message.id} of ${message.dedupKey} was sent twice.`);
    ids.add(message.id);
  }
  const floods = [...sent].filter(([, times]) => isFlood(times));
  return [
    ...(broken.length > 2 * deaths ? broken : []),
    ...floods.map(([topic]) => `${topic} got more than ${mostMessages} messages within ten minutes.`),
  ];
}

const isFlood = (times: readonly number[]): boolean =>
  times.some((at, index) => at - (times[index - mostMessages] ?? Number.NEGATIVE_INFINITY) < tenMinutes);

/** An incident that nobody ended in the time it may take, and some more for the last look. */
export function endlessIncidents(
  incidents: readonly IncidentResult[],
  specs: readonly ServiceSpec[],
  /** Seconds since the start. */
  end: number,
): readonly string[] {
  return incidents
    .filter(({ outcome, openedAt, service }) => {
      const timing = specs.find(({ id }) => id === service)?.settings.timing;
      const longest = timing ? inMillis(timing.incidentWithin) + inMillis(timing.patience) : 0;
      return outcome === 'open' && end - openedAt > longest / 1000;
    })
    .map(({ id, service, openedAt }) => {
      const minutes = Math.round((end - openedAt) / 60);
      return `The incident ${id} of ${service} is still open after ${minutes} minutes.`;
    });
}
