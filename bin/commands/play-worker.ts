import { parentPort } from 'node:worker_threads';
import { simulate } from '../../lib/simulator/simulate.ts';
import type { Answered, Asked } from './play-runs.ts';

/** Plays what the command's main thread asks for, one run after the other. */
parentPort?.on('message', ({ index, run }: Asked) => {
  const answer = (answered: Answered): void => parentPort?.postMessage(answered);
  simulate(run.scenario, run.options).then(
    (result) => answer({ index, result }),
    (error: unknown) =>
      answer({ index, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
