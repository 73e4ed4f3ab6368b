import { existsSync, readFileSync, statSync } from 'node:fs';
import { parseAlarmName } from '../../lambdas/contract/names.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { OwnedAlarm, Routes } from '../../lambdas/pipeline/detect/detect.ts';
import { renderProblem } from '../../lib/config/read-yaml.ts';
import { readRecovery } from '../../lib/config/recovery.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import { UserError } from './command.ts';

/** What is known of an installation: its pipeline's name and its services. */
export type Installed = { readonly pipeline: string; readonly services: readonly ServiceSettings[] };

const standardFile = 'recovery.yaml';

/** The configuration that was named, else the one that is here; undefined when there is none. */
export function readConfig(named: string | undefined): Installed | undefined {
  const file = named ?? standardFile;
  if (!existsSync(file)) {
    if (named === undefined) return undefined;
    throw new UserError(`--config ${named}: there is no such file.`);
  }
  if (statSync(file).isDirectory()) throw new UserError(`${file} is a folder; give a file.`);
  const read = readRecovery(file, readFileSync(file, 'utf8'));
  if ('problems' in read) throw new UserError(read.problems.map(renderProblem).join('\n'));
  const { install, services } = read.value;
  return { pipeline: install.name, services: services.map(({ settings }) => settings) };
}

/** What belongs to whom. A scenario stands in for the account, so that its services are the ones there are. */
export function routesFor(event: unknown, installed: Installed | undefined, scenario: Scenario | undefined): Routes {
  const known = scenario === undefined ? installed?.services : scenario.services.map(({ settings }) => settings);
  const ids = known?.map(({ id }) => id) ?? null;
  const owners = [...(installed?.services ?? []), ...(scenario === undefined ? [] : (known ?? []))];
  return {
    pipeline: pipelineFor(event, scenario === undefined ? installed : undefined),
    services: ids,
    owned: owners.flatMap(ownedBy).filter(({ service }) => ids === null || ids.includes(service)),
  };
}

const ownedBy = ({ id, signals }: ServiceSettings): readonly OwnedAlarm[] =>
  signals.map((signal) => ({ service: id, ...signal }));

/** Where no configuration says otherwise, the event is taken to be of the pipeline that its alarm names. */
function pipelineFor(event: unknown, installed: Installed | undefined): string {
  return installed?.pipeline ?? parseAlarmName(alarmIn(event) ?? '')?.pipeline ?? 'paramedic';
}

function alarmIn(event: unknown): string | undefined {
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  const name = at(at(event, 'detail') ?? at(event, 'alarmData'), 'alarmName');
  return typeof name === 'string' ? name : undefined;
}
