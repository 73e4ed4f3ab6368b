import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { bundledWorker, type WorkerName } from './bundled-worker.ts';

/** What a worker is asked for and answers. */
export type Asked<T> = { readonly index: number; readonly task: T };
export type Answered<R> = { readonly index: number } & ({ readonly result: R } | { readonly error: string });

/** More than this are not worth their memory, unless somebody asks for them. */
const mostWorkers = 8;

/** How many processors there are to work on. */
export const processors = (): number => Math.min(availableParallelism(), mostWorkers);

/** Gives the tasks to so many workers, each of which runs that code, and yields their results in the order of the tasks. */
export async function* inParallel<T, R>(worker: WorkerName, tasks: readonly T[], jobs: number): AsyncGenerator<R> {
  const waiting = tasks.map(() => deferred<R>());
  let next = 0;
  let yielded = 0;
  const { file, remove } = await bundledWorker(worker);
  const workers = Array.from(
    { length: Math.min(jobs, tasks.length) },
    () => new Worker(file, { execArgv: ['--enable-source-maps'] }),
  );
  // Results that nobody has taken yet are kept in memory, so nobody runs far ahead.
  const ahead = 4 * jobs;
  const idle: Worker[] = [];
  const give = (worker: Worker): void => {
    const task = tasks[next];
    if (task === undefined) return;
    if (next > yielded + ahead) {
      idle.push(worker);
      return;
    }
    worker.postMessage({ index: next++, task } satisfies Asked<T>);
  };
  const failAll = (error: Error): void => {
    for (const each of waiting) each.reject(error);
  };
  for (const worker of workers) {
    worker.on('message', (answer: Answered<R>) => {
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
    await remove();
  }
}

type Deferred<R> = {
  readonly promise: Promise<R>;
  readonly resolve: (result: R) => void;
  readonly reject: (error: Error) => void;
};

function deferred<R>(): Deferred<R> {
  let [resolve, reject]: [Deferred<R>['resolve'], Deferred<R>['reject']] = [() => {}, () => {}];
  const promise = new Promise<R>((fulfil, fail) => {
    [resolve, reject] = [fulfil, fail];
  });
  // Whoever awaits it hears of a failure; until then it is not unhandled.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
