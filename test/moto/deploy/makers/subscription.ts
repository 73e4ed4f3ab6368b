import { SetSubscriptionAttributesCommand, SNSClient, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import type { Properties } from '../template.ts';
import { cloudFormation, type Maker, made, type Site, text } from './maker.ts';

const client = ({ account }: Site) => new SNSClient(account.client(cloudFormation));

/** All but what makes the subscription itself are its attributes; documents are sent as JSON. */
function attributes({ TopicArn: _, Protocol: __, Endpoint: ___, Region: ____, ...others }: Properties) {
  const texts = Object.entries(others).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(texts) as Readonly<Record<string, string>>;
}

export const subscription: Maker = {
  create: async (properties, site) => {
    const { SubscriptionArn } = await client(site).send(
      new SubscribeCommand({
        TopicArn: text(properties, 'TopicArn'),
        Protocol: text(properties, 'Protocol'),
        Endpoint: text(properties, 'Endpoint'),
        Attributes: attributes(properties),
        ReturnSubscriptionArn: true,
      }),
    );
    return made(SubscriptionArn ?? '');
  },
  update: async (properties, was, site) => {
    for (const [AttributeName, AttributeValue] of Object.entries({ FilterPolicy: '{}', ...attributes(properties) }))
      await client(site).send(
        new SetSubscriptionAttributesCommand({ SubscriptionArn: was.ref, AttributeName, AttributeValue }),
      );
    return was;
  },
  identity: ['TopicArn', 'Protocol', 'Endpoint'],
  delete: async ({ ref }, _, site) => {
    await client(site).send(new UnsubscribeCommand({ SubscriptionArn: ref }));
  },
};
