// npm run bench:functions: how large each function's bundle is and how long its import takes, as `cdk synth` bundles it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { esbuildOptions } from '../lib/constructs/esbuild-options.ts';

const handlers = fileURLToPath(new URL('../lambdas/handlers/', import.meta.url));
const most = { kilobytes: 750, millis: 100 };
const imports = 9;

/** Milliseconds of importing a module in a fresh process: the middle of several. */
function importTime(file) {
  const code = `const t=performance.now();await import(${JSON.stringify(pathToFileURL(file).href)});console.log(performance.now()-t)`;
  const run = () => Number(execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', code]));
  const times = Array.from({ length: imports }, run).sort((a, b) => a - b);
  return times[Math.floor(imports / 2)];
}

const folder = mkdtempSync(join(tmpdir(), 'paramedic-bundles-'));
try {
  console.log(
    `${'function'.padEnd(22)}${'bundle'.padStart(8)}${'import'.padStart(9)}   (at most ${most.kilobytes} KB, ${most.millis} ms)`,
  );
  for (const name of readdirSync(handlers).map((file) => file.replace('.ts', ''))) {
    const outfile = join(folder, name, 'index.mjs');
    buildSync({ ...esbuildOptions, entryPoints: [`${handlers}${name}.ts`], outfile });
    const [kilobytes, millis] = [statSync(outfile).size / 1000, importTime(outfile)];
    const beyond = kilobytes > most.kilobytes || millis > most.millis ? '   beyond the limit' : '';
    console.log(
      `${name.padEnd(22)}${`${kilobytes.toFixed(0)} KB`.padStart(8)}${`${millis.toFixed(0)} ms`.padStart(9)}${beyond}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
