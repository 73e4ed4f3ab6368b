import type { Command } from 'commander';
import { defineForIncident } from './ask-about-incident.ts';
import type { CommandModule } from './command.ts';

/** `paramedic approve`: yes to what an incident proposes. */
export const approve: CommandModule = {
  define: (command: Command) =>
    defineForIncident(command, 'approve', 'the incident that waits, as its message names it', [
      'paramedic approve 20260105-141500-k3f9x2ab',
      'paramedic approve 20260105-141500-k3f9x2ab --why "traffic is low"',
    ]),
};
