import type { MessageLimit } from '../../contract/settings.ts';
import { after, before, type Duration, type Instant, inMillis } from '../../contract/time.ts';
import type { Line, Message, SendRecord } from '../../model/message.ts';
import { summary } from './summary.ts';

/** Between two messages: an e-mail subscription is suspended above ten a second (https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html). */
const spacing: Duration = { seconds: 1 };

/** Between a summary and the message before it: what happens at once comes together in one. No call to SNS takes as long. */
const gathering: Duration = { minutes: 1 };

/** A message may reach people so much later than it was given out: as long as a call to SNS may take. */
const sending: Duration = { seconds: 10 };

/** How long a message is remembered, so that it is not sent twice. No window is longer. */
const remembered: Duration = { hours: 1 };

type Changed<T> = { readonly record: SendRecord; readonly result: T };

export type Offered = {
  /** To be published now: the message itself, or a summary. */
  readonly send: Message | null;
  /** Not 0: too soon after another message; offer it again after so many milliseconds. */
  readonly waitMillis: number;
};

/**
 * May this message go out now? The last message of a window is a summary: what comes when only that is left waits for it, and
 * whatever comes while anything waits, waits behind it. A message that was delivered is never given out again; one that was
 * given out but not confirmed (its sender crashed, or got no answer) is, so that nothing is lost. It counts each time: people
 * may have got it.
 */
export function offer(given: SendRecord, message: Message, now: Instant, limit: MessageLimit): Changed<Offered> {
  const record = forgetful(given, now);
  if (isTold(record, message.id)) return { record: given, result: { send: null, waitMillis: 0 } };
  if (record.pending.length > 0 || sentIn(record, now, limit).length >= limit.most - 1) {
    const flushed = flush(queued(record, message), message.topic, now, limit);
    return { record: flushed.record, result: { send: flushed.result, waitMillis: 0 } };
  }
  const waitMillis = untilAfterLast(record, spacing, now);
  if (waitMillis > 0) return { record: given, result: { send: null, waitMillis } };
  return { record: givenOut(record, message, now), result: { send: message, waitMillis: 0 } };
}

/** The summary of what waits, once it may go. It waits on until `delivered` says that the summary went. */
export function flush(given: SendRecord, topic: string, now: Instant, limit: MessageLimit): Changed<Message | null> {
  const record = forgetful(given, now);
  const sent = sentIn(record, now, limit);
  if (record.pending.length === 0 || sent.length >= limit.most || untilAfterLast(record, gathering, now) > 0)
    return { record: given, result: null };
  const first = sent.length === limit.most - 1 ? (sent[0]?.at ?? now) : null;
  const silentUntil = first === null ? null : after(after(first, limit.window), sending);
  const message = summary(record.pending, topic, now, limit, silentUntil);
  return { record: givenOut(record, message, now), result: message };
}

/**
 * The message was published: it is never given out again, and what it told waits no longer. That may have taken a while, and
 * what follows keeps its distance from now on.
 */
export function delivered(record: SendRecord, { id, tells = [] }: Message, now: Instant): SendRecord {
  const told = [...new Set([id, ...tells.map((each) => each.id)])];
  const last = record.sent.findLast((each) => each.id === id);
  return {
    sent: [...record.sent.filter((each) => each !== last), { id, at: now, told }],
    pending: record.pending.filter((line) => !told.includes(line.id)),
  };
}

const forgetful = (record: SendRecord, now: Instant): SendRecord => ({
  ...record,
  sent: record.sent.filter(({ at }) => at >= before(now, remembered)),
});

const isTold = ({ sent }: SendRecord, id: string): boolean => sent.some(({ told = [] }) => told.includes(id));

const givenOut = (record: SendRecord, { id }: Message, now: Instant): SendRecord => ({
  ...record,
  sent: [...record.sent, { id, at: now }],
});

/** With a line for each incident the message tells of, unless that one was told or waits already. */
function queued(record: SendRecord, message: Message): SendRecord {
  const { kind, severity, status, subject } = message;
  const lines = (message.tells ?? [message])
    .map(({ id, service, dedupKey }): Line => ({ id, kind, service, subject, severity, dedupKey, status }))
    .filter(({ id }) => !isTold(record, id) && !record.pending.some((line) => line.id === id));
  return { ...record, pending: [...record.pending, ...lines] };
}

/** What went in the window up to now. The window slides, so that no ten minutes ever have more than they may. */
const sentIn = ({ sent }: SendRecord, now: Instant, { window }: MessageLimit): SendRecord['sent'] =>
  sent.filter(({ at }) => at >= before(before(now, window), sending));

/** Clocks of two functions differ a little: an entry from the future holds nobody up for longer than the distance itself. */
function untilAfterLast({ sent }: SendRecord, distance: Duration, now: Instant): number {
  const last = sent.at(-1);
  return last === undefined ? 0 : Math.min(inMillis(distance), Math.max(0, after(last.at, distance) - now));
}
