import { beforeEach, describe, expect, it } from 'vitest';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { ControlsReader } from '../../lambdas/ports/sight.ts';

/** Pause items to test, as the installation has written them. */
export type ControlsUnderTest = {
  /** Reads them with a clock that stands there. */
  readonly at: (now: Instant) => ControlsReader;
  /** `ann` pauses everything (null) or one service, for `a test`. */
  readonly pause: (service: string | null, until: Instant | null) => Promise<void>;
  /** Takes the item for everything away. */
  readonly lose: () => Promise<void>;
  /** From now on the items cannot be read. */
  readonly fail: () => void;
};

const now: Instant = Date.UTC(2026, 0, 5);
const paused = (scope: string, until: Instant | null) => ({ kind: 'paused', scope, by: 'ann', why: 'a test', until });

/** The laws all pause items obey; each world runs them against its own. */
export function describeControls(name: string, make: () => Promise<ControlsUnderTest>): void {
  describe(`pause items: ${name}`, () => {
    let under: ControlsUnderTest;
    beforeEach(async () => {
      under = await make();
    });
    const read = (at = now, service = 'checkout') => under.at(at).read(service);

    it('say running as they were installed', async () => {
      expect(await read()).toEqual({ kind: 'running' });
    });

    it.each([
      ['everything', null],
      ['service', 'checkout'],
    ])('pause %s, without an end or until their time has come', async (scope, service) => {
      await under.pause(service, null);
      expect(await read(now + 1e12)).toEqual(paused(scope, null));
      await under.pause(service, now + 1);
      expect(await read(now)).toEqual(paused(scope, now + 1));
      expect(await read(now + 1)).toEqual({ kind: 'running' });
    });

    it('leave other services alone when one is paused', async () => {
      await under.pause('checkout', null);
      expect(await read(now, 'cart')).toEqual({ kind: 'running' });
      expect(await read(now, 'checkout-2')).toEqual({ kind: 'running' });
    });

    it('keep a service paused that is so by itself when the pause of everything has ended', async () => {
      await under.pause('checkout', null);
      await under.pause(null, now + 1);
      expect(await read(now)).toEqual(paused('everything', now + 1));
      expect(await read(now + 1)).toEqual(paused('service', null));
    });

    it('are unreadable when the item for everything is not there, even beside one for the service', async () => {
      await under.lose();
      expect(await read()).toMatchObject({ kind: 'unreadable' });
      await under.pause('checkout', null);
      expect(await read()).toMatchObject({ kind: 'unreadable' });
    });

    it('reject when they cannot be read', async () => {
      under.fail();
      await expect(read()).rejects.toThrow();
    });
  });
}
