import type { Gap } from '../harness/account.ts';
import { xmlReply } from '../harness/replies.ts';

/**
 * How many subscriptions of a topic are confirmed: moto answers 0 whatever is subscribed. A queue of the same account is
 * confirmed at once, an e-mail address when its owner says so, which nobody does here
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html).
 */
export const topicSubscriptions: Gap = {
  operations: ['sns.GetTopicAttributes'],
  because: 'the number of confirmed subscriptions',
  async answer({ body }, forward) {
    const reply = await forward();
    if (reply.status !== 200) return reply;
    const { TopicArn = '' } = body as { TopicArn?: string };
    const form = new URLSearchParams({ Action: 'ListSubscriptionsByTopic', Version: '2010-03-31', TopicArn });
    const subscriptions = (await forward(form.toString())).body.toString('utf8');
    const confirmed = [...subscriptions.matchAll(/<Protocol>(.*?)<\/Protocol>/g)].filter(([, name]) => name === 'sqs');
    return xmlReply(
      reply.body
        .toString('utf8')
        .replace(
          /(<key>SubscriptionsConfirmed<\/key>\s*<value>)\d+(<\/value>)/,
          (_, before: string, after: string) => `${before}${confirmed.length}${after}`,
        ),
    );
  },
};
