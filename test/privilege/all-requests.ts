import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { ServiceFacts } from '../../lambdas/ports/sight.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import type { WireServer } from '../aws/wire-server.ts';
import { scenarioNamed, scenarioNames } from '../scenarios/play-all.ts';
import { durableRequests } from './durable-run.ts';
import type { Installed } from './installed.ts';
import { installationRequest } from './lambda-runtime.ts';
import { type Call, callsIn, callsOfPeople, callsWithDeath, deaths, type Hears } from './recorded-calls.ts';
import { type Made, Replay } from './replay.ts';

/** Every service of every scenario with at most so many; the settings of the first scenario it is in. */
export const scenarioServices = (most = Number.POSITIVE_INFINITY): readonly ServiceSettings[] => [
  ...new Map(
    scenarioNames
      .map((name) => scenarioNamed(name).services)
      .filter(({ length }) => length <= most)
      .flat()
      .map(({ settings }) => [settings.id, settings] as const)
      .reverse(),
  ).values(),
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
  runs.push(await callsOfPeople(scenarioNamed('one-slow-task-of-six')));
  for (const hears of ['workflow-ended', 'sweep'] satisfies Hears[])
    for (const name of ['one-slow-task-of-six', 'bad-release'])
      for (const died of Object.values(deaths)) runs.push(await callsWithDeath(scenarioNamed(name), died, hears));
  return runs;
}

/** What all of these calls make of requests to AWS, and what Lambda and the installation are asked beside. */
export async function allRequests(
  wire: WireServer,
  runs: readonly (readonly Call[])[],
  installed: Installed,
): Promise<readonly Made[]> {
  const services = installed.recovery.services.map(({ settings }) => settings);
  const version = `${installed.functionArn('recover')}:7`;
  const replay = new Replay(wire, services, (name) => installed.environment(name), version);
  for (const calls of runs) await replay.run(calls);
  const invoked = runs.flat().filter(({ port }) => port === 'workflow');
  const kinds = new Set(invoked.map(({ args: [, kind] }) => kind as ActionKind));
  const { ACTION_FUNCTIONS = '' } = installed.environment('recover');
  const durable: Made[] = [];
  for (const kind of kinds) durable.push(...(await durableRequests(wire, version, ACTION_FUNCTIONS, kind)));
  return [...replay.made, ...durable, installationRequest(installed)];
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
