import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { faults } from '../../../lib/simulator/faults/faults.ts';
import { readScenario } from '../../../lib/simulator/scenario.ts';
import { scenarioFor, stormWorld } from '../../../lib/simulator/storm/storm-world.ts';

const seeds = Array.from({ length: 1000 }, (_, seed) => seed);

describe('generated worlds', () => {
  it('are valid scenarios', () => {
    for (const seed of seeds) expect(() => scenarioFor(stormWorld(seed))).not.toThrow();
  });

  it('are the same for the same seed, and others for others', () => {
    expect(stormWorld(7)).toEqual(stormWorld(7));
    expect(new Set(seeds.map((seed) => JSON.stringify(stormWorld(seed)))).size).toBe(seeds.length);
  });

  it('bring in every kind of fault', () => {
    const kinds = new Set(seeds.flatMap((seed) => stormWorld(seed).faults.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(faults.map(({ kind }) => kind).sort());
  });

  it('can be kept as scenario files', () => {
    const text = stringify({ ...stormWorld(11), name: 'kept' });
    const read = readScenario('kept.yaml', text);
    expect('scenario' in read && read.scenario.faults).toEqual(scenarioFor(stormWorld(11)).faults);
  });
});
