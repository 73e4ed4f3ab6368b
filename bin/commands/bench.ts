import { Argument } from 'commander';
import { readScenario, type Scenario } from '../../lib/simulator/scenario.ts';
import { simulate } from '../../lib/simulator/simulate.ts';
import { secondsToSynthesize } from './bench-synth.ts';
import { type CommandModule, examples } from './command.ts';
import { inParallel, processors } from './in-parallel.ts';
import type { StormAnswer, StormTask } from './storm-tasks.ts';

/** One thing that was measured. */
type Figure = { readonly name: string; readonly value: number; readonly unit: string };

/** What can be measured by itself. */
const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  simulation: () => simulation([1, 100]),
  storm: () => storm(200),
  synth: () => synth([1, 20, 200]),
};

const help = `
simulation  simulated seconds that pass in one second, with 1 service and with 100
storm       generated worlds that are played and judged in one second, as \`paramedic storm\` plays them
synth       how long the CDK app takes from its start to all templates and bundles, for 1 service, 20 and 200
`;

/** `paramedic bench`: what a person waits for at their desk. Figures, no limits: machines differ. */
export const bench: CommandModule = {
  define: (command) =>
    command
      .addArgument(new Argument('[part]', 'only this part').choices(Object.keys(parts)))
      .option('--json', 'print one object, and nothing else')
      .addHelpText('after', help + examples('paramedic bench', 'paramedic bench synth --json'))
      .action(async (part: string | undefined, { json }: { readonly json?: boolean }) => {
        const figures: Figure[] = [];
        for (const [name, measure] of Object.entries(parts))
          if (part === undefined || part === name) figures.push(...(await measure()).map(rounded));
        progress('');
        const machine = { node: process.version, processors: processors() };
        process.stdout.write(
          `${json ? JSON.stringify({ ...machine, figures }, null, 2) : figures.map(lineOf).join('\n')}\n`,
        );
      }),
};

/** No clock is truer than that. */
const rounded = ({ value, ...figure }: Figure): Figure => ({ ...figure, value: Number(value.toPrecision(3)) });

function lineOf({ name, value, unit }: Figure): string {
  return `${name.padEnd(32)}${value.toLocaleString('en').padStart(8)} ${unit}`;
}

/** Long work shows progress on a terminal and stays quiet in a pipe. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
}

const secondsSince = (begun: bigint): number => Number(process.hrtime.bigint() - begun) / 1e9;
const named = (count: number): string => (count === 1 ? '1 service' : `${count} services`);

/** Plays for so long at least: one run of a small scenario is over before the clock can tell. */
const leastSeconds = 1;

async function simulation(sizes: readonly number[]): Promise<readonly Figure[]> {
  // V8 compiles what is used often; that is not to be measured.
  await simulate(scenarioWith(1), { seed: 1 });
  const figures: Figure[] = [];
  for (const services of sizes) {
    progress(`simulating ${named(services)}`);
    const scenario = scenarioWith(services);
    const begun = process.hrtime.bigint();
    let simulated = 0;
    for (let seed = 1; secondsSince(begun) < leastSeconds; seed++) {
      await simulate(scenario, { seed });
      simulated += scenario.duration / 1000;
    }
    const value = simulated / secondsSince(begun);
    figures.push({ name: `simulation, ${named(services)}`, value, unit: 'simulated seconds a second' });
  }
  return figures;
}

/** Forty minutes in which every tenth service, and at least one, has a slow task. */
function scenarioWith(services: number): Scenario {
  const names = Array.from({ length: services }, (_, n) => `service-${n + 1}`);
  const sick = names.filter((_, n) => n % 10 === 0);
  const text = [
    'name: bench',
    'duration: 40m',
    'services:',
    ...names.map((name) => `  ${name}: { tasks: 6, traffic: 120/s, capacityPerTask: 60/s }`),
    'faults:',
    ...sick.map((name) => `  - { at: 5m, kind: slow-task, service: ${name}, tasks: 1, factor: 10 }`),
  ].join('\n');
  const read = readScenario('bench.yaml', text);
  if ('problems' in read) throw new Error(read.problems.map(({ says }) => says).join('\n'));
  return read.scenario;
}

async function storm(worlds: number): Promise<readonly Figure[]> {
  const jobs = processors();
  const batch = 10;
  const tasks = Array.from({ length: worlds / batch }, (_, n): StormTask => {
    const seeds = Array.from({ length: batch }, (_, index) => 1 + n * batch + index);
    return { kind: 'seeds', seeds, without: undefined };
  });
  const begun = process.hrtime.bigint();
  let played = 0;
  for await (const _ of inParallel<StormTask, StormAnswer>('storm-worker', tasks, jobs)) {
    played += batch;
    progress(`${played} of ${worlds} worlds of a storm`);
  }
  const value = worlds / secondsSince(begun);
  const on = jobs === 1 ? '1 processor' : `${jobs} processors`;
  return [
    { name: `storm, ${on}`, value, unit: 'worlds a second' },
    ...(jobs === 1 ? [] : [{ name: 'storm, each processor', value: value / jobs, unit: 'worlds a second' }]),
  ];
}

async function synth(sizes: readonly number[]): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const services of sizes) {
    progress(`synthesizing ${named(services)}`);
    figures.push({ name: `synth, ${named(services)}`, value: await secondsToSynthesize(services), unit: 's' });
  }
  const [least, most] = [figures[0]?.value ?? Number.NaN, figures.at(-1)?.value ?? Number.NaN];
  const [few, many] = [sizes[0] ?? Number.NaN, sizes.at(-1) ?? Number.NaN];
  return [
    ...figures,
    { name: `synth, ${many} services to ${few}`, value: most / least, unit: 'times' },
    { name: 'synth, each further service', value: ((most - least) / (many - few)) * 1000, unit: 'ms' },
  ];
}
