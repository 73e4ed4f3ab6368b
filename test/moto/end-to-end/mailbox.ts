import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { Account } from '../harness/account.ts';
import { Queue } from './queue.ts';

/** A message as somebody with a subscription gets it. */
export type Mail = {
  readonly subject: string;
  readonly body: string;
  /** `service`, `severity`, `kind`, `dedupKey`, `status`. */
  readonly attributes: Readonly<Record<string, string>>;
};

type Envelope = {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly Value: string }>>;
};

/** Everything that one topic was sent, through an SQS subscription. */
export class Mailbox {
  readonly #queue: Queue;
  readonly #read: Mail[] = [];

  private constructor(queue: Queue) {
    this.#queue = queue;
  }

  /** Subscribes to a topic; SNS confirms a queue by itself. */
  static async open(account: Account, topic: string): Promise<Mailbox> {
    const queue = await Queue.create(account, `mail-${topic.slice(topic.lastIndexOf(':') + 1)}`);
    const sns = new SNSClient(account.client('stage'));
    await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint: queue.arn }));
    return new Mailbox(queue);
  }

  /** What came so far, oldest first. */
  async read(): Promise<readonly Mail[]> {
    for (const body of await this.#queue.take()) {
      const { Subject, Message, MessageAttributes } = JSON.parse(body) as Envelope;
      const attributes = Object.entries(MessageAttributes).map(([name, { Value }]) => [name, Value]);
      this.#read.push({ subject: Subject, body: Message, attributes: Object.fromEntries(attributes) });
    }
    return this.#read;
  }
}
