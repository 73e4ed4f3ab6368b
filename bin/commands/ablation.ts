import pc from 'picocolors';
import { toolkitNames } from '../../lambdas/pipeline/toolkit.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import type { ExitCode } from './command.ts';
import { isGood } from './complaints.ts';
import { playRuns, type Run } from './play-runs.ts';
import type { SimulateOptions } from './simulate-options.ts';

/** What a part is worth: the scenarios that miss their expectations without it. */
type Worth = { readonly part: string; readonly breaks: readonly string[] };

/** `paramedic simulate --ablation`: plays every scenario whole, without Paramedic, and without each of its parts. */
export async function ablation(scenarios: readonly Scenario[], options: SimulateOptions): Promise<ExitCode> {
  const parts = ['paramedic', ...toolkitNames];
  const { seed = 1, mode } = options;
  const play = (without: string | undefined): readonly Run[] =>
    scenarios.map((scenario) => ({ scenario, options: { seed, mode, without } }));
  const missedBy = new Map<string | undefined, string[]>();
  for await (const result of playRuns([undefined, ...parts].flatMap(play))) {
    if (isGood(result)) continue;
    const without = result.without ?? undefined;
    missedBy.set(without, [...(missedBy.get(without) ?? []), result.scenario]);
  }
  const whole = missedBy.get(undefined) ?? [];
  const worths = parts.map((part) => ({
    part,
    breaks: (missedBy.get(part) ?? []).filter((scenario) => !whole.includes(scenario)),
  }));
  if (options.json) process.stdout.write(`${JSON.stringify({ missedWhole: whole, worths }, null, 2)}\n`);
  else process.stdout.write(`${lines(worths, whole).join('\n')}\n`);
  return whole.length === 0 && worths.every(({ breaks }) => breaks.length > 0) ? 0 : 1;
}

function lines(worths: readonly Worth[], whole: readonly string[]): readonly string[] {
  const width = Math.max(...worths.map(({ part }) => part.length));
  const indent = ' '.repeat(width + 2);
  return [
    ...(whole.length > 0 ? [pc.red(`Missed with everything in place: ${whole.join(', ')}`), ''] : []),
    `${'left out'.padEnd(width)}  scenarios that then miss their expectations`,
    ...worths.map(({ part, breaks }) => {
      const what = breaks.length > 0 ? wrapped(breaks, indent) : pc.red('none');
      return `${pc.bold(part.padEnd(width))}  ${what}`;
    }),
  ];
}

/** Names in lines of at most about 100 characters. */
function wrapped(names: readonly string[], indent: string): string {
  const rows: string[] = [];
  for (const name of names) {
    const last = rows.at(-1);
    if (last !== undefined && indent.length + last.length + name.length < 98)
      rows[rows.length - 1] = `${last}, ${name}`;
    else rows.push(name);
  }
  return rows.join(`,\n${indent}`);
}
