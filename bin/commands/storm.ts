import { toolkitNames } from '../../lambdas/pipeline/toolkit.ts';
import { safeguards } from '../../lib/simulator/safeguards.ts';
import type { StormRun } from '../../lib/simulator/storm/play-storm.ts';
import { type CommandModule, type ExitCode, UserError } from './command.ts';
import { inParallel } from './in-parallel.ts';
import { stormEachGuardrail } from './storm-each-guardrail.ts';
import { failureLines, findingOf, type StormFinding, summaryLines } from './storm-lines.ts';
import { describeStorm, type StormOptions } from './storm-options.ts';
import type { StormAnswer, StormTask } from './storm-tasks.ts';

/** Seeds that a worker is given at once. */
const batch = 10;
/** Failing seeds that are told in full; the others are counted. */
const mostTold = 5;

/** `paramedic storm`: plays generated worlds and says whether an invariant breaks in any of them. */
export const storm: CommandModule = {
  define: (command) =>
    describeStorm(command).action(async (options: StormOptions) => {
      refuseUnknown(options.without);
      process.exitCode = await (options.eachGuardrail ? stormEachGuardrail(options) : run(options));
    }),
};

function refuseUnknown(without: string | undefined): void {
  const allowed = [...toolkitNames, ...safeguards];
  if (without !== undefined && !allowed.includes(without))
    throw new UserError(`--without ${without}: allowed is ${allowed.join(', ')}.`);
}

async function run(options: StormOptions): Promise<ExitCode> {
  const begun = process.hrtime.bigint();
  const totals = { incidents: 0, changes: 0, deaths: 0, lasted: 0 };
  const broken: StormRun[] = [];
  let played = 0;
  for await (const each of runsOf(options)) {
    played++;
    for (const key of ['incidents', 'changes', 'deaths', 'lasted'] as const) totals[key] += each[key];
    if (each.broken.length > 0) broken.push(each);
    progress(`${played} of ${options.seeds} worlds, ${broken.length} with a broken invariant`);
  }
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  const findings: StormFinding[] = [];
  for (const each of broken.slice(0, mostTold)) {
    progress(`making the world of seed ${each.seed} smaller`);
    findings.push(await findingOf(each, options.without));
  }
  progress('');
  const summary = { ...options, ...totals, broken: broken.length, seconds };
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...summary, failing: broken, findings }, null, 2)}\n`
      : `${[...findings.flatMap(failureLines), ...summaryLines(summary, broken)].join('\n')}\n`,
  );
  return broken.length === 0 ? 0 : 1;
}

async function* runsOf({ seeds, from, jobs, without }: StormOptions): AsyncGenerator<StormRun> {
  const tasks = Array.from({ length: Math.ceil(seeds / batch) }, (_, n): StormTask => {
    const first = from + n * batch;
    const length = Math.min(batch, from + seeds - first);
    return { kind: 'seeds', seeds: Array.from({ length }, (_, index) => first + index), without };
  });
  for await (const answer of inParallel<StormTask, StormAnswer>('storm-worker', tasks, jobs))
    if (answer.kind === 'seeds') yield* answer.runs;
}

/** Long work shows progress on a terminal and stays quiet in a pipe. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
}
