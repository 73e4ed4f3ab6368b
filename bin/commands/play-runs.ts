import type { PlayOptions } from '../../lib/simulator/play-options.ts';
import type { RunResult } from '../../lib/simulator/result.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import { simulate } from '../../lib/simulator/simulate.ts';
import { inParallel, processors } from './in-parallel.ts';

export type Run = { readonly scenario: Scenario; readonly options: PlayOptions };

/** Below this a second process costs more than it saves. */
const worthWorkers = 6;

/** Plays the runs, on all processors where there are many, and yields their results in the order asked for. */
export async function* playRuns(runs: readonly Run[]): AsyncGenerator<RunResult> {
  if (runs.length < worthWorkers || processors() < 2) {
    for (const { scenario, options } of runs) yield await simulate(scenario, options);
    return;
  }
  yield* inParallel<Run, RunResult>('play-worker', runs, processors());
}
