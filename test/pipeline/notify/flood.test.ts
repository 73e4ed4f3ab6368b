import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message, SendRecord } from '../../../lambdas/model/message.ts';
import { delivered, flush, offer } from '../../../lambdas/pipeline/notify/flood.ts';
import { message, minutes } from './build.ts';

const empty: SendRecord = { sent: [], pending: [] };
const limit = { most: 20, window: { minutes: 10 } };
const second = 1000;

/** A topic as its senders see it: one after the other, each confirms what it sent. */
class Topic {
  record = empty;
  readonly got: { readonly at: number; readonly message: Message }[] = [];
  readonly #limit: typeof limit;

  constructor(of = limit) {
    this.#limit = of;
  }

  offer(each: Message, now: number) {
    const { record, result } = offer(this.record, each, now, this.#limit);
    this.record = record;
    this.#send(result.send, now);
    return result;
  }

  flush(now: number) {
    const { record, result } = flush(this.record, 'topic', now, this.#limit);
    this.record = record;
    this.#send(result, now);
    return result;
  }

  #send(each: Message | null, now: number) {
    if (each === null) return;
    this.got.push({ at: now, message: each });
    this.record = delivered(this.record, each, now);
  }

  /** So many messages, one a second from the start on. */
  fill(count: number) {
    for (let n = 0; n < count; n++) this.offer(message(`${n}`, `service-${n}`), n * second);
    return this;
  }

  /** Offers every message at its time, again where it has to wait, and lets a sweep look once a minute until nothing waits. */
  play(offers: readonly { readonly at: number; readonly message: Message }[]) {
    const todo = offers.map((each) => ({ ...each }));
    let sweepAt = 30 * second;
    for (let step = 0; step < 20_000 && (todo.length > 0 || this.record.pending.length > 0); step++) {
      todo.sort((a, b) => a.at - b.at);
      const next = todo[0];
      if (next === undefined || sweepAt < next.at) {
        this.flush(sweepAt);
        sweepAt += minutes(1);
        continue;
      }
      const { waitMillis } = this.offer(next.message, next.at);
      if (waitMillis > 0) next.at += waitMillis;
      else todo.shift();
    }
  }

  get waiting() {
    return this.record.pending.map(({ id }) => id);
  }
}

/** The most of these times that lie within any stretch of that length. */
const mostIn = (times: readonly number[], length: number): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + length).length));

describe('offer', () => {
  it('sends the first message at once', () => {
    expect(new Topic().offer(message('1'), 0)).toEqual({ send: message('1'), waitMillis: 0 });
  });

  it('asks to wait for the rest of the second after another message', () => {
    const topic = new Topic();
    topic.offer(message('1'), 0);
    expect(topic.offer(message('2'), 300)).toEqual({ send: null, waitMillis: 700 });
    expect(topic.waiting).toEqual([]);
    expect(topic.offer(message('2'), 1000).send).toEqual(message('2'));
  });

  it('sends a message once, however often it is offered', () => {
    const topic = new Topic();
    for (const now of [0, 0, 5_000, 500_000]) topic.offer(message('1'), now);
    expect(topic.got).toHaveLength(1);
  });

  it('gives a message out again when its sender crashed before it could confirm', () => {
    const { record } = offer(empty, message('1'), 0, limit);
    expect(offer(record, message('1'), 1000, limit).result.send).toEqual(message('1'));
  });

  it('counts a message each time it is given out, since people may have got it', () => {
    let { record } = offer(empty, message('1'), 0, limit);
    expect(offer(record, message('1'), 10, limit).result).toEqual({ send: null, waitMillis: 990 });
    for (let n = 1; n < 19; n++) ({ record } = offer(record, message('1'), n * second, limit));
    const last = offer(record, message('1'), 19 * second, limit);
    expect(last.result).toEqual({ send: null, waitMillis: 0 });
    expect(last.record.pending.map(({ id }) => id)).toEqual(['1']);
  });

  it('lets no line wait that was told after all, though late', () => {
    const full = new Topic().fill(18).record;
    const given = offer(full, message('late'), 18 * second, limit).record;
    const again = offer(given, message('late'), 20 * second, limit).record;
    expect(again.pending.map(({ id }) => id)).toEqual(['late']);
    expect(delivered(again, message('late'), 21 * second).pending).toEqual([]);
  });

  it('sends nineteen singly within ten minutes, and keeps the twentieth for the summary', () => {
    const topic = new Topic().fill(19);
    expect(topic.got).toHaveLength(19);
    expect(topic.offer(message('19'), 30 * second)).toEqual({ send: null, waitMillis: 0 });
    expect(topic.waiting).toEqual(['19']);
  });

  it('lets what comes while something waits wait behind it, though there is room again', () => {
    const topic = new Topic().fill(20);
    expect(topic.offer(message('later'), 60 * second)).toEqual({ send: null, waitMillis: 0 });
    expect(topic.waiting).toEqual(['19', 'later']);
  });

  it('sends singly again once the summary went and the window has moved on', () => {
    const topic = new Topic().fill(20);
    topic.flush(90 * second);
    expect(topic.got).toHaveLength(20);
    topic.offer(message('a'), 100 * second);
    expect(topic.waiting).toEqual(['a']);
    topic.flush(minutes(12));
    expect(topic.offer(message('b'), minutes(12) + second).send).toEqual(message('b'));
  });

  it('sends the summary itself once that is due: people hear of it though no sweep looks', () => {
    const topic = new Topic().fill(20);
    expect(topic.offer(message('a'), 77 * second).send).toBeNull();
    expect(topic.offer(message('b'), 78 * second).send).toMatchObject({
      kind: 'summary',
      dedupKey: 'incident-19,incident-a,incident-b',
    });
    expect(topic.waiting).toEqual([]);
  });

  it('keeps its distance from when a message was confirmed, which may have taken a while', () => {
    const given = offer(empty, message('1'), 0, limit).record;
    const { record } = offer(given, message('2'), 1500, limit);
    expect(offer(delivered(record, message('1'), 2000), message('3'), 2700, limit).result.waitMillis).toBe(300);
  });

  it('is not held up for long by a clock that runs ahead', () => {
    const topic = new Topic();
    topic.offer(message('1'), 60_000);
    expect(topic.offer(message('2'), 0).waitMillis).toBe(1000);
  });

  it('forgets after an hour', () => {
    const topic = new Topic();
    topic.offer(message('1'), 0);
    topic.offer(message('2'), minutes(61));
    expect(topic.record.sent.map(({ id }) => id)).toEqual(['2']);
  });

  it('follows the limit it is given', () => {
    const topic = new Topic({ most: 3, window: { minutes: 2 } }).fill(2);
    topic.offer(message('a'), 10 * second);
    expect(topic.waiting).toEqual(['a']);
    topic.flush(70 * second);
    topic.offer(message('b'), 80 * second);
    expect(topic.flush(minutes(2))).toBeNull();
    expect(topic.flush(minutes(2) + 11 * second)).toMatchObject({ dedupKey: 'incident-b' });
  });
});

describe('flush', () => {
  it('has nothing to send when nothing waits', () => {
    expect(new Topic().fill(19).flush(minutes(5))).toBeNull();
  });

  it('lets a minute pass after the last message, in which more comes together, and tells all that waits', () => {
    const topic = new Topic().fill(20);
    expect(topic.flush(77 * second)).toBeNull();
    topic.offer(message('more'), 77 * second);
    expect(topic.flush(78 * second)).toMatchObject({ kind: 'summary', dedupKey: 'incident-19,incident-more' });
    expect(topic.waiting).toEqual([]);
  });

  it('leaves what comes after the summary to the next window, however long that is, and to one summary', () => {
    const topic = new Topic().fill(20);
    topic.flush(90 * second);
    for (let n = 0; n < 8; n++) topic.offer(message(`after-${n}`), minutes(2 + n));
    expect(topic.flush(minutes(10) + 10 * second)).toBeNull();
    expect(topic.flush(minutes(10) + 10 * second + 1)?.dedupKey.split(',')).toHaveLength(8);
  });

  it('keeps what it told until that was delivered, so that a crash loses nothing', () => {
    const { record } = new Topic().fill(20);
    const crashed = flush(record, 'topic', 90 * second, limit);
    expect(crashed.result).toMatchObject({ dedupKey: 'incident-19' });
    expect(flush(crashed.record, 'topic', minutes(3), limit).result).toBeNull();
    expect(flush(crashed.record, 'topic', minutes(11), limit).result?.dedupKey).toBe('incident-19');
  });

  it('is not given out twice while the first is on its way', () => {
    const first = flush({ sent: [], pending: [line('a')] }, 'topic', 0, limit);
    expect(first.result).not.toBeNull();
    expect(flush(first.record, 'topic', 59 * second, limit).result).toBeNull();
    expect(offer(first.record, message('b'), 59 * second, limit).result.send).toBeNull();
    expect(flush(first.record, 'topic', 60 * second, limit).result).not.toBeNull();
  });

  it('keeps what comes while a summary is on its way', () => {
    const { record, result } = flush(new Topic().fill(20).record, 'topic', 90 * second, limit);
    const meanwhile = offer(record, message('new', 'new-service'), 91 * second, limit).record;
    const after = delivered(meanwhile, result ?? message('none'), 92 * second);
    expect(after.pending.map(({ id }) => id)).toEqual(['new']);
  });

  it('never lets a message be sent singly that a summary has told', () => {
    const topic = new Topic().fill(20);
    topic.flush(90 * second);
    expect(topic.offer(message('19'), minutes(13))).toEqual({ send: null, waitMillis: 0 });
    expect(topic.waiting).toEqual([]);
  });

  it('says until when the topic gets nothing, where that was its last message', () => {
    const last = new Topic().fill(20).flush(90 * second);
    expect(last?.body.replaceAll(/\s+/g, ' ')).toContain('its 20 messages in 10 min: none comes before 00:10:10 UTC');
    const roomy = flush({ sent: [], pending: [line('a')] }, 'topic', 0, limit);
    expect(roomy.result?.body).not.toContain('none comes');
  });
});

const line = (id: string) => {
  const { topic: _topic, body: _body, ...rest } = message(id);
  return rest;
};

describe('a flood', () => {
  it('of 200 incidents within a minute becomes at most 20 messages in ten minutes that name them all', () => {
    const topic = new Topic();
    topic.play(Array.from({ length: 200 }, (_, n) => ({ at: n * 300, message: message(`${n}`, `service-${n}`) })));
    expect(topic.got).toHaveLength(20);
    expect(topic.got.at(-1)?.at).toBeLessThan(minutes(3));
    const told = topic.got.flatMap(({ message: { dedupKey } }) => dedupKey.split(','));
    expect(told.toSorted()).toEqual(Array.from({ length: 200 }, (_, n) => `incident-${n}`).toSorted());
  });

  it('of 1,500 goes in as many windows as that takes, and none is lost', () => {
    const topic = new Topic();
    topic.play(Array.from({ length: 1_500 }, (_, n) => ({ at: n * 10, message: message(`${n}`, `service-${n}`) })));
    const told = topic.got.flatMap(({ message: { dedupKey } }) => dedupKey.split(','));
    expect(new Set(told).size).toBe(1_500);
    expect(told).toHaveLength(1_500);
    expect(
      mostIn(
        topic.got.map(({ at }) => at),
        minutes(10),
      ),
    ).toBeLessThanOrEqual(20);
  });

  it('never exceeds 20 messages in ten minutes or one a second, has a summary for the twentieth, and loses nothing', () => {
    const storm = fc.array(
      fc.record({ gap: fc.integer({ min: 0, max: 60_000 }), again: fc.boolean(), burst: fc.boolean() }),
      { maxLength: 150 },
    );
    fc.assert(
      fc.property(storm, (gaps) => {
        let at = 0;
        const offers = gaps.flatMap(({ gap, again, burst }, n) => {
          at += burst ? 0 : gap;
          const one = { at, message: message(`${n}`, `service-${n % 7}`) };
          return again ? [one, { ...one, at: at + 10 }] : [one];
        });
        const topic = new Topic();
        topic.play(offers);
        const times = topic.got.map((each) => each.at);
        expect(mostIn(times, minutes(10))).toBeLessThanOrEqual(20);
        expect(times.every((time, n) => n === 0 || time - (times[n - 1] ?? 0) >= 1000)).toBe(true);
        for (const [n, { at: when, message: last }] of topic.got.entries())
          if (n >= 19 && when - (times[n - 19] ?? 0) < minutes(10)) expect(last.kind).toBe('summary');
        const keys = topic.got.flatMap((each) => each.message.dedupKey.split(','));
        expect(keys.toSorted()).toEqual([...new Set(offers.map((each) => each.message.dedupKey))].toSorted());
      }),
      { numRuns: 100 },
    );
  });
});
