import { existsSync, readFileSync, statSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { pipelineNamePattern } from '../../lambdas/contract/names.ts';
import { renderProblem } from '../../lib/config/read-yaml.ts';
import { readRecovery } from '../../lib/config/recovery.ts';
import type { Installed } from '../../lib/operator/outcome.ts';
import { UserError } from './command.ts';

/** Which installation a command speaks to. */
export type InstallationOptions = { readonly config?: string; readonly pipeline?: string; readonly region?: string };

const standardFile = 'recovery.yaml';
const instead = 'or name the installation with --pipeline NAME --region REGION';

export const withInstallation = (command: Command): Command =>
  command
    .option('--config <file>', `whose install: names the installation (default: ${standardFile})`)
    .option('--pipeline <name>', 'the installation by its name; with --region, in place of --config', pipelineName)
    .option('--region <region>', 'the AWS Region it is in', regionName);

function pipelineName(text: string): string {
  if (!pipelineNamePattern.test(text))
    throw new InvalidArgumentError('Allowed is the install.name of a recovery.yaml, such as prod.');
  return text;
}

function regionName(text: string): string {
  if (!/^[a-z]{2,8}(-[a-z]+)+-\d{1,2}$/.test(text))
    throw new InvalidArgumentError('Allowed is an AWS Region, such as eu-central-1.');
  return text;
}

export function installedBy({ config, pipeline, region }: InstallationOptions): Installed {
  if (pipeline !== undefined && region !== undefined && config === undefined) return { pipeline, region };
  if (pipeline !== undefined || region !== undefined)
    throw new UserError('--pipeline and --region go together, and without --config.');
  return installedIn(config ?? standardFile);
}

function installedIn(file: string): Installed {
  if (!existsSync(file)) throw new UserError(`${file}: there is no such file. Name one with --config, ${instead}.`);
  if (statSync(file).isDirectory()) throw new UserError(`${file} is a folder; give a file, ${instead}.`);
  const read = readRecovery(file, readFileSync(file, 'utf8'));
  if ('problems' in read) throw new UserError(`${read.problems.map(renderProblem).join('\n')}\nMend it, ${instead}.`);
  const { name, region } = read.value.install;
  return { pipeline: name, region };
}
