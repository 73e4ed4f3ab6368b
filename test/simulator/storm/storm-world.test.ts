import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { faults } from '../../../lib/simulator/faults/faults.ts';
import { readScenario } from '../../../lib/simulator/scenario.ts';
import { scenarioFor, stormWorld } from '../../../lib/simulator/storm/storm-world.ts';
import type { AccountSpec } from '../../../lib/simulator/world/service-spec.ts';

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

  it('draw what the account does, in every way, and one in ten whose task definitions are described no more', () => {
    const accounts = seeds.flatMap((seed) => scenarioFor(stormWorld(seed)).services.map(({ account }) => account));
    const drawn = (key: keyof AccountSpec) => new Set(accounts.map((account) => account[key]));
    expect([...drawn('deployedBy')].sort()).toEqual(['cloudformation', 'scripts', 'terraform']);
    expect([...drawn('images')].sort()).toEqual(['ecr', 'elsewhere', 'expired']);
    for (const key of ['described', 'sidecar', 'passRoles', 'zoneRebalancing'] as const)
      expect(drawn(key).size).toBe(2);
    for (const key of ['reregisters', 'deregistrationDelay', 'deploymentHistory', 'healthCheckGrace'] as const)
      expect(drawn(key).size).toBeGreaterThan(2);
    const never = accounts.filter(({ reregisters }) => reregisters === null);
    expect(never.length / accounts.length).toBeGreaterThan(0.4);
    expect(never.length / accounts.length).toBeLessThan(0.7);
    const gone = seeds.filter((seed) =>
      scenarioFor(stormWorld(seed)).services.some(({ account }) => !account.described),
    );
    expect(gone.length / seeds.length).toBeGreaterThan(0.06);
    expect(gone.length / seeds.length).toBeLessThan(0.13);
  });

  it('can be kept as scenario files', () => {
    const text = stringify({ ...stormWorld(11), name: 'kept' });
    const read = readScenario('kept.yaml', text);
    expect('scenario' in read && read.scenario.faults).toEqual(scenarioFor(stormWorld(11)).faults);
  });
});
