import type { Command } from 'commander';
import type { Operation } from '../../lambdas/model/operation.ts';
import { readOperation } from '../../lambdas/pipeline/read-operation.ts';
import type { Operated } from '../../lib/operator/ask-operate.ts';
import { type ExitCode, UserError } from './command.ts';
import { type InstallationOptions, installedBy, withInstallation } from './installation-options.ts';

export type OperationOptions = InstallationOptions & { readonly json?: boolean; readonly print?: boolean };

/** The options that all operations have. */
export const withOperation = (command: Command): Command =>
  withInstallation(command)
    .option('--print', 'print what to invoke the function with, signed for five minutes, and ask nothing')
    .option('--json', 'print one object and nothing else');

export const exitCodes =
  '\nExit codes: 0 it is done, 1 it was refused, 2 it was used wrongly, or nobody answered.\n' +
  'Who asks is who your AWS credentials belong to.\n';

/** Has the operation carried out, or refused, by the function `operate` of the installation. */
export async function askForOperation(asked: Operation, options: OperationOptions): Promise<ExitCode> {
  const read = readOperation(asked);
  if ('flaw' in read) throw new UserError(read.flaw);
  const installed = installedBy(options);
  // Its version is pinned and tested on the Node.js this runs on: what later ones will need is no news for a person on call.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // The AWS SDK is loaded only now, when all that can be checked without it is in order.
  const { askOperate, NotAnswered, signedOperation } = await import('../../lib/operator/ask-operate.ts');
  try {
    if (options.print) {
      print(JSON.stringify(await signedOperation(read.operation, installed, Date.now())));
      return 0;
    }
    return told(await askOperate(read.operation, installed, Date.now()), options);
  } catch (error) {
    throw error instanceof NotAnswered ? new UserError(error.message) : error;
  }
}

function told(answer: Operated, { json }: OperationOptions): ExitCode {
  const { kind, says, by } = answer;
  if (json) print(JSON.stringify({ kind, says, by }, null, 2));
  else if (kind === 'done') print(`${says}\nRecorded as asked for by ${by}.`);
  else process.stderr.write(`paramedic: refused: ${says}\n`);
  return kind === 'done' ? 0 : 1;
}

const print = (text: string): boolean => process.stdout.write(`${text}\n`);
