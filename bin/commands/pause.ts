import type { Command } from 'commander';
import { askForOperation, exitCodes, type OperationOptions, withOperation } from './ask-for-operation.ts';
import { type CommandModule, examples } from './command.ts';

type Options = OperationOptions & { readonly for?: string; readonly why: string };

/** `paramedic pause`: the kill switch. */
export const pause: CommandModule = {
  define: (command: Command) =>
    withOperation(
      command
        .argument('[service]', 'the service to leave alone (default: everything)')
        .option('--for <duration>', 'how long, such as 30m or 2h, 30d at most (default: until somebody resumes it)')
        .requiredOption('--why <text>', 'why, in one line: messages and the ledger repeat it'),
    )
      .addHelpText(
        'after',
        `${examples(
          'paramedic pause --why "database migration"',
          'paramedic pause checkout --for 2h --why "load test"',
        )}${exitCodes}`,
      )
      .action(async (service: string | undefined, { for: length, why, ...options }: Options) => {
        process.exitCode = await askForOperation('pause', { service, for: length, why }, options);
      }),
};
