// npm run bench:functions: size, import time and own time of every function, side by side with the SDK outside of the bundle.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchAccount, timed } from './bench/account.mjs';
import { bundleResponder, lendPackages, ways } from './bench/bundles.mjs';
import { flawsIn, limits, slownessIn } from './bench/limits.mjs';
import { both, measure, path, pathOf } from './bench/measure.mjs';
import { table } from './bench/table.mjs';

const help = `npm run bench:functions [-- --runs N] [--node PATH ...] [--json]

Bundles every function twice, as it is deployed (SDK inside) and with the AWS SDK left outside, and measures each in N fresh
processes (20, unless told otherwise): median / 90th percentile, in milliseconds.

  bundle, gzip  size of the one file that is deployed
  import        from asking for the bundle to having its handler
  cold          own time from the first event of the process to its first change: the Invoke of recover, the checkpoint by which
                recover invokes an action, the call by which an action changes the world
  warm          the same for the sixth event
  CPU           processor time of the column before it, all threads: steadier than the clock on a busy machine
  alarm to first change
                on-signal, recover and deregister-target, added run by run

Own time is the time in which the event loop was at work. AWS is a function of the same process that answers in the next turn
of the loop: no sockets; its own time and all waiting are taken off.

  --runs N      how many processes for each line
  --node PATH   measure under this Node; may be given more than once (default: the one that runs this)
  --json        print one JSON object and nothing else
  --help        this

Exit code 1 when a bundle is larger than ${limits.kilobytes} KB. Times beyond ${limits.importMillis} ms (import) and ${limits.ownMillis} ms (alarm to first change) are only
pointed out: machines differ.
`;

const options = read();
if (options.help) {
  process.stdout.write(help);
  process.exit(0);
}
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const names = readdirSync(new URL('../lambdas/handlers/', import.meta.url)).map((file) => file.replace('.ts', ''));
const folder = mkdtempSync(join(tmpdir(), 'paramedic-bench-'));
const account = await BenchAccount.open();
try {
  lendPackages(folder);
  const groups = await measureAll(bundleResponder(folder));
  const flaws = groups.filter(({ sdk }) => sdk === 'inside').flatMap(flawsIn);
  const slow = groups.filter(({ sdk }) => sdk === 'inside').flatMap(slownessIn);
  if (options.json) console.log(JSON.stringify({ limits, groups, flaws, slow }, null, 2));
  else console.log([...groups.map(table), ...flaws, ...slow].join('\n\n'));
  process.exitCode = flaws.length > 0 ? 1 : 0;
} finally {
  await account.close();
  rmSync(folder, { recursive: true, force: true });
}

function read() {
  try {
    const { values } = parseArgs({
      options: {
        runs: { type: 'string', default: '20' },
        node: { type: 'string', multiple: true, default: [process.execPath] },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const runs = Number(values.runs);
    if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs is "${values.runs}"; it is a count, 1 or more.`);
    return { ...values, runs };
  } catch (error) {
    console.error(`${error.message}\n\n${help}`);
    process.exit(2);
  }
}

/** One group per Node and way of bundling. */
async function measureAll(responder) {
  const groups = [];
  for (const node of options.node) {
    const version = execFileSync(node, ['--version']).toString().trim();
    for (const sdk of Object.keys(ways)) {
      const measured = [];
      for (const name of names) {
        if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${version}, SDK ${sdk}: ${name}`);
        const isTimed = timed.includes(name);
        measured.push(await measure({ name, way: sdk, node, runs: options.runs, folder, responder, account, isTimed }));
      }
      groups.push(groupOf(sdk, version, measured));
    }
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  return groups;
}

function groupOf(sdk, version, measured) {
  return {
    title: `SDK ${sdk} the bundle, Node ${version}, ${options.runs} runs: median / p90 in ms`,
    sdk,
    version,
    functions: measured.map(({ took, function: name, size, gzip }) => ({
      function: name,
      size,
      gzip,
      imported: both(took.imported),
      cold: both(took.cold),
      warm: both(took.warm),
    })),
    path: { functions: path, cold: pathOf(measured, 'cold'), warm: pathOf(measured, 'warm') },
  };
}
