import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Line, SendRecord, Sent } from '../../lambdas/model/message.ts';
import type { Outbox } from '../../lambdas/ports/notifier.ts';

const [shop, platform] = ['arn:aws:sns:eu-central-1:123456789012:shop', 'arn:aws:sns:eu-central-1:123456789012:other'];

const sent = (id: string): Sent => ({ id, at: 1 });

/** Adds one message and gives the ids of those before it. */
export const adding = (id: string) => (record: SendRecord) => ({
  record: { ...record, sent: [...record.sent, sent(id)] },
  result: record.sent.map((each) => each.id),
});

const looking = (record: SendRecord) => ({ record, result: record });

const waiting = (pending: readonly Line[]) => (record: SendRecord) => ({
  record: { ...record, pending },
  result: null,
});

/** As long as they may be, with ids that have little in common. */
const lines = (count: number): readonly Line[] =>
  Array.from({ length: count }, (_, n) => {
    const dedupKey = `20260105-100420-${createHash('sha256').update(`${n}`).digest('base64url').slice(0, 23)}`;
    const service = `service-${n}`.padEnd(40, '-');
    return {
      id: `${dedupKey}/1.diagnosis`,
      kind: 'opened',
      service,
      subject: `${service}: all tasks suffer alike - incident opened`,
      severity: 'warning',
      dedupKey,
      status: 'trigger',
    };
  });

/** The laws every outbox obeys; each world runs them against its own. */
export function describeOutbox(name: string, make: () => Promise<Outbox>): void {
  describe(`outbox: ${name}`, () => {
    let outbox: Outbox;
    beforeEach(async () => {
      outbox = await make();
    });

    it('begins with an empty record and gives the result of the change', async () => {
      expect(await outbox.update(shop, looking)).toEqual({ sent: [], pending: [] });
      expect(await outbox.update(shop, adding('a'))).toEqual([]);
      expect(await outbox.update(shop, adding('b'))).toEqual(['a']);
    });

    it('keeps a record per topic', async () => {
      await outbox.update(shop, adding('a'));
      expect(await outbox.update(platform, adding('b'))).toEqual([]);
      expect(await outbox.update(shop, adding('c'))).toEqual(['a']);
    });

    it('loses none of twenty changes at once, and lets each see those before it', async () => {
      const ids = Array.from({ length: 20 }, (_, n) => `m${n}`);
      const before = await Promise.all(ids.map((id) => outbox.update(shop, adding(id))));
      expect(before.map(({ length }) => length).sort((a, b) => a - b)).toEqual(ids.map((_, n) => n));
      const { sent: all } = await outbox.update(shop, looking);
      expect(all.map(({ id }) => id).sort()).toEqual([...ids].sort());
    });

    it('keeps what was written, whatever the caller does with it afterwards', async () => {
      const mine = [sent('a')];
      await outbox.update(shop, () => ({ record: { sent: mine, pending: [] }, result: null }));
      mine.push(sent('b'));
      expect((await outbox.update(shop, looking)).sent).toEqual([sent('a')]);
    });

    it('keeps what waits for a summary, in any script', async () => {
      const line = {
        id: 'm',
        kind: 'opened',
        service: 'checkout',
        subject: 'schön, 日本語, 🙂',
        severity: 'critical',
        dedupKey: 'incident',
        status: 'trigger',
      } as const;
      await outbox.update(shop, () => ({ record: { sent: [], pending: [line] }, result: null }));
      expect(await outbox.update(shop, looking)).toEqual({ sent: [], pending: [line] });
    });

    it('names the topics for which something waits, and no others', async () => {
      expect(await outbox.waiting()).toEqual([]);
      await outbox.update(shop, adding('a'));
      expect(await outbox.update(platform, waiting(lines(1)))).toBeNull();
      expect(await outbox.waiting()).toEqual([platform]);
      await outbox.update(platform, (record) => ({ record: { ...record, pending: [] }, result: null }));
      expect(await outbox.waiting()).toEqual([]);
    });

    it('has room for what waits, and for what was told, of several thousand incidents', async () => {
      const many = lines(3_000);
      const told = many.map(({ id }) => id);
      await outbox.update(shop, waiting(many));
      await outbox.update(shop, (record) => ({
        record: { ...record, sent: [{ id: 'm', at: 1, told }] },
        result: null,
      }));
      const { sent: all, pending } = await outbox.update(shop, looking);
      expect(pending).toEqual(many);
      expect(all[0]?.told).toEqual(told);
    });

    it('changes nothing when the change itself fails', async () => {
      await outbox.update(shop, adding('a'));
      const failing = () => {
        throw new Error('No.');
      };
      await expect(outbox.update(shop, failing)).rejects.toThrow('No.');
      expect(await outbox.update(shop, looking)).toEqual({ sent: [sent('a')], pending: [] });
    });
  });
}
