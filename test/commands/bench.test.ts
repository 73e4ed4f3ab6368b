import { describe, expect, it } from 'vitest';
import { recoveryOfSize } from '../../bin/commands/bench-synth.ts';
import { readRecovery } from '../../lib/config/recovery.ts';
import { paramedic } from './command-line.ts';

describe('paramedic bench', () => {
  it('prints each figure with its unit, and nothing else in a pipe', async () => {
    const { code, out, err } = await paramedic('bench', 'simulation', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { figures } = JSON.parse(out) as { figures: { name: string; value: number; unit: string }[] };
    expect(figures.map(({ name, unit }) => `${name}: ${unit}`)).toEqual([
      'simulation, 1 service: simulated seconds a second',
      'simulation, 100 services: simulated seconds a second',
    ]);
    const [one = 0, hundred = 0] = figures.map(({ value }) => value);
    expect(hundred).toBeGreaterThan(0);
    expect(one).toBeGreaterThan(hundred);
  });

  it('says which parts there are', async () => {
    const { code, out, err } = await paramedic('bench', 'everything');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Allowed choices are simulation, storm, synth.');
  });

  it.each([1, 200])('synthesizes a recovery.yaml of %i services', (count) => {
    const read = readRecovery('recovery.yaml', recoveryOfSize(count));
    expect(read).toMatchObject({ value: { services: { length: count } } });
  });
});
