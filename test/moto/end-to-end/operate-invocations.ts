import type { Installation } from '../deploy/installation.ts';
import type { Account, Gap, Reply } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { jsonReply } from '../harness/replies.ts';
import { LambdaProcess, lambdaEnvironment } from './lambda-process.ts';
import { StageClock } from './stage-clock.ts';

/**
 * Lambda's synchronous answer to who invokes `operate`: the deployed bundle, in a process of its own
 * (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).
 */
export class OperateInvocations implements Gap {
  readonly operations = ['lambda.Invoke'];
  readonly #account: Account;
  readonly #installation: Installation;
  readonly #clock: StageClock;

  constructor(account: Account, installation: Installation, clock = new StageClock()) {
    this.#account = account;
    this.#installation = installation;
    this.#clock = clock;
  }

  readonly answer = async ({ path, raw }: Asked): Promise<Reply | undefined> => {
    const deployed = this.#installation.function('operate');
    if (path !== `/2015-03-31/functions/${deployed.functionName}/invocations`) return undefined;
    const environment = { ...deployed.environment, ...lambdaEnvironment('operate', deployed, this.#account) };
    const what = { bundle: deployed.bundle, event: JSON.parse(raw.toString('utf8')) as unknown };
    const { result, error } = await new LambdaProcess('run-function.mjs', this.#clock, environment, what).answer;
    return error === undefined
      ? jsonReply(result)
      : jsonReply({ errorMessage: error, errorType: 'Error' }, 200, { 'x-amz-function-error': 'Unhandled' });
  };
}
