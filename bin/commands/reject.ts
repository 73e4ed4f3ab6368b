import type { Command } from 'commander';
import { defineAnswer } from './ask-about-incident.ts';
import type { CommandModule } from './command.ts';

/** `paramedic reject`: no to what an incident proposes, as that message has it. */
export const reject: CommandModule = {
  define: (command: Command) =>
    defineAnswer(command, 'reject', [
      'paramedic reject 20260105-141500-k3f9x2ab 3',
      'paramedic reject 20260105-141500-k3f9x2ab 3 --why "we are rolling forward"',
    ]),
};
