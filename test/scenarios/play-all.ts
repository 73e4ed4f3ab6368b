import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderProblem } from '../../lib/config/read-yaml.ts';
import { readScenario, type Scenario } from '../../lib/simulator/scenario.ts';
import { simulate } from '../../lib/simulator/simulate.ts';

const folder = new URL('../../scenarios/', import.meta.url).pathname;

/** Reads a scenario or fails with every problem it has. */
export function scenarioFrom(file: string, text: string): Scenario {
  const read = readScenario(file, text);
  if ('problems' in read) throw new Error(read.problems.map(renderProblem).join('\n'));
  return read.scenario;
}

/** Every scenario of `scenarios/`. */
export const scenarioNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''))
  .sort();

export function scenarioNamed(name: string): Scenario {
  const file = `${name}.yaml`;
  return scenarioFrom(file, readFileSync(join(folder, file), 'utf8'));
}

/** Plays every scenario of `scenarios/` with one seed. A file per seed, so that they are played side by side. */
export function describeScenarios(seed: number): void {
  describe(`scenarios, seed ${seed}`, () => {
    it.each(scenarioNames)('%s meets its expectations and breaks no promise', async (name) => {
      const scenario = scenarioNamed(name);
      expect(scenario.name).toBe(name);
      const { failures, violations } = await simulate(scenario, { seed });
      expect([...failures, ...violations]).toEqual([]);
    });
  });
}
