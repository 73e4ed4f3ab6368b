import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Mode, modes } from '../../lambdas/contract/settings.ts';
import { examples, UserError } from './command.ts';

export type SimulateOptions = {
  readonly mode?: Mode;
  readonly seed?: number;
  readonly seeds?: Seeds;
  readonly without?: string;
  readonly json?: boolean;
  readonly watch?: boolean;
  readonly ablation?: boolean;
  readonly report?: string;
};
export type Seeds = { readonly from: number; readonly to: number };

const seedAllowed = 'Allowed is a whole number from 0 to 999999.';

function seed(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError(seedAllowed);
  return Number(text);
}

function seeds(text: string): Seeds {
  const [, from, to] = /^(\d{1,6})-(\d{1,6})$/.exec(text) ?? [];
  if (from === undefined || to === undefined || Number(from) > Number(to))
    throw new InvalidArgumentError('Allowed is FROM-TO, such as 1-50.');
  return { from: Number(from), to: Number(to) };
}

/** Of two, the first would be forgotten without a word. */
function once(name: string, before: string | undefined): string {
  if (before !== undefined)
    throw new UserError(`--without ${name}: ${before} is left out already; allowed is one --without.`);
  return name;
}

const exitCodes = '\nExit codes: 0 every run meets its expectations, 1 some do not, 2 used wrongly.\n';

/** What `paramedic simulate` takes. */
export const describeSimulate = (command: Command): Command =>
  command
    .argument('[scenario...]', 'scenario files, or names of files in scenarios/ (default: all of them)')
    .addOption(new Option('--mode <mode>', "instead of the services' own modes").choices(modes))
    .addOption(new Option('--seed <n>', 'which run; the same seed gives the same run to the byte').argParser(seed))
    .addOption(new Option('--seeds <from-to>', 'many runs, such as 1-50').argParser(seeds).conflicts('seed'))
    .option('--without <name>', 'leave out `paramedic`, or one hypothesis, guardrail, action or safeguard', once)
    .option('--json', 'print one array with an object per run, and nothing else')
    .option('--report <file>', 'write a page with charts, decisions and messages of every run, such as report.html')
    .addOption(new Option('--watch', 'show one scenario as a live timeline').conflicts(['json', 'seeds']))
    .addOption(
      new Option('--ablation', 'play with each part left out and print what breaks').conflicts(['watch', 'without']),
    )
    .addHelpText(
      'after',
      examples(
        'paramedic simulate',
        'paramedic simulate scenarios/one-slow-task-of-six.yaml --watch',
        'paramedic simulate one-slow-task-of-six --seeds 1-50',
        'paramedic simulate one-slow-task-of-six --without paramedic',
        'paramedic simulate --ablation',
      ) + exitCodes,
    );
