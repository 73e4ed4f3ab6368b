import { type Command, InvalidArgumentError } from 'commander';
import { millisOf } from '../../lib/config/duration.ts';
import { askForOperation, exitCodes, type OperationOptions, withOperation } from './ask-for-operation.ts';
import { type CommandModule, examples } from './command.ts';

type Options = OperationOptions & { readonly for?: number; readonly why: string };

/** `paramedic pause`: the kill switch. */
export const pause: CommandModule = {
  define: (command: Command) =>
    withOperation(
      command
        .argument('[service]', 'the service to leave alone (default: everything)')
        .option(
          '--for <duration>',
          'how long, such as 30m or 2h, 30d at most (default: until somebody resumes it)',
          length,
        )
        .requiredOption('--why <text>', 'why, in one line: messages and the ledger repeat it'),
    )
      .addHelpText(
        'after',
        `${examples(
          'paramedic pause --why "database migration"',
          'paramedic pause checkout --for 2h --why "load test"',
        )}${exitCodes}`,
      )
      .action(async (service: string | undefined, options: Options) => {
        const until = options.for === undefined ? null : Date.now() + options.for;
        process.exitCode = await askForOperation(
          { kind: 'pause', service: service ?? null, until, why: options.why },
          options,
        );
      }),
};

function length(text: string): number {
  const millis = /^\d{1,7}[smhd]$/.test(text) ? (millisOf(text) ?? 0) : 0;
  if (millis <= 0 || millis > 30 * 86_400_000)
    throw new InvalidArgumentError('Allowed is a whole number of s, m, h or d, up to 30d, such as 30m or 2h.');
  return millis;
}
