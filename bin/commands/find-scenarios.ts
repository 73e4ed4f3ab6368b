import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { renderProblem } from '../../lib/config/read-yaml.ts';
import { readScenario, type Scenario } from '../../lib/simulator/scenario.ts';
import { packageRoot } from './package-root.ts';

/** Where scenarios are looked for by name: in the working directory, then in the package. */
const folders = (): readonly string[] => [
  ...new Set(['scenarios', relative('.', join(packageRoot, 'scenarios'))].filter((folder) => existsSync(folder))),
];

const isYaml = (file: string): boolean => /\.ya?ml$/.test(file);

/** The files of a folder, by name. */
const filesIn = (path: string): readonly string[] =>
  readdirSync(path)
    .filter(isYaml)
    .sort()
    .map((file) => join(path, file));

/** Every file that an argument stands for: a file, a folder, or the bare name of a scenario. */
function filesOf(argument: string): readonly string[] {
  const candidates = [
    argument,
    ...folders().flatMap((folder) => [join(folder, argument), join(folder, `${argument}.yaml`)]),
  ];
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) return [];
  return statSync(path).isDirectory() ? filesIn(path) : [path];
}

/** The scenarios that are asked for (a whole folder of scenarios if none), or one sentence for each thing that is wrong. */
export function findScenarios(
  asked: readonly string[],
): { readonly scenarios: readonly Scenario[] } | { readonly problems: readonly string[] } {
  const problems: string[] = [];
  const scenarios: Scenario[] = [];
  for (const argument of asked.length > 0 ? asked : folders().slice(0, 1)) {
    const files = argument === '' ? [] : filesOf(argument);
    if (files.length === 0) problems.push(missing(argument));
    for (const file of files) {
      const read = readScenario(file, readFileSync(file, 'utf8'));
      if ('scenario' in read) scenarios.push(read.scenario);
      else problems.push(...read.problems.map(renderProblem));
    }
  }
  return problems.length > 0 ? { problems } : { scenarios };
}

function missing(argument: string): string {
  const there = folders().map((folder) => {
    const names = readdirSync(folder)
      .filter(isYaml)
      .map((file) => file.replace(/\.ya?ml$/, ''))
      .sort();
    return names.length > 0 ? `In ${folder}/ there is: ${names.join(', ')}.` : `The folder ${folder}/ has none.`;
  });
  return `${argument === '' ? '""' : argument}: there is no such scenario file. ${there.join(' ')}`;
}
