// Runs the checks of package.json (`check:*`) and says which one failed. `node scripts/check.mjs types lint` runs just those.
// The static checks run two at a time; the tests, which use every core themselves, run last and alone.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const all = Object.keys(scripts)
  .filter((name) => name.startsWith('check:'))
  .map((name) => name.slice('check:'.length));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no check "${unknown[0]}"; the checks are ${all.join(', ')}.`);
  process.exit(2);
}

// CDK and tests leave folders behind; they go with this one.
const scratch = mkdtempSync(join(tmpdir(), 'paramedic-checks-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** Runs one check; its output is shown at once for the tests, and only on failure for the others. */
function run(name, live) {
  const began = Date.now();
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', `check:${name}`], {
      stdio: live ? 'inherit' : 'pipe',
      env: { ...process.env, TMPDIR: scratch },
    });
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));
    child.on('close', (code) => {
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(8)} ${seconds.padStart(6)} s`);
      if (code !== 0) console.log(`${output}\nThe check "${name}" failed. Repeat it alone: npm run check:${name}`);
      resolve(code === 0);
    });
  });
}

const chosen = all.filter((name) => asked.length === 0 || asked.includes(name));
const queue = chosen.filter((name) => name !== 'tests');
let fine = true;
const worker = async () => {
  while (queue.length > 0 && fine) fine = (await run(queue.shift(), false)) && fine;
};
await Promise.all([worker(), worker()]);
if (fine && chosen.includes('tests')) fine = await run('tests', true);
process.exitCode = fine ? 0 : 1;
