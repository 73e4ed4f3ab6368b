import type { ActionKind } from '../../../lambdas/contract/names.ts';
import type { OrderRef } from '../../../lambdas/model/order.ts';
import type { Deployed, Installation } from '../deploy/installation.ts';
import type { Account } from '../harness/account.ts';
import { type Answer, LambdaProcess, lambdaEnvironment } from './lambda-process.ts';
import type { StageClock } from './stage-clock.ts';
import type { Waits } from './waits.ts';

/** Those that rules lead to. */
const ofRules: readonly Deployed[] = ['on-signal', 'workflow-ended'];

/** A workflow's process; `call` wakes it if it waits for that callback. */
export type Workflow = Pick<LambdaProcess, 'answer' | 'kill'> & {
  readonly call: (callbackId: string) => Promise<boolean>;
};

/** Is there when `recover` invokes a function; gives back what it answers. */
export type Watch = (name: ActionKind, ref: OrderRef, invoke: () => Promise<Answer>) => Promise<Answer>;

/** The functions as they were deployed, each invocation in a process of its own. */
export class Functions {
  readonly #installation: Installation;
  readonly #account: Account;
  readonly #clock: StageClock;
  readonly #waits: Waits;

  constructor(installation: Installation, account: Account, clock: StageClock, waits: Waits) {
    this.#installation = installation;
    this.#account = account;
    this.#clock = clock;
    this.#waits = waits;
  }

  /** Which function that is the ARN of. */
  named(arn: string): Deployed {
    const found = ofRules.find((name) => this.#installation.function(name).arn === arn);
    if (found === undefined) throw new Error(`${arn} is no function of the installation.`);
    return found;
  }

  start(name: Deployed, event: unknown): LambdaProcess {
    const { environment, what } = this.#deployed(name, event);
    return new LambdaProcess('run-function.mjs', this.#clock, environment, what);
  }

  invoke(name: Deployed, event: unknown): Promise<Answer> {
    return this.start(name, event).answer;
  }

  /** `recover`, from its start to its end, with the actions' functions it was deployed with. */
  workflow(event: unknown, watch: Watch): Workflow {
    const { environment, what } = this.#deployed('recover', event);
    const byArn = actionsIn(environment.ACTION_FUNCTIONS);
    const begun = { ...what, functions: [...byArn.keys()] };
    const worker = this.#waits.begin();
    const process = new LambdaProcess('run-workflow.mjs', this.#clock, environment, begun, async (request) => {
      if ('until' in request) {
        await worker.until(request.until);
        return { ahead: this.#clock.ahead };
      }
      const name = byArn.get(request.arn);
      if (name === undefined) return { error: `Nothing is deployed as ${request.arn}.` };
      return watch(name, request.event as OrderRef, () => this.invoke(name, request.event));
    });
    void process.answer.then(() => worker.end());
    const call = async (callbackId: string): Promise<boolean> => {
      const known = await process.call(callbackId, this.#clock.ahead);
      if (known) worker.wake();
      return known;
    };
    return { answer: process.answer, kill: () => process.kill(), call };
  }

  #deployed(name: Deployed, event: unknown) {
    const deployed = this.#installation.function(name);
    const environment: Readonly<Record<string, string>> = {
      ...deployed.environment,
      ...lambdaEnvironment(name, deployed, this.#account),
    };
    return { environment, what: { bundle: deployed.bundle, event } };
  }
}

const actionsIn = (json = '{}'): ReadonlyMap<string, ActionKind> =>
  new Map(Object.entries(JSON.parse(json) as Record<string, string>).map(([name, arn]) => [arn, name as ActionKind]));
