import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Audience } from '../ports/sight.ts';
import { needed } from './answers.ts';
import { reading } from './clients.ts';

const call = 'GetTopicAttributes';

/** How many people listen to a topic: subscriptions that were confirmed. */
export const awsAudience = (client = new SNSClient(reading)): Audience => ({
  confirmed: async (topic) => {
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: topic }));
    const confirmed = needed(Attributes?.SubscriptionsConfirmed, call, 'SubscriptionsConfirmed');
    if (!/^\d+$/.test(confirmed))
      throw new Error(`${call} answered SubscriptionsConfirmed "${confirmed}", not a count.`);
    return Number(confirmed);
  },
});
