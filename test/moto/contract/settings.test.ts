import { SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { reading } from '../../../lambdas/aws/clients.ts';
import { awsParameters } from '../../../lambdas/aws/parameter.ts';
import { awsSettings } from '../../../lambdas/aws/settings.ts';
import { serviceListParameter, settingsParameter } from '../../../lambdas/contract/names.ts';
import { serviceListOf, serviceLists } from '../../../lambdas/contract/service-list.ts';
import { describeSettings } from '../../contract/settings-contract.ts';
import { settings } from '../../pipeline/build.ts';
import { askJson } from '../deploy/ask.ts';
import { Account } from '../harness/account.ts';

const operation = 'ssm.GetParameter';
let account: Account;
beforeAll(async () => {
  account = await Account.open('200000000008');
});
afterEach(() => account.calm());
afterAll(() => account.close());

const ssm = (operation: string, body: object) => askJson(account, 'harness', 'ssm', `AmazonSSM.${operation}`, body);
const put = (Name: string, Value: string) => ssm('PutParameter', { Name, Value, Type: 'String', Overwrite: true });
const warnings: string[] = [];
const reader = () =>
  awsSettings('test', awsParameters(new SSMClient({ ...reading, ...account.client() })), (says) => warnings.push(says));

/** What the stacks publish: the services of the pipeline, and a text for each. */
async function publish(texts: Readonly<Record<string, string>>): Promise<void> {
  for (const { list, text } of serviceLists(Object.keys(texts))) await put(serviceListParameter('test', list), text);
  for (const [service, text] of Object.entries(texts)) await put(settingsParameter('test', service), text);
}

describeSettings('SSM in moto', async (published) => {
  await publish(Object.fromEntries(published.map((each) => [each.id, JSON.stringify(each)])));
  return reader();
});

describe('a configuration in SSM', () => {
  it.each([
    ['no JSON', '{"version":'],
    ['of another version', JSON.stringify({ ...settings(), version: 0 })],
    ['of another service', JSON.stringify(settings({ id: 'cart' }))],
    ['of another pipeline', JSON.stringify({ ...settings(), pipeline: 'other' })],
    ['an empty object', '{}'],
  ])('is invalid, said so and still told to its owner where that can be read, when it is %s', async (_, text) => {
    await publish({ checkout: text });
    warnings.length = 0;
    const because = expect.stringMatching(/^The configuration of checkout is invalid: settings/);
    const topic = text.includes('"topic"') ? settings().topic : null;
    expect(await reader().of('checkout')).toEqual({ kind: 'invalid', because, topic });
    expect(warnings).toEqual([because]);
  });

  it('counts from the next read on when it is published anew', async () => {
    await publish({ checkout: JSON.stringify(settings()) });
    await publish({ checkout: JSON.stringify(settings({ mode: 'observe' })) });
    expect(await reader().of('checkout')).toMatchObject({ kind: 'valid', settings: { mode: 'observe' } });
  });

  it('counts no more once the service has left the list, though its own parameter is still there', async () => {
    await publish({ checkout: JSON.stringify(settings()) });
    const Name = serviceListParameter('test', serviceListOf('checkout'));
    await put(Name, 'checkout-2');
    expect(await reader().of('checkout')).toBeUndefined();
    await ssm('DeleteParameter', { Name });
    expect(await reader().of('checkout')).toBeUndefined();
  });

  it('is not there while the stack of a listed service is not deployed', async () => {
    await publish({ fresh: '{}' });
    await ssm('DeleteParameter', { Name: settingsParameter('test', 'fresh') });
    expect(await reader().of('fresh')).toBeUndefined();
  });

  it.each(['throttled', 'unavailable', 'unreachable', 'answer-lost'] as const)(
    'is read again when a request is met by: %s',
    async (fault) => {
      await publish({ checkout: JSON.stringify(settings()) });
      account.requests.length = 0;
      account.strike(operation, fault, 2);
      expect(await reader().of('checkout')).toMatchObject({ kind: 'valid' });
      expect(account.asked(operation)).toHaveLength(4);
    },
  );

  it('is an error when it cannot be read, which is not the same as not being there', async () => {
    await publish({ checkout: JSON.stringify(settings()) });
    account.requests.length = 0;
    for (const [fault, says] of [
      ['denied', /met a fault: denied/],
      ['throttled', /met a fault: throttled/],
      ['unavailable', /met a fault: unavailable/],
      ['unreachable', /socket hang up|ECONNRESET/],
    ] as const) {
      account.strike(operation, fault);
      await expect(reader().of('checkout')).rejects.toThrow(says);
    }
    expect(account.asked(operation)).toHaveLength(1 + 4 + 4 + 4);
  });
});
