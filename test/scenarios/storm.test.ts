import { describe, expect, it } from 'vitest';
import { simulate } from '../../lib/simulator/simulate.ts';
import { scenarioFrom } from './play-all.ts';

const services = Array.from({ length: 40 }, (_, n) => `service-${n + 1}`);
const storm = scenarioFrom(
  'storm.yaml',
  [
    'name: storm',
    'duration: 24m',
    'services:',
    ...services.map(
      (id) =>
        `  ${id}: { tasks: 4, traffic: 40/s, capacityPerTask: 40/s, recovery: { fleet: { manyServices: { count: 100 }, velocity: { most: 64 } } } }`,
    ),
    'faults:',
    ...services.map((id) => `  - { at: 2m, kind: slow-task, service: ${id}, tasks: 1, factor: 10 }`),
  ].join('\n'),
);

describe('forty services that fall sick at once', () => {
  it('are each treated, and people are told of every incident without a flood', async () => {
    const { incidents, notifications, violations } = await simulate(storm, { seed: 1 });
    expect(violations).toEqual([]);
    expect(incidents).toHaveLength(40);
    expect(incidents.filter(({ outcome }) => outcome !== 'recovered')).toEqual([]);
    const told = notifications.map(({ attributes }) => attributes.dedupKey).join();
    expect(incidents.filter(({ id }) => !told.includes(id))).toEqual([]);
    // Beside the limit within ten minutes, which is among the violations: no more messages than incidents, instead of three each.
    expect(notifications.length).toBeLessThanOrEqual(incidents.length);
  });
});
