import pc from 'picocolors';
import { stringify } from 'yaml';
import { timelineOf } from '../../lib/report/timeline.ts';
import { simulate } from '../../lib/simulator/simulate.ts';
import type { StormRun } from '../../lib/simulator/storm/play-storm.ts';
import { shrink } from '../../lib/simulator/storm/shrink.ts';
import { type StormWorld, scenarioFor, stormWorld } from '../../lib/simulator/storm/storm-world.ts';
import type { StormOptions } from './storm-options.ts';

/** A failing seed made small: the world that shows it, what happened in it, and how to see it again. */
export type StormFinding = {
  readonly seed: number;
  readonly invariant: string;
  readonly says: string;
  readonly world: StormWorld;
  readonly plays: number;
  readonly timeline: readonly string[];
  readonly replay: string;
};

export async function findingOf({ seed, broken: [first] }: StormRun, without?: string): Promise<StormFinding> {
  if (first === undefined) throw new Error(`Seed ${seed} broke nothing.`);
  const { invariant, says } = first;
  const { world, plays } = await shrink(seed, stormWorld(seed), invariant, without);
  const timeline = timelineOf(await simulate(scenarioFor(world), { seed, without })).map(
    ({ at, word, service, text }) =>
      `${clock(at)}  ${word.padEnd(11)}  ${service === null ? '' : `${service}: `}${text}`,
  );
  const left = without === undefined ? '' : ` --without ${without}`;
  return { seed, invariant, says, world, plays, timeline, replay: `npm run storm -- --from ${seed} --seeds 1${left}` };
}

export const failureLines = ({ seed, invariant, says, world, plays, timeline, replay }: StormFinding) => [
  `${pc.red('✗')} seed ${seed} breaks ${pc.bold(invariant)}: ${says}`,
  '',
  `  The smallest world that shows it (${plays} plays), as a scenario file:`,
  ...stringify(world)
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`),
  '',
  ...timeline.map((line) => `  ${line}`),
  '',
  `  Again: ${pc.bold(replay)}`,
  '',
];

type Summary = StormOptions &
  Pick<StormRun, 'incidents' | 'changes' | 'deaths' | 'lasted'> & { readonly broken: number; readonly seconds: number };

export function summaryLines(summary: Summary, failing: readonly StormRun[]): readonly string[] {
  const { seeds, incidents, changes, deaths, lasted, broken, seconds, jobs } = summary;
  const counts = new Map<string, StormRun[]>();
  for (const run of failing)
    for (const name of new Set(run.broken.map(({ invariant }) => invariant)))
      counts.set(name, [...(counts.get(name) ?? []), run]);
  const perCore = seeds / seconds / Math.min(jobs, seeds);
  const numbers = (value: number): string => Math.round(value).toLocaleString('en');
  return [
    ...[...counts].map(([name, runs]) => `${pc.red(name)}: ${runs.length} seeds, such as ${seedsOf(runs)}`),
    ...(counts.size > 0 ? [''] : []),
    `${numbers(seeds)} worlds, ${numbers(lasted / 3600)} simulated hours: ${numbers(incidents)} incidents, ${numbers(changes)} changes, ${numbers(deaths)} processes killed.`,
    `${seconds.toFixed(1)} s on ${jobs} ${jobs === 1 ? 'processor' : 'processors'}: ${numbers(seeds / seconds)} worlds a second, ${numbers(perCore)} on each.`,
    broken === 0 ? pc.green('No invariant is broken.') : pc.red(`${numbers(broken)} worlds break an invariant.`),
  ];
}

const seedsOf = (runs: readonly StormRun[]): string =>
  runs
    .slice(0, 8)
    .map(({ seed }) => seed)
    .join(', ');

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${String(Math.floor(whole / 60)).padStart(2)}:${String(whole % 60).padStart(2, '0')}`;
}
