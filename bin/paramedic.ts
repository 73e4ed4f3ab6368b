import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { type CommandModule, examples, UserError } from './commands/command.ts';
import { packageRoot } from './commands/package-root.ts';

/** Each command is loaded only when it is asked for, with all that it needs. */
const commands: readonly {
  readonly name: string;
  readonly says: string;
  readonly load: () => Promise<CommandModule>;
}[] = [
  {
    name: 'simulate',
    says: 'play scenarios in a simulated AWS account and say whether they meet their expectations',
    load: async () => (await import('./commands/simulate.ts')).simulate,
  },
  {
    name: 'explain',
    says: 'say what Paramedic would do about one event, and why',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  {
    name: 'storm',
    says: 'play generated worlds in which everything goes wrong, and say whether an invariant breaks',
    load: async () => (await import('./commands/storm.ts')).storm,
  },
  {
    name: 'pause',
    says: 'keep Paramedic from changing anything, or one service',
    load: async () => (await import('./commands/pause.ts')).pause,
  },
  {
    name: 'resume',
    says: 'end a pause',
    load: async () => (await import('./commands/resume.ts')).resume,
  },
  {
    name: 'approve',
    says: 'say yes to what an incident proposes',
    load: async () => (await import('./commands/approve.ts')).approve,
  },
  {
    name: 'reject',
    says: 'say no to what an incident proposes',
    load: async () => (await import('./commands/reject.ts')).reject,
  },
  {
    name: 'undo',
    says: 'take back what was done in an incident',
    load: async () => (await import('./commands/undo.ts')).undo,
  },
  {
    name: 'bench',
    says: 'measure what a person waits for: simulations, storms, synthesis',
    load: async () => (await import('./commands/bench.ts')).bench,
  },
];

/** Runs the command line: the arguments after `paramedic` in, the exit code out. Never rejects, never prints a stack. */
export async function main(args: readonly string[]): Promise<number> {
  process.exitCode = 0;
  try {
    await (await program(args)).parseAsync([...args], { from: 'user' });
    return Number(process.exitCode);
  } catch (error) {
    return failed(error);
  }
}

async function program(args: readonly string[]): Promise<Command> {
  const root = sober(new Command('paramedic'), 'paramedic')
    .description('First aid for services on Amazon ECS.')
    .version(version(), '-V, --version', 'print the version')
    .helpCommand(false)
    .addHelpText(
      'after',
      examples(
        'paramedic simulate one-slow-task-of-six --watch',
        'paramedic simulate --seeds 1-50',
        'paramedic explain event.json',
        'paramedic pause checkout --for 2h --why "load test"',
      ),
    );
  for (const { name, says, load } of commands) {
    const command = sober(root.command(name).description(says), `paramedic ${name}`);
    if (args.includes(name)) (await load()).define(command);
  }
  return root;
}

/** Complaints in one sentence, and an error instead of an exit. */
const sober = (command: Command, name: string): Command =>
  command
    .exitOverride()
    .helpOption('-h, --help', 'print this help')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'paramedic: ')) })
    .showHelpAfterError(`"${name} --help" says what it takes.`);

function failed(error: unknown): number {
  // Commander has said what is wrong by itself; where help or version was asked for, nothing is.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UserError) {
    process.stderr.write(`paramedic: ${error.message}\n`);
    return error.exitCode;
  }
  const what = error instanceof Error ? error.message : String(error);
  process.stderr.write(`paramedic: something is wrong in Paramedic itself: ${what}\n`);
  return 2;
}

function version(): string {
  const text = readFileSync(join(packageRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
