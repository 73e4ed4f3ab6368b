import { beforeEach, describe, expect, it } from 'vitest';
import type { Notifier } from '../../lambdas/ports/notifier.ts';
import { message } from './message-samples.ts';

/** A message as a subscriber gets it. */
export type Delivered = {
  readonly subject: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
};

export type NotifierUnderTest = {
  readonly notifier: Notifier;
  /** A topic somebody listens to, and one that is not there. */
  readonly topic: string;
  readonly nowhere: string;
  /** What the listener got, oldest first. */
  readonly delivered: () => Promise<readonly Delivered[]>;
};

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const mostBytes = 262_144;

/** The laws every notifier obeys; each world runs them against its own. */
export function describeNotifier(name: string, make: () => Promise<NotifierUnderTest>): void {
  describe(`notifier: ${name}`, () => {
    let under: NotifierUnderTest;
    beforeEach(async () => {
      under = await make();
    });
    const send = (change: Parameters<typeof message>[1] = {}) => under.notifier.send(message(under.topic, change));

    it('delivers subject and body as they are, and five attributes to filter on', async () => {
      await send();
      const { subject, body, service, severity, kind, dedupKey, status } = message(under.topic);
      const attributes = { service, severity, kind, dedupKey, status };
      expect(await under.delivered()).toEqual([{ subject, body, attributes }]);
    });

    it.each([
      ['opened', 'warning', 'trigger'],
      ['acted', 'warning', 'update'],
      ['recovered', 'info', 'resolve'],
      ['handed-over', 'critical', 'trigger'],
      ['summary', 'critical', 'update'],
    ] as const)('tells by the attributes what a message of the kind %s is', async (kind, severity, status) => {
      await send({ kind, severity, status });
      expect(await under.delivered()).toMatchObject([{ attributes: { kind, severity, status } }]);
    });

    it('delivers a message as often as it is sent, in order', async () => {
      await send({ body: 'one' });
      await send({ body: 'two' });
      await send({ body: 'two' });
      expect((await under.delivered()).map(({ body }) => body)).toEqual(['one', 'two', 'two']);
    });

    it('delivers text in any script', async () => {
      const text = 'Für „checkout“: 日本語, 🙂, a\ttab & <b>markup</b> 100 %, a+b=c';
      await send({ subject: 'Für checkout: 日本語', body: text, service: 'checkout', dedupKey: 'a,b' });
      expect(await under.delivered()).toMatchObject([
        { subject: 'Für checkout: 日本語', body: text, attributes: { dedupKey: 'a,b' } },
      ]);
    });

    it('delivers the longest subject and a body nearly as long as a message may be', async () => {
      const [subject, body] = ['x'.repeat(99), 'y'.repeat(mostBytes - 500)];
      await send({ subject, body });
      const [one] = await under.delivered();
      expect(one?.subject).toBe(subject);
      expect(one?.body.length).toBe(body.length);
    });

    it.each([
      ['a subject of more than a hundred characters', { subject: 'x'.repeat(101) }],
      ['a body of more than 256 KB', { body: 'x'.repeat(mostBytes + 1) }],
    ])('refuses %s, and delivers nothing of it', async (_, change) => {
      await expect(send(change)).rejects.toThrow(/Invalid ?Parameter|too long|100 characters/i);
      expect(await under.delivered()).toEqual([]);
    });

    it('refuses to send to a topic that is not there', async () => {
      await expect(send({ topic: under.nowhere })).rejects.toThrow('does not exist');
      expect(await under.delivered()).toEqual([]);
    });
  });
}
