// npm run test:aws [-- FILE ...]: what Paramedic deploys and asks of AWS, in front of an AWS API server nobody here wrote (moto).
// Starts `moto_server` on a free loopback port, runs the tests against it, and stops it. It never passes by skipping.
// A whole run also says which operations were checked against whom, as docs/reference/aws-operations.md must
// (`npm run test:aws -- --write` writes that page).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { page, rowsOf, table, tallied, unanswered } from './aws-operations.mjs';

const requirements = 'test/moto/requirements.txt';
const operationsPage = 'docs/reference/aws-operations.md';
const startsWithin = 30_000;

/** `moto[server]==5.2.1` → 5.2.1. */
const pinned = (name) => new RegExp(`^${name}\\b.*==(.+)$`, 'm').exec(readFileSync(requirements, 'utf8'))?.[1];

/** Stops when a command is missing, or when its package is of another version than the tests were written for. */
function need(command, name) {
  const install = `Install it: python3 -m pip install -r ${requirements}`;
  if (spawnSync(command, ['--help'], { timeout: 60_000 }).status !== 0)
    stop(`${command} was not found or does not start. ${install}`);
  const asks = `import importlib.metadata as m; print(m.version("${name}"))`;
  const found = spawnSync('python3', ['-c', asks], { encoding: 'utf8', timeout: 60_000 }).stdout?.trim();
  if (found !== pinned(name))
    stop(`${name} ${pinned(name)} is needed, and ${found === '' ? 'another' : found} is installed. ${install}`);
}

function stop(why) {
  console.error(why);
  process.exit(1);
}

/** A loopback port that nobody listens on at this moment. */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Waits until the server answers; rejects when it ends before that or takes too long. */
async function answers(endpoint, server) {
  const until = Date.now() + startsWithin;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`moto_server ended with exit code ${server.exitCode}.`);
    try {
      if ((await fetch(`${endpoint}/moto-api/data.json`)).ok) return;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`moto_server did not answer at ${endpoint} within ${startsWithin / 1000} s.`);
}

/** moto moves a task a step nearer to its end at every DescribeTasks; here tasks live until somebody stops them. */
const tasksStay = (endpoint) =>
  fetch(`${endpoint}/moto-api/state-manager/set-transition`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model_name: 'ecs::task', transition: { progression: 'manual', times: 1_000_000 } }),
  });

const run = (command, args, env) =>
  new Promise((resolve) => {
    spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).on('close', resolve);
  });

/** Says who answered for which operation; false when an operation was never checked, or the page says otherwise. */
function judged(folder, write) {
  const lines = readFileSync(join(folder, 'tally.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const tally = tallied(lines);
  const rows = rowsOf(tally);
  console.log(`\n${table(rows)}`);
  console.log(
    `\n${tally.assertions} assertions in ${tally.files} files, ${tally.contractAssertions} of them in the contract suites.`,
  );
  const missing = unanswered(rows);
  if (missing.length > 0) {
    console.error(`Nothing checks ${missing.map(({ name }) => name).join(', ')}: add a contract test in test/moto.`);
    return false;
  }
  const text = page(rows, pinned('moto'));
  if (write) writeFileSync(operationsPage, text);
  else if (!existsSync(operationsPage) || readFileSync(operationsPage, 'utf8') !== text) {
    console.error(`${operationsPage} is not what this run saw: npm run test:aws -- --write`);
    return false;
  }
  return true;
}

need('moto_server', 'moto');
need('cfn-lint', 'cfn-lint');
const write = process.argv.includes('--write');
const files = process.argv.slice(2).filter((word) => word !== '--write');
const port = await freePort();
const endpoint = `http://127.0.0.1:${port}`;
// Whatever the tests and CDK leave behind goes with this folder.
const folder = mkdtempSync(join(tmpdir(), 'paramedic-aws-'));
const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
let said = '';
server.stderr.on('data', (text) => {
  said = `${said}${text}`.slice(-4000);
});
server.on('error', (error) => stop(`moto_server does not start: ${error.message}`));
process.on('exit', () => {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
try {
  await answers(endpoint, server);
  await tasksStay(endpoint);
  console.log(`moto ${pinned('moto')} answers at ${endpoint}`);
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.moto.config.ts', ...files];
  const wanted = write ? { MOTO_WRITE: 'yes' } : {};
  const code = await run(process.execPath, args, {
    MOTO_ENDPOINT: endpoint,
    MOTO_TALLY: folder,
    TMPDIR: folder,
    ...wanted,
  });
  process.exitCode = code === 0 && (files.length > 0 || judged(folder, write)) ? 0 : 1;
} catch (error) {
  stop(`${error.message}\n${said}`);
} finally {
  server.kill();
}
