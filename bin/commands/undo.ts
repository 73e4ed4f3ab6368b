import type { Command } from 'commander';
import { defineUndo } from './ask-about-incident.ts';
import type { CommandModule } from './command.ts';

/** `paramedic undo`: takes back what was done in an incident. */
export const undo: CommandModule = {
  define: (command: Command) =>
    defineUndo(command, [
      'paramedic undo 20260105-141500-k3f9x2ab',
      'paramedic undo 20260105-141500-k3f9x2ab --why "it was the wrong task"',
    ]),
};
