import { parentPort } from 'node:worker_threads';
import type { Answered, Asked } from './in-parallel.ts';

/** A worker's side: does what the command's main thread asks for, one task after the other. */
export function answerTasks<T, R>(work: (task: T) => Promise<R>): void {
  parentPort?.on('message', ({ index, task }: Asked<T>) => {
    const answer = (answered: Answered<R>): void => parentPort?.postMessage(answered);
    work(task).then(
      (result) => answer({ index, result }),
      (error: unknown) =>
        answer({ index, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
}
