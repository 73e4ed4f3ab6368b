import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Message } from '../model/message.ts';
import type { Notifier } from '../ports/notifier.ts';
import { repeatable } from './clients.ts';

/** Publishes messages. A publish may be repeated: hearing the same thing twice beats not hearing it. */
export const awsNotifier = (client = new SNSClient(repeatable)): Notifier => ({
  send: async (message) => {
    await client.send(
      new PublishCommand({
        TopicArn: message.topic,
        Subject: message.subject,
        Message: message.body,
        MessageAttributes: attributesOf(message),
      }),
    );
  },
});

/** What subscriptions may filter on. A digest speaks of many services and names them all in its body. */
const attributesOf = ({ service, severity, kind, dedupKey, status }: Message) =>
  Object.fromEntries(
    Object.entries({ service, severity, kind, dedupKey, status }).map(([name, value]) => [
      name,
      { DataType: 'String', StringValue: value },
    ]),
  );
