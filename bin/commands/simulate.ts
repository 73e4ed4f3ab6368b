import { once } from 'node:events';
import pc from 'picocolors';
import { toolkitNames } from '../../lambdas/pipeline/toolkit.ts';
import type { RunResult } from '../../lib/simulator/result.ts';
import { safeguards } from '../../lib/simulator/safeguards.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import { ablation } from './ablation.ts';
import type { CommandModule, ExitCode } from './command.ts';
import { complaints } from './complaints.ts';
import { findScenarios } from './find-scenarios.ts';
import { playRuns, type Run } from './play-runs.ts';
import { manyRunsLines, type RunSummary, runLines, summaryOf } from './simulate-lines.ts';
import { describeSimulate, type SimulateOptions } from './simulate-options.ts';
import { watchScenario } from './watch-scenario.ts';
import { writeReport } from './write-report.ts';

/** Exit codes: all is met, something is not, used wrongly. */
const [met, missed, misused] = [0, 1, 2] as const satisfies readonly ExitCode[];

/** `paramedic simulate`: plays scenarios and says whether they meet their expectations. */
export const simulate: CommandModule = {
  define: (command) =>
    describeSimulate(command).action(async (asked: readonly string[], options: SimulateOptions) => {
      process.exitCode = await run(asked, options);
    }),
};

async function run(asked: readonly string[], options: SimulateOptions): Promise<ExitCode> {
  const wrong = unknownPart(options.without);
  if (wrong) return refuse([wrong]);
  const found = findScenarios(asked);
  if ('problems' in found) return refuse(found.problems);
  if (found.scenarios.length === 0) return refuse(['There is no scenario to play.']);
  if (options.ablation) return ablation(found.scenarios, options);
  if (options.watch) return watch(found.scenarios, options);
  const runs = runsOf(found.scenarios, options);
  const played: RunResult[] = [];
  const keep = (result: RunResult): void => {
    if (options.report !== undefined) played.push(result);
  };
  const code = await (options.json ? printJson(runs, keep) : printLines(runs, options, keep));
  if (options.report !== undefined) writeReport(options.report, played);
  return code;
}

async function watch([scenario, ...others]: readonly Scenario[], options: SimulateOptions): Promise<ExitCode> {
  if (!scenario || others.length > 0) return refuse(['--watch shows one scenario: name the one to watch.']);
  return (await watchScenario(scenario, options)) ? met : missed;
}

function refuse(problems: readonly string[]): ExitCode {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return misused;
}

function unknownPart(without: string | undefined): string | undefined {
  const allowed = ['paramedic', ...toolkitNames, ...safeguards];
  if (without === undefined || allowed.includes(without)) return undefined;
  return `--without ${without}: allowed is ${allowed.join(', ')}.`;
}

/** Every scenario with every seed. */
function runsOf(scenarios: readonly Scenario[], { seed = 1, seeds, mode, without }: SimulateOptions): readonly Run[] {
  const { from, to } = seeds ?? { from: seed, to: seed };
  const all = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return scenarios.flatMap((scenario) => all.map((seed) => ({ scenario, options: { seed, mode, without } })));
}

/** One array on stdout, an object per run; written as they come, since a thousand runs do not fit into one text. */
async function printJson(runs: readonly Run[], keep: (result: RunResult) => void): Promise<ExitCode> {
  let code: ExitCode = met;
  let separator = '[';
  for await (const result of playRuns(runs)) {
    keep(result);
    if (complaints(result).length > 0) code = missed;
    await write(`${separator}${JSON.stringify(result, null, runs.length === 1 ? 2 : 0)}`);
    separator = ',\n';
  }
  await write(']\n');
  return code;
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

async function printLines(
  runs: readonly Run[],
  { seeds }: SimulateOptions,
  keep: (result: RunResult) => void,
): Promise<ExitCode> {
  const nameWidth = Math.max(...runs.map(({ scenario }) => scenario.name.length));
  const perScenario = seeds ? seeds.to - seeds.from + 1 : 1;
  let group: RunSummary[] = [];
  let [played, bad] = [0, 0];
  for await (const result of playRuns(runs)) {
    played++;
    keep(result);
    if (complaints(result).length > 0) bad++;
    progress(played, runs.length);
    if (!seeds) await print(runLines(result, nameWidth));
    else group.push(summaryOf(result));
    if (group.length === perScenario) {
      await print(manyRunsLines(group, nameWidth));
      group = [];
    }
  }
  clearProgress();
  const ending =
    bad === 0
      ? pc.green(played === 1 ? 'The run meets its expectations.' : `All ${played} runs meet their expectations.`)
      : pc.red(`${bad} of ${played} runs do not meet their expectations.`);
  await print(['', ending]);
  return bad === 0 ? met : missed;
}

async function print(lines: readonly string[]): Promise<void> {
  clearProgress();
  await write(lines.map((line) => `${line}\n`).join(''));
}

/** Long work shows progress on a terminal and stays quiet in a pipe. */
function progress(played: number, all: number): void {
  if (process.stderr.isTTY && all > 1) process.stderr.write(`\r${played} of ${all} runs `);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
}
