import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files of this folder that run in a worker. */
export type WorkerName = 'play-worker' | 'storm-worker';

/** A worker's code in one file, until it is removed. */
export type BundledWorker = { readonly file: string; readonly remove: () => Promise<void> };

/**
 * tsx, which runs the commands themselves, gives every function its name again each time one is made. What plays worlds by
 * the thousand does without, and starts sooner.
 */
export async function bundledWorker(name: WorkerName): Promise<BundledWorker> {
  // Beside this file, with the same extension: .ts in a checkout, .js in the package.
  const entry = new URL(`./${name}${extname(import.meta.url)}`, import.meta.url);
  const { build } = await import('esbuild');
  const folder = await mkdtemp(join(tmpdir(), 'paramedic-'));
  const file = join(folder, 'worker.cjs');
  await build({
    entryPoints: [fileURLToPath(entry)],
    outfile: file,
    bundle: true,
    platform: 'node',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}
