import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Message } from '../model/message.ts';
import type { Notifier } from '../ports/notifier.ts';
import { changing } from './clients.ts';
import { sendOnce } from './send-once.ts';

/**
 * Publishes messages, once each: SNS knows no duplicates, and an answer that is lost may hide a message that went. Whether it is
 * given out again is for the outbox to say, which counts it.
 */
export const awsNotifier = (client = new SNSClient(changing)): Notifier => ({
  send: async (message) => {
    const publish = new PublishCommand({
      TopicArn: message.topic,
      Subject: message.subject,
      Message: message.body,
      MessageAttributes: attributesOf(message),
    });
    await sendOnce(() => client.send(publish));
  },
});

/** What subscriptions may filter on. A summary speaks of many services and names them all in its body. */
const attributesOf = ({ service, severity, kind, dedupKey, status }: Message) =>
  Object.fromEntries(
    Object.entries({ service, severity, kind, dedupKey, status }).map(([name, value]) => [
      name,
      { DataType: 'String', StringValue: value },
    ]),
  );
