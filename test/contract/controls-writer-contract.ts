import { beforeEach, describe, expect, it } from 'vitest';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { ControlsWriter } from '../../lambdas/ports/operator.ts';
import type { ControlsReader } from '../../lambdas/ports/sight.ts';

/** Pause items to write, as the installation has written them. */
export type ControlsWriterUnderTest = {
  /** Both with a clock that stands there. */
  readonly at: (now: Instant) => { readonly writer: ControlsWriter; readonly reader: ControlsReader };
  /** Takes the item for everything away. */
  readonly lose: () => Promise<void>;
  /** From now on the items can be neither read nor written. */
  readonly fail: () => void;
};

const now: Instant = Date.UTC(2026, 0, 5);
const paused = (until: Instant | null) => ({ paused: true, by: 'ann', why: 'a test', until });
const resumed = { paused: false, by: 'bob', why: 'it is over', until: null };
const running = { kind: 'running' };
const held = (scope: string, until: Instant | null) => ({ kind: 'paused', scope, by: 'ann', why: 'a test', until });

/** The laws of whatever writes pause items for people; each world runs them against its own. */
export function describeControlsWriter(name: string, make: () => Promise<ControlsWriterUnderTest>): void {
  describe(`pause items, written: ${name}`, () => {
    let under: ControlsWriterUnderTest;
    beforeEach(async () => {
      under = await make();
    });
    const write = (service: string | null, change: Parameters<ControlsWriter['write']>[1], at = now) =>
      under.at(at).writer.write(service, change);
    const readAll = (at = now) => under.at(at).writer.readAll();
    const read = (service: string, at = now) => under.at(at).reader.read(service);

    it('are there from the installation on, and say running', async () => {
      expect(await readAll()).toEqual({ everything: running, services: {} });
    });

    it.each([
      ['everything', null],
      ['service', 'checkout'],
    ])('hold %s from the moment they are written, until their end', async (scope, service) => {
      await write(service, paused(now + 1));
      expect(await read('checkout')).toEqual(held(scope, now + 1));
      expect(await read('checkout', now + 1)).toEqual(running);
      await write(service, paused(null));
      expect(await read('checkout', now + 1e12)).toEqual(held(scope, null));
      await write(service, resumed);
      expect(await read('checkout')).toEqual(running);
    });

    it('say each by itself what it says', async () => {
      await write(null, paused(null));
      await write('checkout', paused(now + 1));
      await write('cart', paused(null));
      expect(await readAll()).toEqual({
        everything: held('everything', null),
        services: { checkout: held('service', now + 1), cart: held('service', null) },
      });
      const { everything, services } = await readAll(now + 1);
      expect(everything).toEqual(held('everything', null));
      expect(services.checkout ?? running).toEqual(running);
      await write('cart', resumed);
      expect((await readAll()).services.cart ?? running).toEqual(running);
      expect(await read('cart')).toEqual(held('everything', null));
    });

    it('are the same when they are written twice', async () => {
      for (const change of [paused(now + 5), resumed]) {
        await write('checkout', change);
        const once = await readAll();
        await write('checkout', change);
        expect(await readAll()).toEqual(once);
      }
    });

    it('can be written anew when the item for everything is gone', async () => {
      await under.lose();
      expect((await readAll()).everything).toMatchObject({ kind: 'unreadable' });
      await write(null, resumed);
      expect(await read('checkout')).toEqual(running);
    });

    it('reject when they cannot be reached', async () => {
      under.fail();
      await expect(readAll()).rejects.toThrow();
      await expect(write(null, resumed)).rejects.toThrow();
    });
  });
}
