import { SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { awsAudience } from '../../lambdas/aws/audience.ts';
import { reading, repeatable } from '../../lambdas/aws/clients.ts';
import { awsNotifier } from '../../lambdas/aws/notifier.ts';
import type { Message } from '../../lambdas/model/message.ts';
import { settings } from '../pipeline/build.ts';
import { queryFailure, queryResult, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const { topic } = settings();

describe('awsAudience', () => {
  const operation = 'sns.GetTopicAttributes';
  const confirmed = () => awsAudience(new SNSClient({ ...reading, endpoint: aws.endpoint })).confirmed(topic);
  const attributes = (inner: string) => queryResult('GetTopicAttributes', `<Attributes>${inner}</Attributes>`);

  it('counts confirmed subscriptions', async () => {
    const entry = '<entry><key>SubscriptionsConfirmed</key><value>3</value></entry>';
    const pending = '<entry><key>SubscriptionsPending</key><value>9</value></entry>';
    aws.answer({ [operation]: attributes(pending + entry) });
    expect(await confirmed()).toBe(3);
    expect(aws.bodies(operation)).toEqual([{ Action: 'GetTopicAttributes', Version: '2010-03-31', TopicArn: topic }]);
  });

  it('refuses an answer without the count: nobody must not be taken for somebody', async () => {
    aws.answer({ [operation]: attributes('') });
    await expect(confirmed()).rejects.toThrow('GetTopicAttributes answered without SubscriptionsConfirmed.');
  });

  it('refuses a count that is none', async () => {
    aws.answer({
      [operation]: attributes('<entry><key>SubscriptionsConfirmed</key><value>many</value></entry>'),
    });
    await expect(confirmed()).rejects.toThrow('answered SubscriptionsConfirmed "many", not a count.');
  });

  it('surfaces a topic that is gone', async () => {
    aws.answer({ [operation]: queryFailure('NotFound', 'Topic does not exist', 404) });
    await expect(confirmed()).rejects.toThrow('Topic does not exist');
  });
});

describe('awsNotifier', () => {
  const message: Message = {
    id: 'end',
    topic,
    subject: 'checkout: 1 of 6 tasks slow, replaced - recovered in 7 min',
    body: 'WHAT IS WRONG\nOne task was slow.',
    kind: 'recovered',
    service: 'checkout',
    severity: 'info',
    dedupKey: '20260105-120000-abcdefgh',
    status: 'resolve',
  };
  const send = () => awsNotifier(new SNSClient({ ...repeatable, endpoint: aws.endpoint })).send(message);

  it('publishes subject, body and the attributes subscriptions filter on', async () => {
    aws.answer({ 'sns.Publish': queryResult('Publish', '<MessageId>m</MessageId>') });
    await send();
    const attributes = ['service', 'severity', 'kind', 'dedupKey', 'status'] as const;
    expect(aws.bodies('sns.Publish')).toEqual([
      {
        Action: 'Publish',
        Version: '2010-03-31',
        TopicArn: topic,
        Subject: message.subject,
        Message: message.body,
        ...Object.fromEntries(
          attributes.flatMap((name, index) => [
            [`MessageAttributes.entry.${index + 1}.Name`, name],
            [`MessageAttributes.entry.${index + 1}.Value.DataType`, 'String'],
            [`MessageAttributes.entry.${index + 1}.Value.StringValue`, message[name]],
          ]),
        ),
      },
    ]);
  });

  it('publishes again when it was throttled', async () => {
    aws.answer({
      'sns.Publish': [queryFailure('Throttled', 'Rate exceeded', 429), queryResult('Publish', '')],
    });
    await send();
    expect(aws.operations()).toEqual(['sns.Publish', 'sns.Publish']);
  });

  it('says so when it may not publish', async () => {
    aws.answer({ 'sns.Publish': queryFailure('KMSAccessDenied', 'The key may not be used', 400) });
    await expect(send()).rejects.toThrow('The key may not be used');
  });
});
