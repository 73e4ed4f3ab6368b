import type { DestinationConfig, IDestination } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

/** Where Lambda puts the events a function failed on. CDK's own destination would let the role look at the queue as well. */
export class Failures implements IDestination {
  readonly #queue: IQueue;

  constructor(queue: IQueue) {
    this.#queue = queue;
  }

  bind(): DestinationConfig {
    return { destination: this.#queue.queueArn };
  }
}
