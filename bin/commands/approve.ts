import type { Command } from 'commander';
import { defineAnswer } from './ask-about-incident.ts';
import type { CommandModule } from './command.ts';

/** `paramedic approve`: yes to what an incident proposes, as that message has it. */
export const approve: CommandModule = {
  define: (command: Command) =>
    defineAnswer(command, 'approve', [
      'paramedic approve 20260105-141500-k3f9x2ab 3',
      'paramedic approve 20260105-141500-k3f9x2ab 3 --why "traffic is low"',
    ]),
};
