import { NotDone } from '../../lambdas/contract/not-done.ts';
import type { VirtualClock } from './clock.ts';
import type { Way } from './process.ts';
import type { Random } from './random.ts';
import { Overrides } from './world/overrides.ts';

/** What a scenario does to the AWS API: `operations` names a port or one of its calls, null means every read and change. */
export type ApiFault = {
  readonly kind: 'throttled' | 'failed' | 'timed-out';
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
  'routing',
  'protection',
  'stacks',
  'scaling',
  'metrics',
  'taskLogs',
  'change',
  'alarms',
  'executions',
]);

/** Stores of our own, which are quick: what one call takes, in milliseconds. */
const quick: Readonly<Record<string, number>> = {
  ledger: 15,
  openIncidents: 15,
  outbox: 15,
  fleet: 15,
  settings: 40,
  ownAlarms: 40,
  controls: 10,
  notifier: 60,
};

/** Calls that write, beside the changes: a lost answer may hide that they did. */
const writes: ReadonlySet<string> = new Set([
  'ledger.join',
  'ledger.open',
  'ledger.markStarted',
  'ledger.append',
  'ledger.claim',
  'ledger.withdraw',
  'ledger.close',
  'ledger.release',
  'outbox.update',
  'fleet.update',
  'notifier.send',
  'workflows.start',
]);

/** An adapter tries a read four times in all. It tries a change again only when AWS refused to begin it. */
const attempts = 4;

/** How long an adapter waits for an answer, in ms; for that to a change. */
const [patience, patienceWithChanges] = [5000, 10_000];

/** The way from a function to the AWS API: it takes time, and it can fail. */
export class Api {
  readonly #clock: VirtualClock;
  readonly #random: Random;
  /** What is wrong with it now, by cause. */
  readonly faults = new Overrides<ApiFault>();
  /** How many calls took effect though their answers were lost. */
  lostAnswers = 0;

  constructor(clock: VirtualClock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  readonly way: Way = async (name, run) => {
    const port = name.slice(0, name.indexOf('.'));
    const millis = quick[port];
    if (millis !== undefined) await this.#clock.sleep(millis);
    if (this.faults.all.length === 0) return run();
    const once = name === 'notifier.send' ? run : rememberedOnce(run);
    for (let attempt = 1; ; attempt++) {
      const fault = this.#faultOf(name, port);
      if (!fault) return once();
      // A change that failed may have been made all the same, and a message published: the answer is what got lost.
      if ((port === 'change' || name === 'notifier.send') && fault.kind !== 'throttled') {
        await this.#maybe(once);
        if (fault.kind === 'timed-out') await this.#clock.sleep(patienceWithChanges);
        throw new Error(`${wording[fault.kind]}: ${name} got no answer.`);
      }
      if (fault.kind === 'timed-out') {
        if (writes.has(name)) await this.#maybe(once);
        await this.#clock.sleep(patience);
      }
      if (attempt === attempts) {
        const message = `${wording[fault.kind]}: ${name} failed ${attempts} times.`;
        throw port === 'change' ? new NotDone(message) : new Error(message);
      }
      await this.#clock.sleep(Math.round(2 ** attempt * 250 * (0.5 + this.#random.next())));
    }
  };

  /** Half of the calls that get no answer are made. */
  async #maybe(run: () => Promise<unknown>): Promise<void> {
    if (this.#random.next() >= 0.5) return;
    this.lostAnswers++;
    await run();
  }

  #faultOf(name: string, port: string): ApiFault | undefined {
    return this.faults.all.find((fault) => {
      const { operations, rate } = fault;
      const hit = operations === null ? apis.has(port) : operations === port || operations === name;
      return hit && this.#random.next() < rate;
    });
  }
}

/** Repetitions of a conditional write carry the same token: what was done once is not done again, but answered. */
function rememberedOnce<T>(run: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= run();
    return answer;
  };
}

const wording = {
  throttled: 'ThrottlingException',
  failed: 'ServiceUnavailable',
  'timed-out': 'TimeoutError',
} as const;
