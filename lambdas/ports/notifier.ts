import type { MessageLimit } from '../contract/settings.ts';
import type { Message, SendRecord } from '../model/message.ts';

export interface Notifier {
  /** Publishes to the message's topic, with attributes service, severity, kind, dedupKey and status. */
  send(message: Message): Promise<void>;
}

/** The record of what a topic was sent, shared by all incidents. */
export interface Outbox {
  readonly limit: MessageLimit;
  /**
   * One atomic read, change and write; repeated when somebody else wrote in between. The same record again is not written.
   * `change` asks nothing but the clock.
   */
  update<T>(
    topic: string,
    change: (record: SendRecord) => { readonly record: SendRecord; readonly result: T },
  ): Promise<T>;
  /** The topics for which something waits for a summary. */
  waiting(): Promise<readonly string[]>;
}
