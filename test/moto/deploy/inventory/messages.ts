import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import type { Account } from '../../harness/account.ts';
import { askJson } from '../ask.ts';

/** Topics with their subscriptions. */
export async function topics(account: Account): Promise<Readonly<Record<string, unknown>>> {
  const client = new SNSClient(account.client());
  const { Topics = [] } = await client.send(new ListTopicsCommand({}));
  const found = Topics.map(async ({ TopicArn = '' }) => {
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
    const { Subscriptions = [] } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    const subscriptions = Subscriptions.map(({ SubscriptionArn }) =>
      client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn })).then((answer) => answer.Attributes),
    );
    return [nameOf(TopicArn), { Attributes, subscriptions: await Promise.all(subscriptions) }] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

export async function queues(account: Account): Promise<Readonly<Record<string, unknown>>> {
  const ask = <Answer>(action: string, body: object) =>
    askJson<Answer>(account, 'test', 'sqs', `AmazonSQS.${action}`, body);
  const { QueueUrls = [] } = await ask<{ readonly QueueUrls?: readonly string[] }>('ListQueues', {});
  const found = QueueUrls.map(
    async (QueueUrl) =>
      [
        QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1),
        await ask<unknown>('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }),
      ] as const,
  );
  return Object.fromEntries(await Promise.all(found));
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
