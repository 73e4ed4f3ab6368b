import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Message } from '../../../lambdas/model/message.ts';
import type { Notifier } from '../../../lambdas/ports/notifier.ts';
import type { Clock } from '../../../lambdas/ports/sight.ts';
import { sealed } from './sealed.ts';

export type Published = {
  readonly at: Instant;
  readonly message: Message;
  /** How many people got it: the confirmed subscriptions at that moment. */
  readonly people: number;
};

/** SNS: what was published, in order. It refuses what SNS refuses (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html). */
export class SimulatedNotifier implements Notifier {
  readonly published: Published[] = [];
  readonly #clock: Clock;
  readonly #listeners: (topic: string) => number;

  constructor(clock: Clock, listeners: (topic: string) => number) {
    this.#clock = clock;
    this.#listeners = listeners;
  }

  async send(message: Message): Promise<void> {
    refuseIllegal(message);
    const people = this.#listeners(message.topic);
    this.published.push({ at: this.#clock.now(), message: sealed(message), people });
  }
}

function refuseIllegal(message: Message): void {
  const { subject, body } = message;
  if (subject.length === 0 || subject.length > 99)
    throw new Error(`InvalidParameter: the subject has ${subject.length} characters, 1 to 99 are allowed.`);
  if (/\p{Cc}|\p{Zl}|\p{Zp}/u.test(subject))
    throw new Error('InvalidParameter: the subject must be one line without control characters.');
  if (body.length === 0 || Buffer.byteLength(body) + attributeBytes(message) > 262_144)
    throw new Error('InvalidParameter: the body must have 1 to 262,144 bytes, the attributes included.');
}

/** Name, type and value of each attribute (https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html). */
const attributeBytes = ({ service, severity, kind, dedupKey, status }: Message): number =>
  Object.entries({ service, severity, kind, dedupKey, status }).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(`${name}String${value}`),
    0,
  );
