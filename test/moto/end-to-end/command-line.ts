import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Ran } from '../../commands/command-line.ts';
import type { Account } from '../harness/account.ts';
import type { Person } from './people.ts';
import { StageClock } from './stage-clock.ts';

const door = fileURLToPath(new URL('../../../bin/paramedic.mjs', import.meta.url));

/** The command line as people run it: with their own keys and nothing else, at the time of the account. */
export class CommandLine {
  readonly #account: Account;
  readonly #config: string;
  readonly #clock: StageClock;
  readonly #home = mkdtempSync(join(tmpdir(), 'paramedic-people-'));

  /** `config`: the path of the recovery.yaml that was deployed. */
  constructor(account: Account, config: string, clock = new StageClock()) {
    this.#account = account;
    this.#config = config;
    this.#clock = clock;
  }

  async run({ key }: Person, ...args: readonly string[]): Promise<Ran> {
    const { accessKeyId, secretAccessKey, sessionToken } = key;
    const env = {
      PATH: process.env.PATH,
      HOME: this.#home,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL: this.#account.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    };
    const given = ['--no-warnings', '--import', this.#clock.module, door, ...args, '--config', this.#config];
    const child = spawn(process.execPath, given, { cwd: this.#home, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { code: code ?? -1, out, err };
  }

  remove(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}
