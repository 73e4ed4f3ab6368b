import type { Command } from 'commander';
import { askForOperation, exitCodes, type OperationOptions, withOperation } from './ask-for-operation.ts';
import { type CommandModule, examples } from './command.ts';

type Options = OperationOptions & { readonly why: string };

/** `paramedic resume`: ends a pause. */
export const resume: CommandModule = {
  define: (command: Command) =>
    withOperation(
      command
        .argument('[service]', 'the service whose own pause ends (default: the pause of everything)')
        .requiredOption('--why <text>', 'why, in one line'),
    )
      .addHelpText(
        'after',
        `${examples(
          'paramedic resume --why "migration is over"',
          'paramedic resume checkout --why "load test is over"',
        )}${exitCodes}`,
      )
      .action(async (service: string | undefined, { why, ...options }: Options) => {
        process.exitCode = await askForOperation('resume', { service, why }, options);
      }),
};
