import type { Forward, Gap, Reply } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';

/** Who is subscribed only once a person has followed a link (https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html). */
const asksFirst: ReadonlySet<string> = new Set(['email', 'email-json', 'http', 'https']);

/**
 * The two counts of GetTopicAttributes, which moto leaves at nought: counted from moto's own list of subscriptions
 * (https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html).
 */
export class SubscriptionCounts implements Gap {
  readonly operations = ['sns.GetTopicAttributes'];
  readonly because = 'the counts of subscriptions';
  readonly #confirmed = new Set<string>();

  /** What a person does who follows the link. */
  confirm(endpoint: string): void {
    this.#confirmed.add(endpoint);
  }

  readonly answer = async ({ body }: Asked, forward: Forward): Promise<Reply> => {
    const reply = await forward();
    if (reply.status !== 200) return reply;
    const { Version, TopicArn } = body as Readonly<Record<string, string>>;
    const counts = { SubscriptionsConfirmed: 0, SubscriptionsPending: 0 };
    for (let token: string | undefined = ''; token !== undefined; ) {
      const asked = { Action: 'ListSubscriptionsByTopic', ...{ Version, TopicArn }, NextToken: token };
      const page = (await forward(new URLSearchParams(asked as Record<string, string>).toString())).body.toString();
      for (const [, subscription = ''] of page.matchAll(/<member>([\s\S]*?)<\/member>/g))
        counts[this.#isConfirmed(subscription) ? 'SubscriptionsConfirmed' : 'SubscriptionsPending']++;
      token = element(page, 'NextToken');
    }
    const xml = Object.entries(counts).reduce(
      (text, [name, count]) => text.replace(entryOf(name), `$1${count}$2`),
      reply.body.toString(),
    );
    return { ...reply, body: Buffer.from(xml) };
  };

  #isConfirmed(subscription: string): boolean {
    const [protocol = '', endpoint = ''] = [element(subscription, 'Protocol'), element(subscription, 'Endpoint')];
    return !asksFirst.has(protocol) || this.#confirmed.has(endpoint);
  }
}

const element = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1];

const entryOf = (name: string): RegExp => new RegExp(`(<key>${name}</key>\\s*<value>)[^<]*(</value>)`);
