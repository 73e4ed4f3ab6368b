import { beforeEach, describe, expect, it } from 'vitest';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { SettingsReader } from '../../lambdas/ports/sight.ts';
import { settings } from '../pipeline/build.ts';

/** Makes a reader in an account where these configurations are published. */
export type Publish = (published: readonly ServiceSettings[]) => Promise<SettingsReader>;

/** The laws all published configurations obey; each world runs them against its own. */
export function describeSettings(name: string, publish: Publish): void {
  describe(`published settings: ${name}`, () => {
    const checkout = settings({ resources: { ...settings().resources, logs: null } });
    const cart = settings({ id: 'cart', runbook: 'https://runbooks.example.com/cart?käse=日本語' });
    let reader: SettingsReader;
    beforeEach(async () => {
      reader = await publish([checkout, cart]);
    });

    it('are read as they were published, each service’s its own', async () => {
      expect(await reader.of('checkout')).toEqual({ kind: 'valid', settings: checkout });
      expect(await reader.of('cart')).toEqual({ kind: 'valid', settings: cart });
    });

    it('are not there for a service nobody has configured', async () => {
      expect(await reader.of('search')).toBeUndefined();
      expect(await reader.of('checkout-2')).toBeUndefined();
    });

    it('are the same however often they are read at once', async () => {
      const read = await Promise.all(Array.from({ length: 20 }, () => reader.of('checkout')));
      expect(read).toEqual(read.map(() => ({ kind: 'valid', settings: checkout })));
    });
  });
}
