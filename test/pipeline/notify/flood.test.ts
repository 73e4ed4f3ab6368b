import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message, SendRecord } from '../../../lambdas/model/message.ts';
import { delivered, flush, offer } from '../../../lambdas/pipeline/notify/flood.ts';
import { message } from './build.ts';

const empty: SendRecord = { sent: [], pending: [] };

/** A topic as its senders see it: one after the other, each confirms what it sent. */
class Topic {
  record = empty;
  readonly got: { readonly at: number; readonly message: Message }[] = [];

  offer(each: Message, now: number) {
    const { record, result } = offer(this.record, each, now);
    this.record = record;
    this.#send(result.send, now);
    return result;
  }

  flush(now: number) {
    const { record, result } = flush(this.record, 'topic', now);
    this.record = record;
    this.#send(result.send, now);
    return result;
  }

  #send(messages: readonly Message[], now: number) {
    for (const each of messages) {
      this.got.push({ at: now, message: each });
      this.record = delivered(this.record, each, now);
    }
  }

  /** Offers every message at its time, again where it has to wait, and flushes until nothing waits. */
  play(offers: readonly { readonly at: number; readonly message: Message }[]) {
    const todo = offers.map((each) => ({ ...each }));
    let flushAt: number | null = null;
    for (let step = 0; step < 20_000 && (todo.length > 0 || flushAt !== null); step++) {
      todo.sort((a, b) => a.at - b.at);
      const next = todo[0];
      if (next !== undefined && (flushAt === null || next.at <= flushAt)) {
        const { queued, waitMillis } = this.offer(next.message, next.at);
        if (queued) flushAt ??= next.at;
        if (waitMillis > 0) next.at += waitMillis;
        else todo.shift();
      } else if (flushAt !== null) {
        const { waiting, waitMillis } = this.flush(flushAt);
        flushAt = waiting ? flushAt + waitMillis : null;
      }
    }
  }
}

const mostIn = (times: readonly number[], window: number): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at <= from + window).length));

describe('offer', () => {
  it('sends the first message at once', () => {
    expect(new Topic().offer(message('1'), 0)).toEqual({ send: [message('1')], queued: false, waitMillis: 0 });
  });

  it('asks to wait for the rest of the second after another message', () => {
    const topic = new Topic();
    topic.offer(message('1'), 0);
    expect(topic.offer(message('2'), 300)).toEqual({ send: [], queued: false, waitMillis: 700 });
    expect(topic.offer(message('2'), 1000).send).toHaveLength(1);
  });

  it('sends a message once, however often it is offered', () => {
    const topic = new Topic();
    for (const now of [0, 0, 5_000, 500_000]) topic.offer(message('1'), now);
    expect(topic.got).toHaveLength(1);
  });

  it('gives a message out again when its sender crashed before it could confirm', () => {
    const { record } = offer(empty, message('1'), 0);
    expect(offer(record, message('1'), 1000).result.send).toEqual([message('1')]);
  });

  it('counts a message each time it is given out, since people may have got it', () => {
    let { record } = offer(empty, message('1'), 0);
    expect(offer(record, message('1'), 10).result).toEqual({ send: [], queued: false, waitMillis: 990 });
    for (let n = 1; n < 10; n++) ({ record } = offer(record, message('1'), n * 1000));
    expect(offer(record, message('1'), 10_000).result).toEqual({ send: [], queued: true, waitMillis: 0 });
  });

  it('queues the eleventh message within ten minutes, and sends singly again when they have passed', () => {
    const topic = new Topic();
    for (let n = 0; n < 10; n++) expect(topic.offer(message(`${n}`), n * 1000).send).toHaveLength(1);
    expect(topic.offer(message('10'), 20_000)).toEqual({ send: [], queued: true, waitMillis: 0 });
    topic.flush(20_000);
    expect(topic.offer(message('11'), 700_000).send).toHaveLength(1);
  });

  it('keeps its distance from when a message was confirmed, which may have taken a while', () => {
    const given = offer(empty, message('1'), 0).record;
    const { record } = offer(given, message('2'), 1500);
    expect(offer(delivered(record, message('1'), 2000), message('3'), 2700).result.waitMillis).toBe(300);
  });

  it('is not held up for long by a clock that runs ahead', () => {
    const topic = new Topic();
    topic.offer(message('1'), 60_000);
    expect(topic.offer(message('2'), 0).waitMillis).toBe(1000);
  });
});

describe('flush', () => {
  const stormy = () => {
    const topic = new Topic();
    for (let n = 0; n < 13; n++) topic.offer(message(`${n}`, `service-${n}`), n * 1000);
    return topic;
  };

  it('has nothing to send when nothing is queued', () => {
    expect(new Topic().flush(0)).toEqual({ send: [], waiting: false, waitMillis: 0 });
  });

  it('tells all that is queued in one digest, and the next one a minute later', () => {
    const topic = stormy();
    expect(topic.flush(20_000)).toMatchObject({ waiting: false, send: [{ kind: 'digest' }] });
    topic.offer(message('late', 'late-service'), 30_000);
    expect(topic.flush(30_000)).toEqual({ send: [], waiting: true, waitMillis: 50_000 });
    expect(topic.flush(80_000).send).toMatchObject([{ dedupKey: 'incident-late', service: 'late-service' }]);
  });

  it('keeps what it told until that was delivered, so that a crash loses nothing', () => {
    const topic = stormy();
    const crashed = flush(topic.record, 'topic', 20_000);
    expect(crashed.result.send).toHaveLength(1);
    expect(flush(crashed.record, 'topic', 21_000).result).toEqual({ send: [], waiting: true, waitMillis: 59_000 });
    expect(flush(crashed.record, 'topic', 80_000).result.send[0]?.dedupKey).toBe(crashed.result.send[0]?.dedupKey);
  });

  it('waits until one of twenty messages is ten minutes old', () => {
    const sent = Array.from({ length: 20 }, (_, n) => ({
      id: `${n}`,
      at: n * 20_000,
      digest: n % 4 === 0,
      delivered: true,
    }));
    const { record, result } = offer({ sent, pending: [] }, message('a'), 500_000);
    expect(result).toMatchObject({ send: [], queued: true });
    expect(flush(record, 'topic', 500_000).result).toEqual({ send: [], waiting: true, waitMillis: 100_001 });
    expect(flush(record, 'topic', 600_001).result.send).toHaveLength(1);
  });

  it('queues a single message when twenty digests have gone, too', () => {
    const sent = Array.from({ length: 20 }, (_, n) => ({ id: `${n}`, at: n, digest: true, delivered: true }));
    expect(offer({ sent, pending: [] }, message('a'), 500_000).result.queued).toBe(true);
  });

  it('keeps what is queued while a digest is on its way', () => {
    const topic = stormy();
    const { record, result } = flush(topic.record, 'topic', 20_000);
    const meanwhile = offer(record, message('new', 'new-service'), 20_500).record;
    const after = delivered(meanwhile, result.send[0] ?? message('none'), 21_000);
    expect(after.pending.map(({ id }) => id)).toEqual(['new']);
  });

  it('never sends a message singly that a digest has told', () => {
    const topic = stormy();
    topic.flush(20_000);
    expect(topic.offer(message('12'), 700_000)).toEqual({ send: [], queued: false, waitMillis: 0 });
  });
});

describe('a digest', () => {
  it('names every service, and every incident with its status, the worst first', () => {
    const topic = new Topic();
    for (let n = 0; n < 10; n++) topic.offer(message(`${n}`), n * 1000);
    topic.offer(message('a', 'search', { severity: 'info', status: 'resolve' }), 11_000);
    topic.offer(
      message('b', 'billing', { severity: 'critical', status: 'update', subject: 'billing: NEEDS YOU' }),
      12_000,
    );
    const [digest] = topic.flush(13_000).send;
    expect(digest).toMatchObject({
      subject: '2 messages on 2 services: search, billing',
      severity: 'critical',
      status: 'update',
      dedupKey: 'incident-a,incident-b',
      service: 'several',
    });
    expect(digest?.body).toBe(
      [
        'Too much happens at once to send it one by one. Since the last message:',
        'billing: NEEDS YOU\n  critical, update\n  incident-b',
        'search: something\n  info, resolve\n  incident-a',
        'SERVICES\nsearch\nbilling',
      ].join('\n\n'),
    );
  });
});

describe('a flood', () => {
  it('of 200 incidents within a minute becomes at most 20 messages in ten minutes that name them all', () => {
    const topic = new Topic();
    topic.play(Array.from({ length: 200 }, (_, n) => ({ at: n * 300, message: message(`${n}`, `service-${n}`) })));
    expect(
      mostIn(
        topic.got.map(({ at }) => at),
        600_000,
      ),
    ).toBeLessThanOrEqual(20);
    const text = topic.got.map(({ message: { body, service } }) => `${service}\n${body}\n`).join('');
    for (let n = 0; n < 200; n++) expect(text).toContain(`service-${n}\n`);
  });

  it('never exceeds 20 messages in ten minutes or one a second, and loses nothing', () => {
    const storm = fc.array(fc.record({ gap: fc.integer({ min: 0, max: 90_000 }), again: fc.boolean() }), {
      maxLength: 120,
    });
    fc.assert(
      fc.property(storm, (gaps) => {
        let at = 0;
        const offers = gaps.flatMap(({ gap, again }, n) => {
          at += gap;
          const one = { at, message: message(`${n}`, `service-${n % 7}`) };
          return again ? [one, { ...one, at: at + 10 }] : [one];
        });
        const topic = new Topic();
        topic.play(offers);
        const times = topic.got.map((each) => each.at);
        expect(mostIn(times, 600_000)).toBeLessThanOrEqual(20);
        expect(times.every((time, n) => n === 0 || time - (times[n - 1] ?? 0) >= 1000)).toBe(true);
        const keys = topic.got.flatMap((each) => each.message.dedupKey.split(','));
        expect(keys.toSorted()).toEqual([...new Set(offers.map((each) => each.message.dedupKey))].toSorted());
      }),
      { numRuns: 60 },
    );
  });
});
