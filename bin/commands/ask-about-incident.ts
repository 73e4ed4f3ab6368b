import type { Command } from 'commander';
import { askForOperation, exitCodes, type OperationOptions, withOperation } from './ask-for-operation.ts';
import { examples } from './command.ts';

type Options = OperationOptions & { readonly why: string };

/** About an incident the reason may be left out. */
const withReason = (command: Command, shown: readonly string[]): Command =>
  withOperation(command.option('--why <text>', 'why, in one line', 'no reason given')).addHelpText(
    'after',
    `${examples(...shown)}${exitCodes}`,
  );

/** What saying yes and saying no have in common: both name the very request they answer. */
export const defineAnswer = (command: Command, kind: 'approve' | 'reject', shown: readonly string[]): Command =>
  withReason(
    command
      .argument('<incident>', 'the incident that waits, as its message names it')
      .argument('<request>', 'the number of what it asks for, as its message names it'),
    shown,
  ).action(async (incident: string, request: string, { why, ...options }: Options) => {
    process.exitCode = await askForOperation(kind, { incident, request, why }, options);
  });

export const defineUndo = (command: Command, shown: readonly string[]): Command =>
  withReason(
    command.argument('<incident>', 'the incident whose acts are to be taken back, as its message names it'),
    shown,
  ).action(async (incident: string, { why, ...options }: Options) => {
    process.exitCode = await askForOperation('undo', { incident, why }, options);
  });
