import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Published } from '../adapters/notifier.ts';
import type { Breach, Invariant } from './invariant.ts';

/** Messages a topic may get within ten minutes; beyond it people stop reading. */
const mostMessages = 20;
const tenMinutes = 600_000;

/**
 * Never a flood, and no message twice. A function that dies between publishing and the note of it publishes again, and so does
 * one whose answer was lost: SNS knows no duplicates.
 */
export const messageRate: Invariant = {
  name: 'message-rate',

  broken({ published, deaths, lostAnswers }) {
    const repeated = repetitions(published);
    return [...(repeated.length > 2 * (deaths + lostAnswers) ? repeated : []), ...floods(published)];
  },
};

function repetitions(published: readonly Published[]): readonly Breach[] {
  const last = new Map<string, Instant>();
  const ids = new Set<string>();
  return published.flatMap(({ at, message: { id, topic, dedupKey } }) => {
    const broken: Breach[] = [];
    const since = at - (last.get(topic) ?? 0);
    last.set(topic, at);
    if (since < 1000) broken.push({ at, says: `${topic} got two messages within a second.` });
    if (ids.has(id)) broken.push({ at, says: `The message ${id} of ${dedupKey} was sent twice.` });
    ids.add(id);
    return broken;
  });
}

function floods(published: readonly Published[]): readonly Breach[] {
  const sent = new Map<string, Instant[]>();
  return published.flatMap(({ at, message: { topic } }) => {
    const times = sent.get(topic) ?? [];
    sent.set(topic, [...times, at]);
    const before = times.at(-mostMessages) ?? Number.NEGATIVE_INFINITY;
    const flood = `${topic} got more than ${mostMessages} messages within ten minutes.`;
    return at - before < tenMinutes ? [{ at, says: flood }] : [];
  });
}
