import { setTimeout } from 'node:timers/promises';
import pc from 'picocolors';
import { playRun, watchesLive } from '../../lib/report/play-run.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import { simulate } from '../../lib/simulator/simulate.ts';
import { complaints } from './complaints.ts';
import type { SimulateOptions } from './simulate-options.ts';

/** Wider lines are hard to read. */
const widest = 100;

/** `--watch`: plays one scenario as a live timeline; at once where nobody watches. True when it is met. */
export async function watchScenario(scenario: Scenario, options: SimulateOptions): Promise<boolean> {
  const { seed = 1, mode, without } = options;
  const result = await simulate(scenario, { seed, mode, without });
  const { stdout } = process;
  const live = watchesLive(stdout.isTTY, process.env);
  await playRun(result, {
    color: pc.isColorSupported,
    width: Math.min(widest, stdout.columns ?? 80),
    write: (text) => stdout.write(text),
    pause: live ? (millis) => setTimeout(millis) : null,
  });
  for (const complaint of complaints(result)) stdout.write(`${pc.red(`✗ ${complaint}`)}\n`);
  return complaints(result).length === 0;
}
