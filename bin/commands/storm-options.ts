import { type Command, InvalidArgumentError, Option } from 'commander';
import { examples } from './command.ts';
import { processors } from './in-parallel.ts';

export type StormOptions = {
  readonly seeds: number;
  readonly from: number;
  readonly jobs: number;
  readonly without?: string;
  readonly eachGuardrail?: boolean;
  readonly json?: boolean;
};

const whole =
  (low: number, high: number) =>
  (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Allowed is a whole number from ${low} to ${high}.`);
  };

const exitCodes = '\nExit codes: 0 no invariant is broken, 1 one is, 2 used wrongly.\n';

/** What `paramedic storm` takes. */
export const describeStorm = (command: Command): Command =>
  command
    .addOption(new Option('--seeds <n>', 'how many worlds').default(1000).argParser(whole(1, 1_000_000)))
    .addOption(new Option('--from <seed>', 'the first of them').default(1).argParser(whole(0, 100_000_000)))
    .addOption(
      new Option('--jobs <n>', 'how many worlds at once (default: one per processor)')
        .default(processors(), 'processors')
        .argParser(whole(1, 64)),
    )
    .option('--without <name>', 'leave out one hypothesis, guardrail, action or safeguard')
    .addOption(
      new Option(
        '--each-guardrail',
        'leave out each guardrail and safeguard in turn, and print after how many worlds that is noticed',
      ).conflicts('without'),
    )
    .option('--json', 'print one object, and nothing else')
    .addHelpText(
      'after',
      examples(
        'paramedic storm --seeds 10000',
        'paramedic storm --from 4711 --seeds 1',
        'paramedic storm --each-guardrail --seeds 1000',
      ) + exitCodes,
    );
