import type { Command } from 'commander';

/** What each file of this folder that is a command exports, under its own name: `explain.ts` exports `explain`. */
export type CommandModule = {
  /**
   * Adds arguments, options, examples and the action to a command that has its name and description. The action sets
   * `process.exitCode`.
   */
  define(command: Command): Command;
};

/** 0: fine. 1: the answer is no. 2: used wrongly. */
export type ExitCode = 0 | 1 | 2;

/** Something the user can put right. Printed as one sentence, without a stack trace. */
export class UserError extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = 2) {
    super(message);
    this.name = 'UserError';
    this.exitCode = exitCode;
  }
}

/** Lines below a command's help. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
