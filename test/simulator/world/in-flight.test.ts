import { describe, expect, it } from 'vitest';
import type { ServiceSpec } from '../../../lib/simulator/world/service-spec.ts';
import { Play, quiet, specOf } from './play.ts';

/** Uploads take minutes. */
const uploads = (changes: Partial<ServiceSpec> = {}): ServiceSpec =>
  specOf('uploads', {
    traffic: [{ at: 0, rate: 12 }],
    latency: { p50: 90, p99: 600 },
    capacityPerTask: 6,
    errorRate: 0,
    ...changes,
  });

const first = (play: Play) => {
  const [task] = play.service.fleet.tasks;
  if (task === undefined) throw new Error('There is no task.');
  return task;
};

const takeOut = (play: Play): void => {
  for (const group of play.service.fleet.groups) group.deregister(first(play).address, 8080);
};

describe('a request that takes long', () => {
  it('has its line when it ends', async () => {
    const play = new Play({ specs: [uploads()] });
    await play.until(59);
    const lines = (from: number, until: number): number =>
      play.service.fleet.tasks.reduce((sum, task) => sum + task.lines.count(from, until).requests, 0);
    const came = play.service.truth.totals.total;
    expect(came).toBeGreaterThan(500);
    expect(lines(0, 60)).toBeLessThan(0.3 * came);
    await play.until(3000);
    // As many end as come.
    expect(lines(2400, 3000)).toBeGreaterThan(0.9 * 600 * 12);
    expect(lines(2400, 3000)).toBeLessThan(1.1 * 600 * 12);
  });

  it('still has it after its task was taken out of the load balancer', async () => {
    const play = new Play({ specs: [uploads({ account: { ...quiet, deregistrationDelay: 900_000 } })] });
    await play.until(900);
    takeOut(play);
    const task = first(play);
    await play.until(1100);
    expect(task.lines.count(901, 1100).requests).toBeGreaterThan(100);
    expect(task.lines.newest(901, 1100)).toBeGreaterThan(1080);
  });

  it('fails when its task stops under it, beyond what the stop time-out lets finish', async () => {
    const play = new Play({ specs: [uploads()] });
    await play.until(900);
    const task = first(play);
    takeOut(play);
    await play.until(920);
    expect(play.service.truth.totals).toMatchObject({ failed: 0 });
    play.service.fleet.stop(task, 'because');
    await play.until(945);
    expect(task.status).toBe('stopping');
    expect(task.lines.count(921, 945).requests).toBeGreaterThan(10);
    await play.until(955);
    expect(task.status).toBe('stopped');
    const { failed, slow, bad } = play.service.truth.totals;
    expect(failed).toBeGreaterThan(50);
    expect(failed).toBeLessThan(400);
    expect(bad).toBeLessThanOrEqual(failed + slow);
    expect(bad).toBeGreaterThanOrEqual(Math.max(failed, slow));
  });

  it('is finished when its task is stopped after all have had their time', async () => {
    const play = new Play({ specs: [uploads({ latency: { p50: 20, p99: 60 } })] });
    await play.until(900);
    takeOut(play);
    await play.until(1100);
    play.service.fleet.stop(first(play), 'because');
    await play.until(1110);
    expect(play.service.truth.totals.failed).toBe(0);
    expect(play.service.fleet.stopped).toHaveLength(1);
  });

  it('is cut off by a deployment whose target group does not wait for it', async () => {
    const failed = async (deregistrationDelay: number): Promise<number> => {
      const specs = [uploads({ account: { ...quiet, deregistrationDelay } })];
      const play = new Play({ specs, faults: [{ at: 900, kind: 'deployment', revision: '43' }] });
      await play.until(2500);
      expect(play.service.fleet.tasks).toHaveLength(6);
      return play.service.truth.totals.failed;
    };
    const [hurried, patient] = [await failed(10_000), await failed(900_000)];
    expect(hurried).toBeGreaterThan(500);
    expect(patient).toBeLessThan(hurried / 20);
  });

  it('shows in the metrics as one without an answer when it is cut off', async () => {
    const play = new Play({ specs: [uploads()] });
    await play.until(900);
    play.service.fleet.crash(first(play));
    await play.until(1100);
    const series = play.service.metrics.window(4, play.clock.now()).groups[0];
    const missing = (series?.requests ?? []).map(
      (requests, minute) => (requests ?? 0) - (series?.target2xx?.[minute] ?? 0),
    );
    expect(Math.max(...missing)).toBeGreaterThan(50);
  });
});

describe('a request that takes a moment', () => {
  it('is never cut off by a task that stops in good order', async () => {
    const play = new Play({ specs: [specOf('checkout', { errorRate: 0 })] });
    await play.until(60);
    takeOut(play);
    await play.until(62);
    play.service.fleet.stop(first(play), 'because');
    await play.until(120);
    expect(play.service.truth.totals.failed).toBe(0);
  });
});
