import { after, before, type Duration, type Instant, inMillis } from '../../contract/time.ts';
import type { Message, PendingLine, SendRecord, Sent } from '../../model/message.ts';
import { digest } from './digest.ts';

/** How much a topic may be sent. SNS suspends an e-mail subscription that gets more than ten a second. */
export type FloodLimits = {
  readonly window: Duration;
  /** Messages in one window, digests included, and how many of them may be single ones. */
  readonly total: number;
  readonly singles: number;
  /** Between any two messages, and between two digests. */
  readonly spacing: Duration;
  readonly digestEvery: Duration;
};
export const floodLimits: FloodLimits = {
  window: { minutes: 10 },
  total: 20,
  singles: 10,
  spacing: { seconds: 1 },
  digestEvery: { minutes: 1 },
};

/** How long a message is remembered, so that it is not sent twice; and how many lines one digest has room for. */
const remembered: Duration = { hours: 1 };
const mostLines = 500;

export type Offered = {
  readonly send: readonly Message[];
  /** It will be told in a digest: `flush` until that says there is nothing to wait for. */
  readonly queued: boolean;
  /** Not 0: too soon after another message; offer it again after so many milliseconds. */
  readonly waitMillis: number;
};
export type Flushed = {
  /** One digest, or nothing. */
  readonly send: readonly Message[];
  /** Lines remain that no digest has told. */
  readonly waiting: boolean;
  /** When the next digest may go: ask again after so many milliseconds. */
  readonly waitMillis: number;
};
type Changed<T> = { readonly record: SendRecord; readonly result: T };

/**
 * May this message go out now? A message that was delivered is never given out again; one that was given out but not
 * confirmed (its sender crashed, or got no answer) is, so that nothing is lost. It counts each time: people may have got it.
 */
export function offer(given: SendRecord, message: Message, now: Instant, limits = floodLimits): Changed<Offered> {
  const record = forget(given, now);
  const answer = (send: readonly Message[], queued: boolean, waitMillis = 0): Changed<Offered> => ({
    record,
    result: { send, queued, waitMillis },
  });
  const tells = ({ id, tells }: Pick<Sent, 'id' | 'tells'>): boolean =>
    id === message.id || (tells?.includes(message.id) ?? false);
  if (record.sent.some((each) => each.delivered && tells(each))) return answer([], false);
  if (record.pending.some(tells)) return answer([], true);
  if (record.pending.length > 0 || isFull(record, now, limits)) {
    return {
      record: { ...record, pending: [...record.pending, lineOf(message)] },
      result: { send: [], queued: true, waitMillis: 0 },
    };
  }
  const wait = untilSpaced(record, now, limits);
  if (wait > 0) return answer([], false, wait);
  const sent: Sent = { id: message.id, at: now, digest: false, ...(message.tells ? { tells: message.tells } : {}) };
  return {
    record: { ...record, sent: [...record.sent, sent] },
    result: { send: [message], queued: false, waitMillis: 0 },
  };
}

/** The next digest of what is queued, once it may go. Lines stay queued until `delivered` says that it went. */
export function flush(given: SendRecord, topic: string, now: Instant, limits = floodLimits): Changed<Flushed> {
  const record = forget(given, now);
  if (record.pending.length === 0) return { record, result: { send: [], waiting: false, waitMillis: 0 } };
  const wait = untilDigest(record, now, limits);
  if (wait > 0) return { record, result: { send: [], waiting: true, waitMillis: wait } };
  const lines = record.pending.slice(0, mostLines);
  const message = digest(lines, topic, now);
  const sent: Sent = {
    id: message.id,
    at: now,
    digest: true,
    tells: lines.flatMap((each) => [each.id, ...(each.tells ?? [])]),
  };
  const waiting = record.pending.length > lines.length;
  return {
    record: { ...record, sent: [...record.sent, sent] },
    result: { send: [message], waiting, waitMillis: waiting ? inMillis(limits.digestEvery) : 0 },
  };
}

/**
 * The message was published: it is never given out again, and what it told is no longer queued. That may have taken a while,
 * and what follows keeps its distance from now on.
 */
export function delivered(record: SendRecord, message: Pick<Message, 'id'>, now: Instant): SendRecord {
  const last = record.sent.findLast((each) => each.id === message.id);
  if (last === undefined) return record;
  const told = last.tells ?? [];
  return {
    sent: [...record.sent.filter((each) => each !== last), { ...last, at: now, delivered: true }],
    pending: record.pending.filter((each) => !told.includes(each.id)),
  };
}

const forget = (record: SendRecord, now: Instant): SendRecord => ({
  ...record,
  sent: record.sent.filter((each) => each.at >= before(now, remembered)),
});

const inWindow = (record: SendRecord, now: Instant, { window }: FloodLimits): readonly Sent[] =>
  record.sent.filter((each) => each.at >= before(now, window));

function isFull(record: SendRecord, now: Instant, limits: FloodLimits): boolean {
  const lately = inWindow(record, now, limits);
  return lately.length >= limits.total || lately.filter((each) => !each.digest).length >= limits.singles;
}

/** Clocks of two functions differ a little: an entry from the future holds nobody up for longer than the spacing itself. */
const remaining = (since: Instant | undefined, length: Duration, now: Instant): number =>
  since === undefined ? 0 : Math.min(inMillis(length), Math.max(0, after(since, length) - now));

const untilSpaced = (record: SendRecord, now: Instant, { spacing }: FloodLimits): number =>
  remaining(record.sent.at(-1)?.at, spacing, now);

function untilDigest(record: SendRecord, now: Instant, limits: FloodLimits): number {
  const last = record.sent.findLast((each) => each.digest);
  const lately = inWindow(record, now, limits);
  // The window has room again when its oldest entries have left it, one millisecond after their time.
  const blocking = lately.length < limits.total ? undefined : lately[lately.length - limits.total];
  return Math.max(
    untilSpaced(record, now, limits),
    remaining(last?.at, limits.digestEvery, now),
    blocking === undefined ? 0 : remaining(blocking.at, limits.window, now) + 1,
  );
}

const lineOf = ({ topic: _topic, body: _body, kind: _kind, ...line }: Message): PendingLine => line;
