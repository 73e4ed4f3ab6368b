import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { RouteName } from '../../lambdas/contract/operation-api.ts';
import { readOperation } from '../../lambdas/pipeline/read-operation.ts';
import { addressAllowed, readAddress } from '../../lib/operator/api-address.ts';
import type { Outcome } from '../../lib/operator/outcome.ts';
import { type ExitCode, UserError } from './command.ts';
import { type InstallationOptions, installedBy, withInstallation } from './installation-options.ts';
import { showProgress } from './progress.ts';

export type OperationOptions = InstallationOptions & {
  readonly url?: string;
  readonly id?: string;
  readonly json?: boolean;
};

/** The options that all operations have. */
export const withOperation = (command: Command): Command =>
  withInstallation(command)
    .option('--url <address>', 'ask there (default: the address that the installation publishes)')
    .option('--id <uuid>', 'ask once more for what was asked under this id: it is done once')
    .option('--json', 'print one object and nothing else');

export const exitCodes =
  '\nExit codes: 0 it is done, 1 it was refused, 2 it was used wrongly, not sent, or not answered.\n' +
  'Who asks is who your AWS credentials belong to.\n';

/** Has something carried out, or refused, by the installation. Fields that are undefined are left out. */
export async function askForOperation(
  route: RouteName,
  fields: Readonly<Record<string, string | undefined>>,
  options: OperationOptions,
): Promise<ExitCode> {
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  const body = { id: options.id ?? randomUUID(), ...Object.fromEntries(given) };
  const read = readOperation(route, body);
  if ('flaw' in read) throw new UserError(read.flaw);
  const installed = installedBy(options);
  const address = options.url === undefined ? undefined : readAddress(options.url, installed.region);
  if (options.url !== undefined && address === undefined)
    throw new UserError(`--url is "${options.url}"; allowed is ${addressAllowed(installed.region)}.`);
  // Its version is pinned and tested on the Node.js this runs on: what later ones will need is no news for a person on call.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // The AWS SDK is loaded only now, when all that can be checked without it is in order.
  const { askApi, askedWithin } = await import('../../lib/operator/ask-api.ts');
  const answered = showProgress(process.stderr, askedWithin);
  const question = { route, body, installed, ...(address === undefined ? {} : { address }) };
  const outcome = await askApi(question).finally(answered);
  return told(outcome, options);
}

function told(outcome: Outcome, { json }: OperationOptions): ExitCode {
  const { kind, says, by, isNonsense, lingers } = outcome;
  if (json) process.stdout.write(`${JSON.stringify({ kind, says, by }, null, 2)}\n`);
  else if (kind === 'done') process.stdout.write(`${says}\nRecorded as asked for by ${by}.\n`);
  else process.stderr.write(`paramedic: ${headings[kind]}: ${says}\n`);
  const code = kind === 'done' ? 0 : kind === 'refused' && isNonsense === undefined ? 1 : 2;
  if (lingers) setTimeout(() => process.exit(code), 100).unref();
  return code;
}

const headings = { refused: 'refused', 'not-sent': 'not sent', 'no-answer': 'no answer' } as const;
