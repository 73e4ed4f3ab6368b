import { type Instant, inMillis } from '../../../lambdas/contract/time.ts';
import type { Published } from '../adapters/notifier.ts';
import type { RunRecord } from '../run-record.ts';
import type { Breach, Invariant } from './invariant.ts';
import { toldIn } from './told.ts';

/**
 * Never a flood, and no message twice; the last one of a window is a summary. A function that dies between publishing and the
 * note of it publishes again, and so does one whose answer was lost: SNS knows no duplicates.
 */
export const messageRate: Invariant = {
  name: 'message-rate',

  broken(record) {
    const { published, deaths, lostAnswers } = record;
    const repeated = repetitions(published);
    return [
      ...(repeated.length > 2 * (deaths + lostAnswers) ? repeated : []),
      ...floods(record),
      ...published.flatMap((each) => incomplete(record, each)),
    ];
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

function floods({ published, messages: { most, window } }: RunRecord): readonly Breach[] {
  const sent = new Map<string, Instant[]>();
  return published.flatMap(({ at, message: { topic, kind, id } }) => {
    const times = sent.get(topic) ?? [];
    sent.set(topic, [...times, at]);
    const lately = times.filter((time) => at - time < inMillis(window)).length + 1;
    const within = `of ${topic} within ${inMillis(window) / 1000} s`;
    if (lately > most) return [{ at, says: `${id} was message ${lately} ${within}; ${most} are allowed.` }];
    return lately === most && kind !== 'summary'
      ? [{ at, says: `${id} was the last message ${within}, and no summary.` }]
      : [];
  });
}

/** A summary lists each incident it is about, with its service. */
function incomplete({ incidents }: RunRecord, { at, message }: Published): readonly Breach[] {
  if (message.kind !== 'summary') return [];
  const listed = toldIn(message);
  return message.dedupKey.split(',').flatMap((id) => {
    const service = incidents.find(({ incident }) => incident.id === id)?.incident.service;
    const isListed = listed.some(({ incident, headline }) => incident === id && headline.startsWith(`${service}: `));
    return isListed ? [] : [{ at, says: `The summary ${message.id} does not list ${id} of ${service}.` }];
  });
}
