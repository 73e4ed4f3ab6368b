import { type Command, InvalidArgumentError } from 'commander';
import type { Ignored, Signal } from '../../lambdas/model/signal.ts';
import { detect } from '../../lambdas/pipeline/detect/detect.ts';
import { millisOf } from '../../lib/config/duration.ts';
import type { Explained } from '../../lib/simulator/explain-at.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import { type CommandModule, type ExitCode, examples, UserError } from './command.ts';
import { readConfig, routesFor } from './explain-config.ts';
import { signalLines, withoutWorld, worldLines } from './explain-text.ts';
import { readEvent } from './read-event.ts';

type Options = {
  readonly at?: Moment;
  readonly config?: string;
  readonly seed: number;
  readonly json?: boolean;
};
/** A moment of a scenario; `millis` after its start. */
type Moment = { readonly scenario: string; readonly written: string; readonly millis: number };

/** `paramedic explain`: one event in, what would be done about it out. */
export const explain: CommandModule = {
  define: (command: Command) =>
    command
      .argument('<event>', 'file with one EventBridge event as AWS sends it, or - for standard input')
      .option(
        '--at <scenario@time>',
        'look at the world of this scenario at this time, such as one-slow-task-of-six@8m',
        moment,
      )
      .option('--config <file>', 'which services there are (default: recovery.yaml, where there is one)')
      .option('--seed <n>', 'which run of the scenario', seed, 1)
      .option('--json', 'print one object and nothing else')
      .addHelpText(
        'after',
        `${examples(
          'paramedic explain event.json',
          'paramedic explain event.json --at one-slow-task-of-six@8m',
          'aws events ... | paramedic explain - --json',
        )}\nExit codes: 0 it is a signal, 1 nothing follows from it, 2 it can't be used.`,
      )
      .action(async (file: string, options: Options) => {
        process.exitCode = await run(file, options);
      }),
};

function moment(text: string): Moment {
  const [, scenario, time] = /^(.+)@([^@]+)$/.exec(text) ?? [];
  const millis = time === undefined ? undefined : millisOf(time);
  if (scenario === undefined || time === undefined || millis === undefined || millis < 0) {
    throw new InvalidArgumentError('Allowed is a scenario and a time in it, such as one-slow-task-of-six@8m.');
  }
  return { scenario, written: text, millis };
}

function seed(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Allowed is a whole number from 0 to 999999.');
  return Number(text);
}

async function run(file: string, options: Options): Promise<ExitCode> {
  const event = readEvent(file);
  const installed = readConfig(options.config);
  const scenario = options.at === undefined ? undefined : await scenarioOf(options.at);
  const found = detect(event, routesFor(event, installed, scenario));
  if ('ignored' in found) return ignored(found, options);
  const explained = scenario === undefined ? undefined : await inTheWorld(scenario, found, options);
  return signal(found, explained, options);
}

/** The simulator is loaded only when a world is asked for. */
async function scenarioOf(at: Moment): Promise<Scenario> {
  const { findScenarios } = await import('./find-scenarios.ts');
  const found = findScenarios([at.scenario]);
  if ('problems' in found) throw new UserError(found.problems.join('\n'));
  const [scenario, another] = found.scenarios;
  if (scenario === undefined || another !== undefined) throw new UserError(`--at ${at.written}: name one scenario.`);
  if (at.millis > scenario.duration) {
    throw new UserError(
      `--at ${at.written}: the scenario ends after ${scenario.duration / 60_000}m; give a time within it.`,
    );
  }
  return scenario;
}

async function inTheWorld(scenario: Scenario, found: Signal, { at, seed }: Options): Promise<Explained | undefined> {
  const { explainAt } = await import('../../lib/simulator/explain-at.ts');
  return explainAt(scenario, seed, at?.millis ?? 0, found);
}

function ignored(found: Ignored, { json }: Options): ExitCode {
  const { understood, service, kind, state, ignored, says } = found;
  const unusable = ignored === 'not-an-event';
  if (json) {
    const nothing = {
      wouldOpen: false,
      wouldJoin: false,
      ignoredBecause: ignored,
      diagnosis: null,
      verdicts: null,
      actions: null,
    };
    print(JSON.stringify({ understood, service, kind, state, ...nothing }, null, 2));
  }
  if (json || unusable) process.stderr.write(`paramedic: ${says}\n`);
  else print(`${says}\nNothing would be done (${ignored}).`);
  return unusable ? 2 : 1;
}

function signal(found: Signal, explained: Explained | undefined, { json, at }: Options): ExitCode {
  const firing = found.state === 'firing';
  const joins = explained !== undefined && explained.incident !== null;
  // An alarm that is OK again, while nothing is open, leads to nothing; without a world nobody knows what is open.
  const nothingOpen = explained !== undefined && !joins && !firing;
  if (json) {
    const { service, kind, state } = found;
    const does = { wouldOpen: firing && !joins, wouldJoin: joins, ignoredBecause: nothingOpen ? 'nothing-open' : null };
    print(JSON.stringify({ understood: true, service, kind, state, ...does, ...seen(explained) }, null, 2));
  } else {
    const rest = explained === undefined ? withoutWorld(found) : worldLines(explained, found, at?.written ?? '');
    print([...signalLines(found), ...rest].join('\n'));
  }
  return nothingOpen ? 1 : 0;
}

function seen(explained: Explained | undefined): object {
  if (explained === undefined) return { diagnosis: null, verdicts: null, actions: null };
  const { diagnosis, verdicts, actions } = explained;
  const { kind, confidence, because, against } = diagnosis;
  return { diagnosis: kind, verdicts, actions, confidence, because, against };
}

const print = (text: string): boolean => process.stdout.write(`${text}\n`);
