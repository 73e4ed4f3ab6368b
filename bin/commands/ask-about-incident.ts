import type { Command } from 'commander';
import { askForOperation, exitCodes, type OperationOptions, withOperation } from './ask-for-operation.ts';
import { examples } from './command.ts';

type Options = OperationOptions & { readonly why: string };

/** What the operations on an incident have in common: its id, and a reason that may be left out. */
export const defineForIncident = (
  command: Command,
  kind: 'approve' | 'reject' | 'undo',
  which: string,
  shown: readonly string[],
): Command =>
  withOperation(command.argument('<incident>', which).option('--why <text>', 'why, in one line', 'no reason given'))
    .addHelpText('after', `${examples(...shown)}${exitCodes}`)
    .action(async (incident: string, options: Options) => {
      process.exitCode = await askForOperation({ kind, incident, why: options.why }, options);
    });
