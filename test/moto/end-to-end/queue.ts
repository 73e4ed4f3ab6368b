import { askJson } from '../deploy/ask.ts';
import type { Account } from '../harness/account.ts';

type Received = { readonly Messages?: readonly { readonly Body: string; readonly ReceiptHandle: string }[] };

/** SQS gives ten messages at once, at most. */
const atOnce = 10;

/** A queue that a test reads. */
export class Queue {
  readonly arn: string;
  readonly #account: Account;
  readonly #url: string;

  private constructor(account: Account, name: string, url: string) {
    this.#account = account;
    this.#url = url;
    this.arn = account.arn('sqs', name);
  }

  static async create(account: Account, name: string): Promise<Queue> {
    const { QueueUrl } = await sqs<{ QueueUrl: string }>(account, 'CreateQueue', { QueueName: name });
    return new Queue(account, name, QueueUrl);
  }

  /** The bodies of all messages that wait, which are then gone. */
  async take(): Promise<readonly string[]> {
    const taken: string[] = [];
    for (;;) {
      const asked = { QueueUrl: this.#url, MaxNumberOfMessages: atOnce, WaitTimeSeconds: 0 };
      const { Messages = [] } = await sqs<Received>(this.#account, 'ReceiveMessage', asked);
      if (Messages.length === 0) return taken;
      for (const { Body, ReceiptHandle } of Messages) {
        taken.push(Body);
        await sqs(this.#account, 'DeleteMessage', { QueueUrl: this.#url, ReceiptHandle });
      }
    }
  }
}

const sqs = <T>(account: Account, operation: string, body: object): Promise<T> =>
  askJson(account, 'stage', 'sqs', `AmazonSQS.${operation}`, body);
