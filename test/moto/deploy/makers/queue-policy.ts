import { askJson } from '../ask.ts';
import type { Properties } from '../template.ts';
import { cloudFormation, type Maker, made, type Site } from './maker.ts';

async function set({ account }: Site, queues: unknown, Policy: string) {
  for (const QueueUrl of queues as readonly string[])
    await askJson(account, cloudFormation, 'sqs', 'AmazonSQS.SetQueueAttributes', {
      QueueUrl,
      Attributes: { Policy },
    });
}

async function put({ PolicyDocument, Queues }: Properties, site: Site) {
  await set(site, Queues, JSON.stringify(PolicyDocument));
  return made(site.logicalId);
}

export const queuePolicy: Maker = {
  create: put,
  update: (properties, _, site) => put(properties, site),
  identity: ['Queues'],
  delete: (_, { Queues }, site) => set(site, Queues, ''),
};
