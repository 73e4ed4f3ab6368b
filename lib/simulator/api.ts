import { NotDone } from '../../lambdas/contract/not-done.ts';
import type { VirtualClock } from './clock.ts';
import type { Way } from './process.ts';
import type { Random } from './random.ts';

/** What a scenario does to the AWS API: `operations` names a port or one of its calls, null means every read and change. */
export type ApiFault = {
  readonly kind: 'throttled' | 'failed';
  readonly operations: string | null;
  /** Share of the calls that are hit, 0 to 1. */
  readonly rate: number;
};

/** Ports whose calls are reads and changes of ECS, load balancer, CloudWatch, logs, ECR and SNS. */
const apis: ReadonlySet<string> = new Set([
  'targets',
  'services',
  'images',
  'audience',
  'metrics',
  'taskLogs',
  'change',
]);

/** Stores of our own, which are quick: what one call takes, in milliseconds. */
const quick: Readonly<Record<string, number>> = { ledger: 15, outbox: 15, settings: 40, controls: 10, notifier: 60 };

/** An adapter tries a read four times in all. It tries a change again only when AWS refused to begin it. */
const attempts = 4;

/** The way from a function to the AWS API: it takes time, and it can fail. */
export class Api {
  readonly #clock: VirtualClock;
  readonly #random: Random;
  fault: ApiFault | null = null;

  constructor(clock: VirtualClock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  readonly way: Way = async (name, run) => {
    const port = name.slice(0, name.indexOf('.'));
    const millis = quick[port];
    if (millis !== undefined) await this.#clock.sleep(millis);
    for (let attempt = 1; ; attempt++) {
      const fault = this.#faultOf(name, port);
      if (!fault) return run();
      const isChange = port === 'change';
      // A change that failed may have been made all the same: the answer is what got lost.
      if (fault.kind === 'failed' && isChange) {
        if (this.#random.next() < 0.5) await run();
        throw new Error(`ServiceUnavailable: ${name} got no answer.`);
      }
      if (attempt === attempts) {
        const message = `${wording[fault.kind]}: ${name} failed ${attempts} times.`;
        throw isChange ? new NotDone(message) : new Error(message);
      }
      await this.#clock.sleep(Math.round(2 ** attempt * 250 * (0.5 + this.#random.next())));
    }
  };

  #faultOf(name: string, port: string): ApiFault | null {
    const { fault } = this;
    if (!fault) return null;
    const hit = fault.operations === null ? apis.has(port) : fault.operations === port || fault.operations === name;
    return hit && this.#random.next() < fault.rate ? fault : null;
  }
}

const wording = { throttled: 'ThrottlingException', failed: 'ServiceUnavailable' } as const;
