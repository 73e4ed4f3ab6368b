import type { Instant } from '../contract/time.ts';

/**
 * What a message tells: an incident opened, a person is asked, something was or would be done, it ended, what it left behind,
 * or many things at once.
 */
export type MessageKind = 'opened' | 'asked' | 'acted' | 'recovered' | 'handed-over' | 'tasks-outside' | 'digest';

export type Message = {
  /** The ledger entry it tells of: sending it again is the same message. */
  readonly id: string;
  readonly topic: string;
  /** At most 99 characters, no line breaks. */
  readonly subject: string;
  readonly body: string;
  readonly kind: MessageKind;
  readonly service: string;
  readonly severity: 'critical' | 'warning' | 'info';
  /** The incident's id, or several joined by a comma in a digest. */
  readonly dedupKey: string;
  readonly status: 'trigger' | 'update' | 'resolve';
  /** The services it is about, where they are several. */
  readonly services?: readonly string[];
  /** Ids of other messages that it makes needless. */
  readonly tells?: readonly string[];
};

/** What one topic was sent lately, and what waits for the next digest. */
export type SendRecord = {
  readonly sent: readonly Sent[];
  readonly pending: readonly PendingLine[];
};
export type Sent = {
  readonly id: string;
  readonly at: Instant;
  readonly digest: boolean;
  /** Publishing it was confirmed; until then it is given out again to whoever asks again. */
  readonly delivered?: boolean;
  /** The messages that a digest, or one for several incidents, tells of. */
  readonly tells?: readonly string[];
};
export type PendingLine = Pick<
  Message,
  'id' | 'service' | 'subject' | 'severity' | 'dedupKey' | 'status' | 'services' | 'tells'
>;
