import type { Command } from 'commander';
import { defineForIncident } from './ask-about-incident.ts';
import type { CommandModule } from './command.ts';

/** `paramedic reject`: no to what an incident proposes. */
export const reject: CommandModule = {
  define: (command: Command) =>
    defineForIncident(command, 'reject', 'the incident that waits, as its message names it', [
      'paramedic reject 20260105-141500-k3f9x2ab',
      'paramedic reject 20260105-141500-k3f9x2ab --why "we are rolling forward"',
    ]),
};
