import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('child.mjs', import.meta.url));

/** A fresh process with one bundle in it, under one Node. */
export class FunctionProcess {
  #child;

  constructor(file, responder, node, environment) {
    this.#child = fork(child, [file, responder], {
      execPath: node,
      execArgv: ['--no-warnings'],
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  /** What the import took, in milliseconds: { busy, cpu }. */
  async imported() {
    return (await this.#answer()).imported;
  }

  /** What it took from the event of an occasion to the request it waits for, in milliseconds: { busy, cpu }. */
  async handle(occasion) {
    this.#child.send(occasion);
    const { own, failed } = await this.#answer();
    if (own === undefined) throw new Error(`No request held "${occasion.until}". The function answered ${failed}`);
    return own;
  }

  end() {
    this.#child.kill();
  }

  async #answer() {
    const exit = once(this.#child, 'exit').then(([code]) => {
      throw new Error(`The process of a function ended with ${code}.`);
    });
    exit.catch(() => undefined);
    const [message] = await Promise.race([once(this.#child, 'message'), exit]);
    return message;
  }
}
