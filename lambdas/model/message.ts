import type { Instant } from '../contract/time.ts';

/**
 * What a message tells: an incident opened, a person is asked, something was or would be done, it ended, what it left behind,
 * or the newest of many incidents.
 */
export type MessageKind = 'opened' | 'asked' | 'acted' | 'recovered' | 'handed-over' | 'tasks-outside' | 'summary';

export type Message = {
  /** The ledger entry it tells of: sending it again is the same message. */
  readonly id: string;
  readonly topic: string;
  /** At most 99 characters, no line breaks. */
  readonly subject: string;
  readonly body: string;
  readonly kind: MessageKind;
  /** `several` where it is about more than one. */
  readonly service: string;
  readonly severity: 'critical' | 'warning' | 'info';
  /** The incident's id, or several joined by a comma. */
  readonly dedupKey: string;
  readonly status: 'trigger' | 'update' | 'resolve';
  /** Where it tells of several incidents: each of them, and the message that it makes needless. */
  readonly tells?: readonly Pick<Message, 'id' | 'service' | 'dedupKey'>[];
};

/** What one topic was sent lately, and what waits for the next summary, oldest first. */
export type SendRecord = {
  readonly sent: readonly Sent[];
  readonly pending: readonly Line[];
};
export type Sent = {
  readonly id: string;
  readonly at: Instant;
  /** Once it is confirmed that it was published: the messages it told of. Until then it is given out again to whoever asks again. */
  readonly told?: readonly string[];
};
/** What a summary says of one message. */
export type Line = Pick<Message, 'id' | 'kind' | 'service' | 'subject' | 'severity' | 'dedupKey' | 'status'>;
