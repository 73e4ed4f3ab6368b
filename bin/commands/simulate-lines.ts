import pc from 'picocolors';
import { wordedSeconds } from '../../lib/simulator/expectations.ts';
import type { RunResult } from '../../lib/simulator/result.ts';
import { complaints, isGood } from './complaints.ts';

const tick = (good: boolean): string => (good ? pc.green('✓') : pc.red('✗'));

/** One run: tick or cross, name, and how it went; what is wrong below it. */
export function runLines(result: RunResult, nameWidth: number): readonly string[] {
  const name = result.scenario.padEnd(nameWidth);
  return [
    `${tick(isGood(result))} ${pc.bold(name)}  ${result.summary}`,
    ...complaints(result).map((complaint) => `    ${pc.red(complaint)}`),
  ];
}

const median = (sorted: readonly number[]): number | undefined => sorted[Math.floor((sorted.length - 1) / 2)];

function spread(word: string, values: readonly (number | null)[]): string | undefined {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const [middle, most] = [median(known), known.at(-1)];
  if (middle === undefined || most === undefined) return undefined;
  return `${word} ${wordedSeconds(middle)} (at most ${wordedSeconds(most)})`;
}

/** How often each ending came, the most frequent first. */
function endings(results: readonly RunSummary[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([outcome, count]) => (counts.size > 1 ? `${outcome} ${count}` : outcome)).join(', ');
}

/** What is kept of a run when there are many. */
export type RunSummary = Pick<RunResult, 'scenario' | 'seed' | 'outcome' | 'detectedAt' | 'mitigatedAt'> & {
  readonly complaints: readonly string[];
};

export const summaryOf = (result: RunResult): RunSummary => {
  const { scenario, seed, outcome, detectedAt, mitigatedAt } = result;
  return { scenario, seed, outcome, detectedAt, mitigatedAt, complaints: complaints(result) };
};

/** How many bad runs of one scenario are told one by one. */
const mostTold = 5;

/** One line for many runs of a scenario; the first bad ones below it. */
export function manyRunsLines(results: readonly RunSummary[], nameWidth: number): readonly string[] {
  const bad = results.filter((result) => result.complaints.length > 0);
  const name = (results[0]?.scenario ?? '').padEnd(nameWidth);
  const facts = [
    `met ${results.length - bad.length}/${results.length}`,
    endings(results),
    spread(
      'detected',
      results.map(({ detectedAt }) => detectedAt),
    ),
    spread(
      'mitigated',
      results.map(({ mitigatedAt }) => mitigatedAt),
    ),
  ].filter((fact) => fact !== undefined);
  const told = bad
    .slice(0, mostTold)
    .flatMap(({ seed, complaints }) => complaints.map((complaint) => `    seed ${seed}: ${pc.red(complaint)}`));
  const rest = bad.length > mostTold ? [`    and ${bad.length - mostTold} more`] : [];
  return [`${tick(bad.length === 0)} ${pc.bold(name)}  ${facts.join('; ')}`, ...told, ...rest];
}
