// Runs the checks of package.json (`check:*`) and says which one failed. `node scripts/check.mjs types lint` runs just those.
// The static checks run two at a time; the tests, which use every core themselves, run last and alone. At the end stands
// what it all cost.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Seconds of processor time that everything together may cost a contributor. */
const allowed = 480;

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

/**
 * Runs its arguments, and writes to descriptor 3 what they and all their children took of the processor. Node can't say that
 * of children; `times` of every POSIX shell can (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/times.html).
 */
const timed = '"$@" 3>&-; code=$?; times >&3; exit $code';

/** The sum of what `times` prints: `0m0.01s 0m0.00s`, on two lines. */
const secondsOf = (times) =>
  [...times.matchAll(/(\d+)m([\d.,]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds.replace(',', '.')),
    0,
  );

let spent = 0;

/** Runs one check; its output is shown at once for the tests, and only on failure for the others. */
function run(name, live) {
  const began = Date.now();
  return new Promise((resolve) => {
    const output = live ? 'inherit' : 'pipe';
    const child = spawn('sh', ['-c', timed, 'sh', 'npm', 'run', '--silent', `check:${name}`], {
      stdio: [live ? 'inherit' : 'ignore', output, output, 'pipe'],
      env: { ...process.env, TMPDIR: scratch },
    });
    let said = '';
    child.stdout?.on('data', (text) => (said += text));
    child.stderr?.on('data', (text) => (said += text));
    let times = '';
    child.stdio[3].on('data', (text) => (times += text));
    child.on('close', (code) => {
      const [elapsed, cost] = [(Date.now() - began) / 1000, secondsOf(times)];
      spent += cost;
      const figures = `${elapsed.toFixed(1).padStart(6)} s  ${cost.toFixed(1).padStart(6)} s of processor time`;
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(8)} ${figures}`);
      if (code !== 0) console.log(`${said}\nThe check "${name}" failed. Repeat it alone: npm run check:${name}`);
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

const { user, system } = process.cpuUsage();
console.log(
  `Processor time, children included: ${Math.round(spent + (user + system) / 1e6)} s; ${allowed} s are allowed.`,
);
