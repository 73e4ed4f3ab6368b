import { CloudWatchClient, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { alarmName } from '../../../lambdas/contract/names.ts';
import type { Account } from '../harness/account.ts';
import type { BusEvent } from './event-bus.ts';
import type { Minute } from './minute.ts';

type State = 'OK' | 'ALARM';

/** What the services of the stage are configured with: 2 of 3 minutes above 2 %, with at least 50 requests. */
const [breaching, of, threshold, fewestRequests] = [2, 3, 2, 50];

/** The deployed alarm on errors of a service. moto keeps its state and evaluates nothing; this does, and tells what CloudWatch tells. */
export class ErrorAlarm {
  readonly name: string;
  readonly #account: Account;
  readonly #client: CloudWatchClient;
  #state: State = 'OK';
  #since: number;

  constructor(account: Account, pipeline: string, service: string, since: number) {
    this.#account = account;
    this.#client = new CloudWatchClient(account.client('cloudwatch'));
    this.#since = since;
    this.name = alarmName(pipeline, service, 'errors');
  }

  get state(): State {
    return this.#state;
  }

  /** Evaluates the newest minutes; the event when its state changes. */
  async evaluate(minutes: readonly Minute[], now: number): Promise<BusEvent | undefined> {
    const bad = minutes.slice(-of).filter(breaches).length;
    const state = bad >= breaching ? 'ALARM' : 'OK';
    if (state === this.#state) return undefined;
    const reason = `Threshold Crossed: ${bad} out of the last ${of} datapoints were above the threshold (${threshold}).`;
    await this.#client.send(new SetAlarmStateCommand({ AlarmName: this.name, StateValue: state, StateReason: reason }));
    const event = this.event(state, reason, now);
    [this.#state, this.#since] = [state, now];
    return event;
  }

  /** As CloudWatch sends it (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html). */
  event(value: State, reason: string, now: number): BusEvent {
    return {
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      resources: [this.#account.arn('cloudwatch', `alarm:${this.name}`)],
      detail: {
        alarmName: this.name,
        configuration: { description: 'Too many requests fail.', metrics: [] },
        previousState: { value: this.#state, reason: 'r', timestamp: timestamp(this.#since) },
        state: { value, reason, reasonData: '{}', timestamp: timestamp(now) },
      },
    };
  }
}

const breaches = ({ requests, errors }: Minute): boolean =>
  requests >= fewestRequests && (100 * errors) / requests > threshold;

/** `2026-01-05T12:00:00.000+0000` */
const timestamp = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');
