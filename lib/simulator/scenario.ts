import { basename } from 'node:path';
import type { MessageLimit } from '../../lambdas/contract/settings.ts';
import { type Problem, readYaml } from '../config/read-yaml.ts';
import type { Expectations } from './expectation-schema.ts';
import { type ScenarioYaml, scenarioSchema } from './scenario-schema.ts';
import { serviceSpecOf } from './service-spec-of.ts';
import type { ServiceSpec } from './world/service-spec.ts';

/** A fault with its own fields, as its kind's schema leaves them. `at` and `until` in ms after the start. */
export type ScenarioFault = ScenarioYaml['faults'][number];

/** A scenario, checked and with all defaults filled in. Times in ms. */
export type Scenario = {
  readonly file: string;
  readonly name: string;
  readonly description: string;
  readonly duration: number;
  readonly services: readonly ServiceSpec[];
  readonly messages: MessageLimit;
  readonly faults: readonly ScenarioFault[];
  readonly expect: Expectations;
};

/** Reads a scenario file's text. Problems name file and line. */
export function readScenario(
  file: string,
  text: string,
): { readonly scenario: Scenario } | { readonly problems: readonly Problem[] } {
  const read = readYaml(file, text, scenarioSchema);
  return 'problems' in read ? read : { scenario: withSpecs(file, read.value) };
}

/** The scenario of what a file would hold. Throws when something is wrong with it. */
export const scenarioOf = (file: string, written: unknown): Scenario => withSpecs(file, scenarioSchema.parse(written));

function withSpecs(file: string, { services, ...rest }: ScenarioYaml): Scenario {
  const specs = Object.entries(services).map(([id, yaml]) => serviceSpecOf(id, yaml));
  return { ...rest, file: basename(file), services: specs };
}
