import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDrawn } from '../../lambdas/contract/enforcement.ts';

/** As incidents are called: the time, and eight letters and digits. */
const ids = fc
  .tuple(
    fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2036-01-01T00:00:00Z'), noInvalidDate: true }),
    fc.stringMatching(/^[a-z0-9]{8}$/),
  )
  .map(([at, tail]) => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-${tail}`);

const share = (all: readonly string[], percent: number): number =>
  all.filter((id) => isDrawn(id, percent)).length / all.length;

describe('the draw for enforcement', () => {
  it('gives the same answer for an id in this and in every later version: incidents are replayed by it', () => {
    expect(isDrawn('20260105-120000-abcdefgh', 17)).toBe(true);
    expect(isDrawn('20260105-120000-abcdefgh', 16)).toBe(false);
  });

  it('draws none of them at 0 % and all of them at 100 %', () => {
    fc.assert(fc.property(ids, (id) => !isDrawn(id, 0) && isDrawn(id, 100)));
  });

  it('draws more with a higher share, and those that were drawn before among them', () => {
    const percent = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(ids, percent, percent, (id, a, b) => !isDrawn(id, Math.min(a, b)) || isDrawn(id, Math.max(a, b))),
    );
  });

  it('draws the share that was asked for, of ids that differ at random as well as of ids in a row', () => {
    const inARow = Array.from({ length: 10_000 }, (_, n) => `20260105-120000-${String(n).padStart(8, '0')}`);
    const atRandom = fc.sample(ids, 10_000);
    for (const percent of [1, 10, 25, 50, 75, 99]) {
      expect(Math.abs(share(inARow, percent) * 100 - percent)).toBeLessThan(2);
      expect(Math.abs(share(atRandom, percent) * 100 - percent)).toBeLessThan(2);
    }
  });
});
