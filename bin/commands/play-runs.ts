import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PlayOptions } from '../../lib/simulator/play-options.ts';
import type { RunResult } from '../../lib/simulator/result.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import { simulate } from '../../lib/simulator/simulate.ts';

export type Run = { readonly scenario: Scenario; readonly options: PlayOptions };
/** What a worker is asked for and answers. */
export type Asked = { readonly index: number; readonly run: Run };
export type Answered = { readonly index: number } & ({ readonly result: RunResult } | { readonly error: string });

/** Below this a second process costs more than it saves. */
const worthWorkers = 6;

/** Plays the runs, on all processors where there are many, and yields their results in the order asked for. */
export async function* playRuns(runs: readonly Run[]): AsyncGenerator<RunResult> {
  const processors = Math.min(availableParallelism(), 8);
  if (runs.length < worthWorkers || processors < 2) {
    for (const { scenario, options } of runs) yield await simulate(scenario, options);
    return;
  }
  yield* playOnWorkers(runs, processors);
}

async function* playOnWorkers(runs: readonly Run[], processors: number): AsyncGenerator<RunResult> {
  const waiting = runs.map(deferred);
  let next = 0;
  let yielded = 0;
  const workers = Array.from({ length: processors }, () => new Worker(new URL('./play-worker.mjs', import.meta.url)));
  // Results that nobody has taken yet are kept in memory, so nobody runs far ahead.
  const ahead = 4 * processors;
  const idle: Worker[] = [];
  const give = (worker: Worker): void => {
    const run = runs[next];
    if (run === undefined) return;
    if (next > yielded + ahead) {
      idle.push(worker);
      return;
    }
    worker.postMessage({ index: next++, run } satisfies Asked);
  };
  const failAll = (error: Error): void => {
    for (const each of waiting) each.reject(error);
  };
  for (const worker of workers) {
    worker.on('message', (answer: Answered) => {
      if ('result' in answer) waiting[answer.index]?.resolve(answer.result);
      else waiting[answer.index]?.reject(new Error(answer.error));
      give(worker);
    });
    worker.on('error', failAll);
    give(worker);
  }
  try {
    for (const each of waiting) {
      yield await each.promise;
      yielded++;
      for (const worker of idle.splice(0)) give(worker);
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

type Deferred = {
  readonly promise: Promise<RunResult>;
  readonly resolve: (result: RunResult) => void;
  readonly reject: (error: Error) => void;
};

function deferred(): Deferred {
  let [resolve, reject]: [Deferred['resolve'], Deferred['reject']] = [() => {}, () => {}];
  const promise = new Promise<RunResult>((fulfil, fail) => {
    [resolve, reject] = [fulfil, fail];
  });
  // Whoever awaits it hears of a failure; until then it is not unhandled.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
