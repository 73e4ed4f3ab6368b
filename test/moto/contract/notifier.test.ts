import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { changing } from '../../../lambdas/aws/clients.ts';
import { awsNotifier } from '../../../lambdas/aws/notifier.ts';
import { message } from '../../contract/message-samples.ts';
import { type Delivered, describeNotifier } from '../../contract/notifier-contract.ts';
import { Queue } from '../end-to-end/queue.ts';
import { Account } from '../harness/account.ts';

let account: Account;
let made = 0;
beforeAll(async () => {
  account = await Account.open('200000000005');
});
afterEach(() => account.calm());
afterAll(() => account.close());

const notifierWith = (change: object = {}) =>
  awsNotifier(new SNSClient({ ...changing, ...account.client(), ...change }));

async function newTopic(): Promise<string> {
  const sns = new SNSClient(account.client('harness'));
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: `topic-${++made}` }));
  return TopicArn;
}

/** A queue that gets what is published to the topic, all of it or what the filter lets through. */
async function listener(topic: string, filter?: Readonly<Record<string, readonly string[]>>) {
  const queue = await Queue.create(account, `queue-${++made}`);
  const Attributes = filter === undefined ? {} : { FilterPolicy: JSON.stringify(filter) };
  const subscription = { TopicArn: topic, Protocol: 'sqs', Endpoint: queue.arn, Attributes };
  await new SNSClient(account.client('harness')).send(new SubscribeCommand(subscription));
  return async (): Promise<readonly Delivered[]> => (await queue.take()).map(deliveredIn);
}

function deliveredIn(text: string): Delivered {
  const envelope = JSON.parse(text) as {
    readonly Subject: string;
    readonly Message: string;
    readonly MessageAttributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
  };
  const attributes = Object.entries(envelope.MessageAttributes).map(([name, { Type, Value }]) => {
    expect(Type).toBe('String');
    return [name, Value];
  });
  return { subject: envelope.Subject, body: envelope.Message, attributes: Object.fromEntries(attributes) };
}

describeNotifier('SNS in moto', async () => {
  const topic = await newTopic();
  return { notifier: notifierWith(), topic, nowhere: `${topic}-gone`, delivered: await listener(topic) };
});

describe('a subscription with a filter policy', () => {
  it('gets the severities it asks for and no others', async () => {
    const topic = await newTopic();
    const [urgent, all] = [await listener(topic, { severity: ['critical', 'warning'] }), await listener(topic)];
    for (const severity of ['critical', 'info', 'warning'] as const)
      await notifierWith().send(message(topic, { severity, body: severity }));
    expect((await urgent()).map(({ body }) => body)).toEqual(['critical', 'warning']);
    expect((await all()).map(({ body }) => body)).toEqual(['critical', 'info', 'warning']);
  });

  it('may ask for one service, one kind and one status at a time', async () => {
    const topic = await newTopic();
    const picky = await listener(topic, { service: ['checkout'], kind: ['handed-over'], status: ['trigger'] });
    const wanted = { service: 'checkout', kind: 'handed-over', status: 'trigger' } as const;
    for (const change of [{}, { service: 'cart' }, { kind: 'opened' }, { status: 'resolve' }] as const)
      await notifierWith().send(message(topic, { ...wanted, ...change, body: JSON.stringify(change) }));
    expect((await picky()).map(({ body }) => body)).toEqual(['{}']);
  });
});

describe('a publish that goes wrong', () => {
  it('is made once though it was turned away before', async () => {
    const topic = await newTopic();
    const delivered = await listener(topic);
    account.strike('sns.Publish', 'throttled', 1);
    await notifierWith().send(message(topic));
    expect(await delivered()).toHaveLength(1);
  });

  it.each(['unavailable', 'unreachable'] as const)('is left to the outbox when SNS is %s', async (fault) => {
    const topic = await newTopic();
    const delivered = await listener(topic);
    account.strike('sns.Publish', fault, 1);
    await expect(notifierWith().send(message(topic))).rejects.toThrow();
    expect(await delivered()).toEqual([]);
    await notifierWith().send(message(topic));
    expect(await delivered()).toHaveLength(1);
  });

  it('is an error when it hangs, and is not repeated', async () => {
    const topic = await newTopic();
    account.requests.length = 0;
    account.strike('sns.Publish', 'hang', 1);
    const impatient = { requestHandler: { requestTimeout: 1_500, throwOnRequestTimeout: true } };
    await expect(notifierWith(impatient).send(message(topic))).rejects.toThrow();
    expect(account.asked('sns.Publish').length).toBeLessThanOrEqual(1);
  });

  it('is published once for each time it is given out, though its answer was lost: the outbox counts them', async () => {
    const topic = await newTopic();
    const delivered = await listener(topic);
    account.strike('sns.Publish', 'answer-lost', 1);
    await expect(notifierWith().send(message(topic))).rejects.toThrow();
    const [first, ...more] = await delivered();
    expect(first?.attributes).toMatchObject({ dedupKey: message(topic).dedupKey, status: 'resolve' });
    expect(more).toEqual([]);
  });

  it('is an error at once when SNS is unavailable or denies it', async () => {
    const topic = await newTopic();
    const delivered = await listener(topic);
    account.requests.length = 0;
    account.strike('sns.Publish', 'unavailable', 1);
    await expect(notifierWith().send(message(topic))).rejects.toThrow('met a fault');
    expect(account.asked('sns.Publish')).toHaveLength(1);
    account.strike('sns.Publish', 'denied');
    await expect(notifierWith().send(message(topic))).rejects.toThrow('AccessDenied');
    expect(account.asked('sns.Publish')).toHaveLength(2);
    expect(await delivered()).toEqual([]);
  });
});
