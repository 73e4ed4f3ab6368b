import { SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Properties } from '../template.ts';
import { cloudFormation, type Maker, made, type Site } from './maker.ts';

async function put({ PolicyDocument, Topics }: Properties, { account, logicalId }: Site) {
  for (const TopicArn of Topics as readonly string[])
    await new SNSClient(account.client(cloudFormation)).send(
      new SetTopicAttributesCommand({
        TopicArn,
        AttributeName: 'Policy',
        AttributeValue: JSON.stringify(PolicyDocument),
      }),
    );
  return made(logicalId);
}

export const topicPolicy: Maker = {
  create: put,
  update: (properties, _, site) => put(properties, site),
  identity: ['Topics'],
  // A topic always has a policy: deleting the resource leaves the one it has, and the topics go with the stack.
  delete: () => Promise.resolve(),
};
