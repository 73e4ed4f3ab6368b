import { describe, expect, it } from 'vitest';
import { awsSettings } from '../../lambdas/aws/settings.ts';
import { serviceListParameter } from '../../lambdas/contract/names.ts';
import { serviceLists } from '../../lambdas/contract/service-list.ts';
import { settings } from '../pipeline/build.ts';

/** The parameters of an account in which the stack of `checkout` is deployed, and the pipeline lists those services. */
const account = (listed: readonly string[]): ReadonlyMap<string, string> =>
  new Map([
    ['/paramedic/test/checkout', JSON.stringify(settings())],
    ...serviceLists(listed).map(({ list, text }) => [serviceListParameter('test', list), text] as const),
  ]);

const read = (parameters: ReadonlyMap<string, string>) =>
  awsSettings('test', async (name) => parameters.get(name)).of('checkout');

describe('the configuration of a service', () => {
  it('counts while the pipeline lists the service', async () => {
    expect(await read(account(['cart', 'checkout', 'search']))).toMatchObject({ kind: 'valid' });
  });

  it('counts no more once the service left recovery.yaml, though its stack lives on', async () => {
    const manyOthers = Array.from({ length: 50 }, (_, index) => `checkout-${index}`);
    expect(await read(account(manyOthers))).toBeUndefined();
    expect(await read(account([]))).toBeUndefined();
  });

  it('is not known when the list cannot be read, which is not the same as not being listed', async () => {
    const reader = awsSettings('test', () => Promise.reject(new Error('ThrottlingException')));
    await expect(reader.of('checkout')).rejects.toThrow('ThrottlingException');
  });
});
