import { readdirSync, readFileSync } from 'node:fs';

const adapters = new URL('../../lambdas/aws/', import.meta.url);

/** What the durable SDK sends through the Lambda client it loads; it reads every member of the answers. */
const durable = ['CheckpointDurableExecutionCommand', 'GetDurableExecutionStateCommand', 'LambdaClient'];

const source = readdirSync(adapters)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(new URL(name, adapters), 'utf8'))
  .join('\n');

/** Every word of the adapters' code, comments aside: a member of an AWS structure that isn't among them is neither written nor read. */
export const words = new Set(source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').match(/\w+/g));

/** Service → what the adapters and the durable SDK import from its client that exists at run time. */
export function importsOfServices() {
  const services = new Map();
  for (const [, names, service] of source.matchAll(/^import \{([^}]*)\} from '@aws-sdk\/client-([^']+)';/gm)) {
    const imported = services.get(service) ?? new Set();
    for (const name of valuesAmong(names)) imported.add(name);
    services.set(service, imported);
  }
  for (const name of durable) services.get('lambda')?.add(name);
  return new Map([...services].sort().map(([service, imported]) => [service, [...imported].sort()]));
}

/** `DescribeTasksCommand, type ECSClient, paginateListTasks` → the values among them, and the commands that paginators send. */
function valuesAmong(names) {
  const values = names
    .split(',')
    .map((each) => each.trim())
    .filter((name) => /^\w+$/.test(name));
  const paginated = values.filter((name) => name.startsWith('paginate'));
  return [...values, ...paginated.map((name) => `${name.slice('paginate'.length)}Command`)];
}
