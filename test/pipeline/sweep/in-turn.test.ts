import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inTurn } from '../../../lambdas/pipeline/sweep/in-turn.ts';
import { minutes, now } from '../build.ts';

describe('inTurn', () => {
  it('gives all of a list that is short enough', () => {
    expect(inTurn([1, 2, 3], 3, now)).toEqual([1, 2, 3]);
    expect(inTurn([], 3, now)).toEqual([]);
  });

  it('never gives more than so many, nor one twice, and all have had their turn before long', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(10_000),
        (size, most, from) => {
          const list = Array.from({ length: size }, (_, index) => index);
          const had = new Set<number>();
          for (let minute = 0; minute < Math.ceil(size / most); minute++) {
            const turn = inTurn(list, most, now + minutes(from + minute));
            expect(turn.length).toBe(Math.min(size, most));
            expect(new Set(turn).size).toBe(turn.length);
            for (const one of turn) had.add(one);
          }
          expect(had.size).toBe(size);
        },
      ),
    );
  });
});
