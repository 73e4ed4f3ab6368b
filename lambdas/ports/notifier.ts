import type { Message, SendRecord } from '../model/message.ts';

export interface Notifier {
  /** Publishes to the message's topic, with attributes service, severity, kind, dedupKey and status. */
  send(message: Message): Promise<void>;
}

/** The record of what a topic was sent, shared by all incidents. */
export interface Outbox {
  /** One atomic read, change and write; repeated when somebody else wrote in between. `change` asks nothing but the clock. */
  update<T>(
    topic: string,
    change: (record: SendRecord) => { readonly record: SendRecord; readonly result: T },
  ): Promise<T>;
}
