import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Deployed, DeployedFunction } from '../deploy/installation.ts';
import type { Account } from '../harness/account.ts';
import type { StageClock } from './stage-clock.ts';

/** What a function answered, or why it failed. */
export type Answer = { readonly result?: unknown; readonly error?: string };
/** What a process may ask of its parent: to run a function, or to be woken. */
export type Request = { readonly id: number } & (
  | { readonly arn: string; readonly event: unknown }
  | { readonly until: number }
);

type Serve = (request: Request) => Promise<object>;

/**
 * What Lambda itself puts into the environment of a function
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html); its credentials are named after it. The
 * endpoint takes the place of AWS's own.
 */
export const lambdaEnvironment = (name: Deployed, { functionName }: DeployedFunction, account: Account) => ({
  ...account.environment(name),
  AWS_DEFAULT_REGION: account.region,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: functionName,
  AWS_LAMBDA_FUNCTION_VERSION: '1',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  PATH: process.env.PATH ?? '',
  TZ: ':UTC',
});

/** A bundle in a process of its own, with its environment and nothing else, that tells the time of the account. */
export class LambdaProcess {
  /** Its answer; an error when it ends without one. */
  readonly answer: Promise<Answer>;
  readonly #child: ChildProcess;

  constructor(
    script: 'run-function.mjs' | 'run-workflow.mjs',
    clock: StageClock,
    environment: Readonly<Record<string, string>>,
    what: object,
    serve: Serve = () => Promise.resolve({ error: 'Nobody serves it.' }),
  ) {
    const begin = ['--no-warnings', '--import', clock.module, join(import.meta.dirname, script)];
    const child = spawn(process.execPath, begin, {
      env: { ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    this.answer = answerOf(child, serve);
    child.send(what);
  }

  /** Whether it waited for this callback, and goes on. `ahead`: of its clock. */
  async call(callbackId: string, ahead: number): Promise<boolean> {
    const child = this.#child;
    if (!child.connected) return false;
    const answered = new Promise<boolean>((resolve) => {
      const listen = (message: object): void => {
        if (!('callback' in message) || message.callback !== callbackId) return;
        child.off('message', listen);
        resolve('known' in message && message.known === true);
      };
      child.on('message', listen);
      child.on('exit', () => resolve(false));
    });
    child.send({ callback: callbackId, ahead });
    return answered;
  }

  /** Ends it as Lambda ends a function that is out of time: at once. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

function answerOf(child: ChildProcess, serve: Serve): Promise<Answer> {
  let said = '';
  const note = (text: Buffer) => {
    said = `${said}${text.toString('utf8')}`.slice(-4000);
  };
  child.stdout?.on('data', note);
  child.stderr?.on('data', note);
  return new Promise((resolve) => {
    child.on('message', (message: Answer | Request) => {
      if ('callback' in message) return;
      if (!('id' in message)) resolve(message);
      else
        void serve(message)
          .catch((error: unknown) => ({ error: String(error) }))
          .then((answer) => child.connected && child.send({ ...answer, id: message.id }));
    });
    child.on('error', (error) => resolve({ error: error.message }));
    child.on('exit', (code, signal) => {
      resolve({ error: `The process ended (${signal ?? code}) without an answer. ${said}`.trim() });
    });
  });
}
