import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { ServiceFacts } from '../../lambdas/ports/sight.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import type { WireServer } from '../aws/wire-server.ts';
import { scenarioNamed, scenarioNames } from '../scenarios/play-all.ts';
import { durableRequests } from './durable-run.ts';
import type { Installed } from './installed.ts';
import { installationRequest } from './lambda-runtime.ts';
import { callbackOf } from './needs-of-lambda.ts';
import { type Call, callsIn, callsOfPeople, callsWithDeath } from './recorded-calls.ts';
import { type Made, Replay } from './replay.ts';

/** Every service of every scenario; the settings of the first scenario it is in. */
export const scenarioServices = (): readonly ServiceSettings[] => [
  ...new Map(
    scenarioNames
      .flatMap((name) => scenarioNamed(name).services)
      .map(({ settings }) => [settings.id, settings] as const)
      .reverse(),
  ).values(),
];

/** Workflows that die: at their first look, in the middle of their acts, and after them. */
const deaths: readonly (readonly [scenario: string, at: number])[] = [
  ['one-slow-task-of-six', 8.6 * 60_000],
  ['one-slow-task-of-six', 10 * 60_000],
  ['bad-release', 12 * 60_000],
];

/** The workflow dies before its first entry: until then its incident has no configuration but the published one. */
function neverBegun(): Scenario {
  const scenario = scenarioNamed('one-slow-task-of-six');
  const fault = { at: 0, kind: 'api-errors', service: undefined, operations: 'ledger.append', rate: 1 } as const;
  return { ...scenario, faults: [...scenario.faults, fault] };
}

/** The calls of all runs: each scenario, and some in which the workflow dies for good. */
export async function allCalls(): Promise<readonly (readonly Call[])[]> {
  const runs: (readonly Call[])[] = [];
  for (const name of scenarioNames) runs.push(await callsIn(scenarioNamed(name)));
  runs.push(await callsIn(neverBegun()));
  runs.push(await callsOfPeople(scenarioNamed('one-slow-task-of-six'), 10 * 60_000));
  for (const [name, at] of deaths) runs.push(await callsWithDeath(scenarioNamed(name), at));
  return runs;
}

/** What all of these calls make of requests to AWS, and what Lambda and the installation are asked beside. */
export async function allRequests(
  wire: WireServer,
  runs: readonly (readonly Call[])[],
  installed: Installed,
): Promise<readonly Made[]> {
  const services = installed.recovery.services.map(({ settings }) => settings);
  const replay = new Replay(wire, services, (name) => installed.environment(name));
  for (const calls of runs) await replay.run(calls);
  const invoked = runs.flat().filter(({ port }) => port === 'workflow');
  const kinds = new Set(invoked.map(({ args: [, kind] }) => kind as ActionKind));
  const { ACTION_FUNCTIONS = '' } = installed.environment('recover');
  const version = `${installed.functionArn('recover')}:7`;
  const durable: Made[] = [];
  for (const kind of kinds) durable.push(...(await durableRequests(wire, version, ACTION_FUNCTIONS, kind)));
  return [...replay.made, ...durable, callbackRequest(version), installationRequest(installed)];
}

/** An answer to what a workflow waits for, as `operate` sends it. */
function callbackRequest(recoverVersion: string): Made {
  const id = encodeURIComponent(callbackOf(`${recoverVersion}/durable-execution/simulated-incident/1`));
  const path = `/2025-12-01/durable-execution-callbacks/${id}/succeed`;
  const request = { operation: `lambda.${path}`, method: 'POST', path, body: null };
  return { who: 'operate', port: 'callbacks', request };
}

/** Whose task it is, by what ECS said in any of the runs; `''` for a task nobody was ever told of. */
export function ownersOfTasks(runs: readonly (readonly Call[])[]): (task: string) => string {
  const owners = new Map<string, string>();
  for (const { port, args, answer } of runs.flat()) {
    if (port !== 'services' || answer === undefined) continue;
    const { resources } = args[0] as ServiceSettings;
    const { tasks, stopped } = answer as ServiceFacts;
    for (const fact of [...tasks, ...stopped]) owners.set(fact.task.task, resources.service);
  }
  return (task) => owners.get(task) ?? '';
}
