import { inMillis } from '../../lambdas/contract/time.ts';
import type { Published } from './adapters/notifier.ts';
import type { IncidentResult } from './result.ts';
import type { ServiceSpec } from './world/service-spec.ts';

/** Messages a topic may get within ten minutes; beyond it people stop reading. */
const mostMessages = 20;
const tenMinutes = 600_000;

/** Never a flood, and no message twice. One sentence per broken promise. */
export function messageViolations(published: readonly Published[]): readonly string[] {
  const sentences = new Set<string>();
  const sent = new Map<string, number[]>();
  const ids = new Set<string>();
  for (const { at, message } of published) {
    const times = sent.get(message.topic) ?? [];
    sent.set(message.topic, times);
    if (at - (times.at(-1) ?? 0) < 1000) sentences.add(`${message.topic} got two messages within a second.`);
    times.push(at);
    if (times.filter((time) => time > at - tenMinutes).length > mostMessages)
      sentences.add(`${message.topic} got more than ${mostMessages} messages within ten minutes.`);
    const key = `${message.dedupKey} ${message.id}`;
    if (ids.has(key)) sentences.add(`The message ${message.id} of ${message.dedupKey} was sent twice.`);
    ids.add(key);
  }
  return [...sentences];
}

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
