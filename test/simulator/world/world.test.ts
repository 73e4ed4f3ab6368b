import { describe, expect, it } from 'vitest';
import { type Fault, Play, specOf } from './play.ts';

const eventful: readonly Fault[] = [
  { at: 120, kind: 'crash-task', tasks: 2 },
  { at: 200, kind: 'bad-deployment', revision: '43', factor: 6 },
  { at: 400, until: 700, kind: 'overload', rate: '350/s' },
  { at: 500, until: 900, kind: 'event-duplicated' },
];

/** Everything that can be seen of a run, as text. */
async function transcript(seed: number, others: number): Promise<string> {
  const specs = [specOf(), ...Array.from({ length: others }, (_, n) => specOf(`other-${n}`))];
  const play = new Play({ specs, seed, faults: eventful });
  await play.until(1200);
  const { service } = play;
  return JSON.stringify({
    truth: service.truth,
    minutes: service.truth.minutes,
    totals: service.truth.totals,
    metrics: service.metrics.window(60, play.clock.now()),
    tasks: service.fleet.tasks.map(({ id, address, startedAt, memory }) => ({ id, address, startedAt, memory })),
    stopped: service.fleet.stopped.map(({ id, stoppedAt, stopped }) => ({ id, stoppedAt, stopped })),
    deployments: service.rollouts.all,
    alarms: service.alarms.map(({ name, state }) => `${name} ${state}`),
    heard: others === 0 ? play.heard : [],
  });
}

describe('the world', () => {
  it('repeats to the byte for the same seed', async () => {
    expect(await transcript(7, 0)).toBe(await transcript(7, 0));
  });

  it('differs for another seed', async () => {
    expect(await transcript(7, 0)).not.toBe(await transcript(8, 0));
  });

  it('treats a service the same however many others there are', async () => {
    expect(await transcript(7, 3)).toBe(await transcript(7, 1));
  });

  it('says which service is not there', () => {
    const { world } = new Play();
    expect(() => world.service('cart')).toThrow('There is no service "cart".');
  });
});

describe('the true traffic', () => {
  it('is in trouble when the last sixty seconds leave the thresholds, and out of it when they are back', async () => {
    const play = new Play({ faults: [{ at: 300, until: 420, kind: 'dependency-down', rate: '30%' }] });
    await play.until(600);
    const troubled = Array.from({ length: 600 }, (_, second) => second).filter((second) =>
      play.service.truth.trouble(second),
    );
    const [first = 0] = troubled;
    const last = troubled.at(-1) ?? 0;
    expect(first).toBeGreaterThanOrEqual(300);
    expect(first).toBeLessThan(310);
    expect(last).toBeGreaterThan(470);
    expect(last).toBeLessThan(480);
    expect(troubled).toHaveLength(last - first + 1);
  });

  it('is in trouble when more requests are slow than the percentile allows', async () => {
    const play = new Play({ faults: [{ at: 300, kind: 'dependency-slow', factor: 5 }] });
    await play.until(400);
    expect(play.service.truth.trouble(299)).toBe(false);
    expect(play.service.truth.trouble(330)).toBe(true);
    expect(play.service.truth.totals.slow).toBeGreaterThan(1000);
  });

  it('counts requests without a target as failed', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'crash-task', tasks: 'all' }] });
    await play.until(119.9);
    const minute = play.service.truth;
    expect(minute.totals.failed).toBeGreaterThan(0.7 * 60 * 120);
    expect(minute.healthy(70)).toBe(0);
  });

  it('does not hear of a bad datapoint', async () => {
    const play = new Play({ faults: [{ at: 90, kind: 'metric-blip', metric: 'errors' }] });
    await play.until(240);
    expect(play.service.truth.totals.failed).toBeLessThan(80);
    expect(play.service.metrics.window(9, play.clock.now()).groups[0]?.target5xx?.some((n) => (n ?? 0) > 1000)).toBe(
      true,
    );
  });
});

describe('latency', () => {
  it('has the stated median and percentiles when nothing is wrong', async () => {
    const spec = specOf();
    const settings = { ...spec.settings, latencyPercentile: 'p99' };
    const play = new Play({ specs: [{ ...spec, settings }] });
    await play.until(600);
    const latencies = play.service.truth.minutes.map(({ latency }) => latency ?? 0);
    expect(latencies.reduce((sum, one) => sum + one, 0) / latencies.length).toBeCloseTo(0.2, 2);
  });

  it('climbs when the tasks are nearly full, and requests fail when they are more than full', async () => {
    const play = new Play({
      specs: [
        specOf('checkout', {
          traffic: [
            { at: 0, rate: 120 },
            { at: 120_000, rate: 340 },
            { at: 240_000, rate: 450 },
          ],
        }),
      ],
    });
    await play.until(360);
    const [calm, , busy, , full] = play.service.truth.minutes;
    expect(busy?.latency ?? 0).toBeGreaterThan(3 * (calm?.latency ?? 1));
    expect((busy?.failed ?? 1) / (busy?.requests ?? 1)).toBeLessThan(0.01);
    expect((full?.failed ?? 0) / (full?.requests ?? 1)).toBeGreaterThan(0.15);
  });
});
