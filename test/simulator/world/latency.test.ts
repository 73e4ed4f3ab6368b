import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../lib/simulator/random.ts';
import { Histogram, LatencyModel } from '../../../lib/simulator/world/latency.ts';

/** Added to a logarithm it changes nothing, but it is not zero: requests are drawn the long way. */
const nothing = Number.MIN_VALUE;

function drawn(model: LatencyModel, requests: readonly number[], stretch: number) {
  const [random, histogram] = [new Random('latency'), new Histogram()];
  const slow = requests.map((count) => model.draw(count, stretch, random, histogram));
  const percentiles = [0.1, 0.5, 0.9, 0.99, 1].map((share) => histogram.percentile(share));
  return { slow, percentiles, next: random.uint32() };
}

describe('latencies', () => {
  it('that are looked up are those that would be computed', () => {
    const seconds = fc.double({ min: 0.001, max: 20, noNaN: true });
    fc.assert(
      fc.property(seconds, seconds, seconds, fc.array(fc.nat(500)), (p50, more, threshold, requests) => {
        const model = new LatencyModel({ p50, p99: p50 + more }, threshold);
        expect(drawn(model, requests, 0)).toEqual(drawn(model, requests, nothing));
      }),
    );
  });

  it('are never slow without a threshold', () => {
    const model = new LatencyModel({ p50: 0.1, p99: 0.5 }, Number.POSITIVE_INFINITY);
    expect(drawn(model, [100, 1000], 0).slow).toEqual([0, 0]);
  });
});
