import { bundle } from './bundles.mjs';
import { figures } from './figures.mjs';
import { FunctionProcess } from './process.mjs';

/**
 * One function, bundled one way, under one Node: `runs` fresh processes. In each, the import; the first event; and the same
 * event again some times, of which the last is taken: by then V8 has compiled what is used.
 */
export async function measure({ name, way, node, runs, folder, responder, account, isTimed }) {
  const { file, size, gzip } = bundle(name, way, folder);
  const environment = account.environment(name);
  const took = { imported: [], cold: [], warm: [] };
  for (let run = 0; run < runs; run++) {
    const child = new FunctionProcess(file, responder, node, environment);
    try {
      took.imported.push(await child.imported());
      if (!isTimed) continue;
      took.cold.push(await child.handle(await account.occasion(name)));
      for (let warming = 0; warming < 4; warming++) await child.handle(await account.occasion(name));
      took.warm.push(await child.handle(await account.occasion(name)));
    } finally {
      child.end();
    }
  }
  return { function: name, sdk: way, node, size, gzip, took };
}

/** From the alarm's event to the target that leaves the load balancer: these functions' times, run by run, added. */
export const path = ['on-signal', 'recover', 'deregister-target'];

export function pathOf(measured, temperature) {
  const runs = path.map((name) => measured.find((each) => each.function === name).took[temperature]);
  const sum = (kind) => runs[0].map((_, run) => runs.reduce((total, own) => total + own[run][kind], 0));
  return { busy: figures(sum('busy')), cpu: figures(sum('cpu')) };
}

/** { busy, cpu } of every run → the figures of both. */
export const both = (times) =>
  times.length === 0
    ? null
    : { busy: figures(times.map(({ busy }) => busy)), cpu: figures(times.map(({ cpu }) => cpu)) };
