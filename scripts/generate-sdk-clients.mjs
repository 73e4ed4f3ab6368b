// npm run generate: writes lambdas/aws/bundled/client-*.mjs, the AWS clients of the bundles, from the SDK that is installed and
// from what the adapters import of it. With --check it writes nothing and fails when one of them is out of date.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { RegisterTaskDefinitionRequest$ } from '@aws-sdk/client-ecs';
import { clientModule } from './sdk-clients/client-module.mjs';
import { importsOfServices, words } from './sdk-clients/operations.mjs';
import { membersBelow } from './sdk-clients/schemas.mjs';

const folder = new URL('../lambdas/aws/bundled/', import.meta.url);
const check = process.argv.includes('--check');

/** Every member that a task definition may have: a copy of one is whole. */
const copied = membersBelow(RegisterTaskDefinitionRequest$);

/** The durable SDK hands the answers of Lambda on whole. */
const keepsOf = (service) =>
  service === 'lambda' ? () => true : (member) => words.has(member) || (service === 'ecs' && copied.has(member));

const wanted = new Map();
for (const [service, exports] of importsOfServices())
  wanted.set(`client-${service}.mjs`, await clientModule(service, exports, keepsOf(service)));

const there = readdirSync(folder).filter((name) => name.startsWith('client-'));
const superfluous = there.filter((name) => !wanted.has(name));
const stale = [...wanted].filter(
  ([name, text]) => !there.includes(name) || readFileSync(new URL(name, folder), 'utf8') !== text,
);

if (check) {
  for (const name of [...stale.map(([name]) => name), ...superfluous])
    console.error(`lambdas/aws/bundled/${name} is out of date: npm run generate`);
  process.exitCode = stale.length + superfluous.length > 0 ? 1 : 0;
} else {
  for (const [name, text] of stale) writeFileSync(new URL(name, folder), text);
  for (const name of superfluous) rmSync(new URL(name, folder));
  console.log(`wrote ${stale.length} of ${wanted.size} clients in lambdas/aws/bundled`);
}
