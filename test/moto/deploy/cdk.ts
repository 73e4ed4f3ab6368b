import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Account } from '../harness/account.ts';

const cli = join(import.meta.dirname, '../../../node_modules/aws-cdk/bin/cdk');

/** Runs the CDK command line in a folder, with an account behind it. */
export async function cdk(account: Account, folder: string, args: readonly string[]): Promise<void> {
  const env = {
    PATH: process.env.PATH ?? '',
    // Neither somebody's profile nor CDK's own notes on this machine.
    HOME: folder,
    CDK_HOME: folder,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_COLOR: '1',
    CI: 'true',
    ...account.environment('deployer'),
  };
  await new Promise<void>((done, fail) => {
    execFile(process.execPath, [cli, ...args, '--no-notices'], { cwd: folder, env }, (error, stdout, stderr) => {
      if (error) fail(new Error(`cdk ${args.join(' ')}\n${stdout}\n${stderr}`));
      else done();
    });
  });
}
