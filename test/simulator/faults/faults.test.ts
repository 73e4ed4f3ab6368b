import { describe, expect, it } from 'vitest';
import { faults } from '../../../lib/simulator/faults/faults.ts';
import { Play, specOf } from '../world/play.ts';

const required: Readonly<Record<string, object>> = {
  approval: { answer: 'approve', after: '1m' },
  'bad-deployment': { revision: '43' },
  deployment: { revision: '43' },
  'image-moved': { revision: '42' },
  'zone-impairment': { zone: 'a' },
  'zonal-shift': { zone: 'a' },
  'auto-scaling': { desired: 4 },
  'own-alarm': { alarm: 'checkout-burn-rate' },
  overload: { rate: '100/s' },
  scaling: { desired: 4 },
  'workflow-crash': { function: 'recover', step: 2 },
};

describe('every kind of fault', () => {
  it.each(faults.map(({ kind }) => kind))('%s strikes and ends without harming the simulation', async (kind) => {
    const play = new Play({ faults: [{ at: 60, until: 120, kind, ...required[kind] }] });
    await play.until(300);
    expect(play.service.truth.seconds).toBe(301);
  });

  it.each(faults.map(({ kind, schema }) => ({ kind, schema })))('$kind refuses unknown keys', ({ kind, schema }) => {
    expect(schema.safeParse({ ...required[kind], colour: 'red' }).success).toBe(false);
  });

  it.each(faults.filter(({ needsService }) => !needsService).map(({ kind }) => kind))(
    '%s needs no service',
    async (kind) => {
      const specs = [specOf('one'), specOf('two')];
      const play = new Play({ specs, faults: [{ at: 60, until: 120, kind, service: null, ...required[kind] }] });
      await expect(play.until(180)).resolves.toBeUndefined();
    },
  );
});

describe('faults of Paramedic’s own surroundings', () => {
  const asked = async (kind: string, fields: object): Promise<unknown> => {
    const play = new Play({ faults: [{ at: 60, until: 120, kind, ...fields }] });
    await play.until(180);
    return play.asked;
  };

  it('pause it for one service, and resume it', async () => {
    expect(await asked('pause', { by: 'bob', why: 'drill' })).toEqual([
      { what: 'pause', with: { service: 'checkout', by: 'bob', why: 'drill', until: null } },
      { what: 'resume', with: 'checkout' },
    ]);
  });

  it('pause it everywhere', async () => {
    expect(await asked('pause', { service: null })).toEqual([
      { what: 'pause', with: { service: null, by: 'ann', why: 'maintenance', until: null } },
      { what: 'resume', with: null },
    ]);
  });

  it('hide the pause item', async () => {
    expect(await asked('pause-unreadable', {})).toEqual([
      { what: 'pauseUnreadable', with: true },
      { what: 'pauseUnreadable', with: false },
    ]);
  });

  it('kill a function at a step', async () => {
    expect(await asked('workflow-crash', { function: 'replace-task', step: 'claim', when: 'after' })).toEqual([
      { what: 'killAt', with: { function: 'replace-task', step: 'claim', when: 'after' } },
    ]);
  });

  it.each([
    ['api-throttled', 'throttled'],
    ['api-errors', 'failed'],
    ['api-timeouts', 'timed-out'],
  ])('%s refuse calls', async (fault, kind) => {
    expect(await asked(fault, { operations: 'targets', rate: '20%' })).toEqual([
      { what: 'apiFault', with: { kind, operations: 'targets', rate: 0.2 } },
      { what: 'apiFault', with: null },
    ]);
  });
});
