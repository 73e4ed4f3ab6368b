import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bar, largest, sparks, squeezed } from '../../lib/report/bar.ts';

describe('a bar', () => {
  it('fills its width in eighths of a column', () => {
    expect(bar(1, 1, 4)).toBe('████');
    expect(bar(0.5, 1, 4)).toBe('██  ');
    expect(bar(0.28125, 1, 4)).toBe('█▏  ');
    expect(bar(0, 1, 4)).toBe('    ');
  });

  it('shows where the limit lies as long as it does not reach it', () => {
    expect(bar(0.25, 1, 4, 0.5)).toBe('█ ┊ ');
    expect(bar(1, 1, 4, 0.5)).toBe('████');
  });

  it('is empty where nothing was measured or nothing can be', () => {
    expect(bar(null, 1, 3)).toBe('   ');
    expect(bar(5, 0, 3)).toBe('   ');
  });

  it('is always exactly as wide as asked', () => {
    const value = fc.double({ min: -10, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        fc.option(value),
        value,
        fc.integer({ min: 1, max: 30 }),
        fc.option(value),
        (v, most, width, limit) => {
          expect(bar(v, most, width, limit)).toHaveLength(width);
        },
      ),
    );
  });
});

describe('sparks', () => {
  it('rise with the values, and leave a gap where there is none', () => {
    expect(sparks([0, 0.5, 1, null, 2], 1).join('')).toBe('▁▅█ █');
  });
});

describe('squeezed', () => {
  it('keeps the largest value of what it puts together', () => {
    expect(squeezed([1, 5, 2, null, null, null, 7], 3)).toEqual([5, null, 7]);
    expect(squeezed([1, 2], 5)).toEqual([1, 2]);
  });
});

describe('largest', () => {
  it('is null when there is nothing', () => {
    expect([largest([]), largest([null]), largest([null, 3, 1])]).toEqual([null, null, 3]);
  });
});
