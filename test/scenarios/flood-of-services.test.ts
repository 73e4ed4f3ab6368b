import { describe, expect, it } from 'vitest';
import { simulate } from '../../lib/simulator/simulate.ts';
import { scenarioFrom } from './play-all.ts';

const services = Array.from({ length: 200 }, (_, n) => `s${n}`);

/** All services behind one topic; a dependency of every one of them fails within a minute. */
const scenario = scenarioFrom(
  'flood.yaml',
  `
name: flood
duration: 24m
services:
${services.map((id) => `  ${id}: { tasks: 2, traffic: 4/s, capacityPerTask: 20/s }`).join('\n')}
faults:
${services.map((id, n) => `  - { at: ${120 + Math.floor(n / 4)}s, kind: dependency-down, service: ${id}, rate: 60% }`).join('\n')}
`,
);

describe('200 services that fall sick within a minute', () => {
  it('make at most 20 messages in ten minutes, which name every incident', async () => {
    const { notifications, incidents, violations } = await simulate(scenario, { seed: 1 });
    expect(violations).toEqual([]);
    expect(incidents).toHaveLength(200);
    const named = new Set(notifications.flatMap(({ attributes }) => attributes.dedupKey.split(',')));
    expect(incidents.filter(({ id }) => !named.has(id))).toEqual([]);
    const most = Math.max(
      ...notifications.map(({ at }) => notifications.filter((each) => each.at >= at && each.at < at + 600).length),
    );
    expect(most).toBeLessThanOrEqual(20);
  });
});
