import { CreateTopicCommand, SNSClient, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { awsAudience } from '../../../lambdas/aws/audience.ts';
import { reading } from '../../../lambdas/aws/clients.ts';
import { describeAudience } from '../../contract/audience-contract.ts';
import { SubscriptionCounts } from '../gaps/subscription-counts.ts';
import { Account } from '../harness/account.ts';

const people = new SubscriptionCounts();
let account: Account;
let sns: SNSClient;
let made = 0;
beforeAll(async () => {
  account = await Account.open('200000000006', [people]);
  sns = new SNSClient(account.client('harness'));
});
afterEach(() => account.calm());
afterAll(() => account.close());

const audience = (change: object = {}) => awsAudience(new SNSClient({ ...reading, ...account.client(), ...change }));

/** A topic to which that many addresses are subscribed; nobody has followed the link yet. */
async function topicOf(count: number) {
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: `topic-${++made}` }));
  const addresses = Array.from({ length: count }, (_, n) => `person-${made}-${n}@example.com`);
  const arns: (string | undefined)[] = [];
  for (const Endpoint of addresses) {
    const subscribed = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint }));
    arns.push(subscribed.SubscriptionArn);
  }
  return { topic: TopicArn, addresses, arns };
}

describeAudience('SNS in moto', async () => ({
  audience: audience(),
  topicOf: async (count) => {
    const { topic, addresses } = await topicOf(count);
    for (const address of addresses) people.confirm(address);
    return topic;
  },
  nowhere: account.arn('sns', 'nowhere'),
}));

describe('the audience of a topic', () => {
  it('is nobody while every subscription waits for its confirmation', async () => {
    const { topic, addresses } = await topicOf(3);
    expect(await audience().confirmed(topic)).toBe(0);
    people.confirm(addresses[0] ?? '');
    expect(await audience().confirmed(topic)).toBe(1);
  });

  it('counts a queue at once, and nobody who has unsubscribed', async () => {
    const { topic, addresses, arns } = await topicOf(1);
    people.confirm(addresses[0] ?? '');
    const Endpoint = account.arn('sqs', 'queue');
    await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint }));
    expect(await audience().confirmed(topic)).toBe(2);
    await sns.send(new UnsubscribeCommand({ SubscriptionArn: arns[0] }));
    expect(await audience().confirmed(topic)).toBe(1);
  });

  it('is asked for again after a passing fault, and never taken for nobody', async () => {
    const { topic, addresses } = await topicOf(1);
    people.confirm(addresses[0] ?? '');
    for (const fault of ['throttled', 'unavailable', 'unreachable', 'answer-lost'] as const) {
      account.strike('sns.GetTopicAttributes', fault, 1);
      expect(await audience().confirmed(topic)).toBe(1);
    }
    for (const fault of ['denied', 'unavailable', 'unreachable'] as const) {
      account.strike('sns.GetTopicAttributes', fault);
      await expect(audience({ maxAttempts: 2 }).confirmed(topic)).rejects.toThrow();
    }
  });
});
