import pc from 'picocolors';
import { guardrails } from '../../lambdas/pipeline/guard/guardrails.ts';
import { safeguards } from '../../lib/simulator/safeguards.ts';
import type { Caught } from '../../lib/simulator/storm/until-caught.ts';
import type { ExitCode } from './command.ts';
import { inParallel } from './in-parallel.ts';
import type { StormOptions } from './storm-options.ts';
import type { StormAnswer, StormTask } from './storm-tasks.ts';

/** Leaves out each guardrail and safeguard in turn, and says after how many worlds an invariant breaks. */
export async function stormEachGuardrail({ from, seeds, jobs, json }: StormOptions): Promise<ExitCode> {
  const names = [...guardrails.map(({ name }) => name), ...safeguards];
  const tasks = names.map((without): StormTask => ({ kind: 'until-caught', without, from, most: seeds }));
  const width = Math.max(...names.map((name) => name.length));
  const all: Caught[] = [];
  for await (const answer of inParallel<StormTask, StormAnswer>('storm-worker', tasks, jobs)) {
    if (answer.kind !== 'until-caught') continue;
    all.push(answer.caught);
    if (!json) process.stdout.write(`${line(answer.caught, width)}\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
  return all.every(({ caught }) => caught !== null) ? 0 : 1;
}

function line({ without, played, caught }: Caught, width: number): string {
  const name = pc.bold(without.padEnd(width));
  if (caught === null) return `${name}  ${pc.red(`not missed in ${played} worlds`)}`;
  const worlds = `${played} ${played === 1 ? 'world' : 'worlds'}`.padStart(11);
  return `${name}  ${worlds}  ${caught.invariant} (seed ${caught.seed})`;
}
