import { describe, expect, it } from 'vitest';
import { simulate } from '../../lib/simulator/simulate.ts';
import { scenarioFrom, scenarioNamed } from './play-all.ts';

const sicknesses = {
  slow: 'kind: slow-task, factor: 10',
  failing: 'kind: error-task, rate: 60%',
  hung: 'kind: hung-task',
} as const;

/** One of six tasks is sick, and ECS registers again so soon what was taken out. */
const sickTask = (sickness: keyof typeof sicknesses, reregisters: string, more = '') =>
  scenarioFrom(
    'table.yaml',
    `
name: table
duration: 30m
services:
  checkout:
    tasks: 6
    traffic: 120/s
    capacityPerTask: 60/s
    account: { reregisters: ${reregisters} }
    ${more}
faults:
  - { at: 5m, service: checkout, tasks: 1, ${sicknesses[sickness]} }
`,
  );

describe('one sick task is out for good within six minutes', () => {
  const kinds = Object.keys(sicknesses) as (keyof typeof sicknesses)[];
  const table = kinds.flatMap((kind) =>
    ['never', '5s', '15s', '30s', '60s', '2m'].map((reregisters) => [kind, reregisters] as const),
  );

  it.each(table)('that is %s, where ECS registers it again after: %s', async (kind, reregisters) => {
    for (const seed of [1, 2]) {
      const { outcome, mitigatedAt, violations, actions, wellTasksOut } = await simulate(sickTask(kind, reregisters), {
        seed,
      });
      expect({ outcome, violations, wellTasksOut }).toEqual({ outcome: 'recovered', violations: [], wellTasksOut: 0 });
      expect(mitigatedAt).toBeLessThanOrEqual(360);
      const done = actions.filter(({ enforced }) => enforced);
      expect(done.map((action) => action.kind)).toEqual(['deregister-target', 'replace-task']);
      const again = reregisters === 'never' ? 1 : 2;
      expect(done[0]?.times).toBeGreaterThanOrEqual(again);
      expect(done[0]?.times).toBeLessThanOrEqual(again + 1);
    }
  });

  it('also in two target groups, each of which registers it by itself', async () => {
    const { outcome, mitigatedAt, violations } = await simulate(sickTask('failing', '10s', 'targetGroups: 2'), {
      seed: 1,
    });
    expect({ outcome, violations }).toEqual({ outcome: 'recovered', violations: [] });
    expect(mitigatedAt).toBeLessThanOrEqual(360);
  });
});

describe('a task that was taken out is stopped', () => {
  const stoppedAfter = async (scenario: ReturnType<typeof scenarioNamed>): Promise<number> => {
    const { changes } = await simulate(scenario, { seed: 1 });
    const at = (kind: string) => changes.find((change) => change.kind === kind)?.at ?? Number.NaN;
    return at('stopTask') - at('deregisterTargets');
  };

  it("after the target group's own delay, where no log tells sooner that it is idle", async () => {
    const after = await stoppedAfter(scenarioNamed('uploads-that-still-drain'));
    expect(after).toBeGreaterThanOrEqual(900);
    expect(after).toBeLessThan(940);
  });

  it('as soon as it has helped, where the log shows it idle', async () => {
    expect(await stoppedAfter(sickTask('failing', 'never'))).toBeLessThan(240);
  });

  it('within seconds, where ECS has registered it again', async () => {
    expect(await stoppedAfter(sickTask('failing', '15s'))).toBeLessThan(30);
  });
});
