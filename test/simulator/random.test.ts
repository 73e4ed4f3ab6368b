import { describe, expect, it } from 'vitest';
import { Random } from '../../lib/simulator/random.ts';

const draw = (count: number, one: () => number): number[] => Array.from({ length: count }, one);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('seeded randomness', () => {
  it('repeats for the same seed and differs for another', () => {
    const numbers = (seed: number) => draw(20, () => new Random(seed).next());
    expect(numbers(1)).toEqual(numbers(1));
    expect(new Random(1).hex(64)).not.toBe(new Random(2).hex(64));
  });

  it('forks the same stream whatever was drawn before', () => {
    const [fresh, used] = [new Random(7), new Random(7)];
    draw(100, () => used.next());
    expect(used.fork('a').hex(32)).toBe(fresh.fork('a').hex(32));
    expect(fresh.fork('a').hex(32)).not.toBe(fresh.fork('b').hex(32));
  });

  it.each([0.3, 4, 25, 200])('draws counts around their mean of %d', (expected) => {
    const random = new Random('poisson');
    const counts = draw(4000, () => random.poisson(expected));
    expect(Math.abs(mean(counts) - expected)).toBeLessThan(5 * Math.sqrt(expected / 4000));
    expect(counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
  });

  it.each([
    [20, 0.001],
    [20, 0.5],
    [20, 0.95],
    [500, 0.3],
  ])('draws successes of %d trials at %d within bounds and around their mean', (trials, probability) => {
    const random = new Random('binomial');
    const counts = draw(4000, () => random.binomial(trials, probability));
    const spread = Math.sqrt((trials * probability * (1 - probability)) / 4000);
    expect(Math.abs(mean(counts) - trials * probability)).toBeLessThan(5 * spread);
    expect(counts.every((count) => count >= 0 && count <= trials)).toBe(true);
  });

  it('draws the same whatever means and probabilities were asked for before', () => {
    const draws = (random: Random, n: number) => {
      const probability = n % 2 === 0 ? 0.1 : 0.4;
      return [random.binomial(20, probability), random.binomial(40, probability), random.poisson(20 * probability)];
    };
    const used = new Random('both');
    const all = Array.from({ length: 200 }, (_, n) => draws(used, n));
    const alone = all.map((_, n) => {
      const fresh = new Random('both');
      draw(3 * n, () => fresh.next());
      return draws(fresh, n);
    });
    expect(all).toEqual(alone);
  });

  it('draws none of nothing and all of what is certain', () => {
    const random = new Random(1);
    expect([random.poisson(0), random.binomial(0, 0.5), random.binomial(9, 0), random.binomial(9, 1)]).toEqual([
      0, 0, 0, 9,
    ]);
  });
});
