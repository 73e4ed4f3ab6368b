import { describe, expect, it } from 'vitest';
import type { TargetFact, TaskReadings } from '../../../lambdas/model/facts.ts';
import { simulatedServices } from '../../../lib/simulator/adapters/services.ts';
import { simulatedTargets } from '../../../lib/simulator/adapters/targets.ts';
import { simulatedTaskLogs } from '../../../lib/simulator/adapters/task-logs.ts';
import { type Fault, Play, specOf, start } from '../world/play.ts';

/**
 * What may be known about a single target. AWS offers two senses and no more: the load balancer's anomaly detection and
 * the service's own logs. Whatever else the simulation knows must not come through.
 */

/** Asks while time goes on. */
async function ask<T>(play: Play, question: Promise<T>): Promise<T> {
  const end = play.clock.now() + 60_000;
  const [answer] = await Promise.all([question, play.clock.runUntil(end)]);
  return answer;
}

async function healthAt(seconds: number, tasks: number, ...faults: readonly Fault[]): Promise<readonly TargetFact[]> {
  const play = new Play({ specs: [specOf('checkout', { tasks, traffic: [{ at: 0, rate: 20 * tasks }] })], faults });
  await play.until(seconds);
  return ask(play, simulatedTargets(play.world).health(play.service.spec.settings));
}

const anomalies = (facts: readonly TargetFact[]): (string | null)[] => facts.map(({ anomaly }) => anomaly);

describe('the load balancer’s anomaly detection', () => {
  it('tells an erring target from its peers', async () => {
    const facts = await healthAt(180, 6, { at: 60, kind: 'error-task', rate: 0.5 });
    expect(anomalies(facts).filter((anomaly) => anomaly === 'anomalous')).toHaveLength(1);
    expect(anomalies(facts).filter((anomaly) => anomaly === 'normal')).toHaveLength(5);
  });

  it('tells two erring targets among eight', async () => {
    const facts = await healthAt(180, 8, { at: 60, kind: 'error-task', tasks: 2, rate: 0.3 });
    expect(anomalies(facts).filter((anomaly) => anomaly === 'anomalous')).toHaveLength(2);
  });

  it.each([1, 2])('gives no result below three healthy targets: %d', async (tasks) => {
    const facts = await healthAt(180, tasks, { at: 60, kind: 'error-task', rate: 0.9 });
    expect(anomalies(facts)).toEqual(Array(tasks).fill(null));
  });

  it('gives no result once deregistering leaves fewer than three, nor for a draining target', async () => {
    const play = new Play({ specs: [specOf('checkout', { tasks: 3 })] });
    await play.until(120);
    const [group] = play.service.fleet.groups;
    const [task] = play.service.fleet.tasks;
    group?.deregister(task?.address ?? '', 8080);
    const facts = await ask(play, simulatedTargets(play.world).health(play.service.spec.settings));
    expect(facts.map(({ state, anomaly }) => `${state} ${anomaly}`).sort()).toEqual([
      'draining null',
      'healthy null',
      'healthy null',
    ]);
  });

  it.each(['slow-task', 'hung-task'])('does not see a %s', async (kind) => {
    const facts = await healthAt(300, 6, { at: 60, kind });
    expect(anomalies(facts)).toEqual(Array(6).fill('normal'));
  });

  it('finds nothing where every target errs alike', async () => {
    const facts = await healthAt(180, 6, { at: 60, kind: 'dependency-down' });
    expect(anomalies(facts)).toEqual(Array(6).fill('normal'));
  });

  it('finds nothing where nothing is wrong', async () => {
    for (const tasks of [3, 4, 6, 8]) {
      expect(anomalies(await healthAt(600, tasks))).toEqual(Array(tasks).fill('normal'));
    }
  });

  it('says nothing but where a target is, its state, whether traffic is shifted away, and that result', async () => {
    const [fact] = await healthAt(60, 3);
    expect(Object.keys(fact ?? {}).sort()).toEqual(['anomaly', 'shift', 'state', 'target', 'zone']);
    expect(fact?.target.port).toBe(8080);
    expect(fact?.zone).toBe('eu-central-1a');
  });
});

/** Reads the logs of the seconds [from, until). */
async function read(play: Play, from: number, until: number): Promise<TaskReadings> {
  const { settings } = play.service.spec;
  const { tasks } = await ask(play, simulatedServices(play.world).describe(settings));
  const logs = simulatedTaskLogs(play.world).read(settings, tasks, start + from * 1000, start + until * 1000);
  const readings = await ask(play, logs);
  if (readings === null) throw new Error('No logs are configured.');
  return readings;
}

const sum = (readings: TaskReadings): number => readings.readings.reduce((all, { requests }) => all + requests, 0);

describe('the task logs', () => {
  it('count requests, errors and slow requests of each task, off by a few percent at most', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'error-task', rate: 0.4 }] });
    await play.until(400);
    const { readings } = await read(play, 120, 300);
    let exact = 0;
    for (const reading of readings) {
      const truth = play.service.fleet.find(reading.task)?.lines.count(120, 300);
      expect(Math.abs(reading.requests / (truth?.requests ?? 0) - 1)).toBeLessThan(0.1);
      expect(Math.abs(reading.errors - (truth?.errors ?? 0))).toBeLessThanOrEqual(0.1 * (truth?.errors ?? 0) + 1);
      expect(reading.errors).toBeLessThanOrEqual(reading.requests);
      if (reading.requests === truth?.requests) exact++;
    }
    expect(exact).toBeLessThan(3);
    expect(readings.filter(({ errors, requests }) => errors / requests > 0.3)).toHaveLength(1);
  });

  it('take 5 to 15 seconds to answer', async () => {
    const play = new Play();
    await play.until(200);
    const { settings } = play.service.spec;
    const asked = play.clock.now();
    let took = 0;
    const logs = simulatedTaskLogs(play.world)
      .read(settings, [], start, start + 60_000)
      .then(() => {
        took = play.clock.now() - asked;
      });
    await ask(play, logs);
    expect(took).toBeGreaterThanOrEqual(5000);
    expect(took).toBeLessThanOrEqual(15_000);
  });

  it('are surely visible only up to a minute ago, and say so', async () => {
    const play = new Play();
    await play.until(300);
    const readings = await read(play, 0, 400);
    const asked = play.clock.now() - 60_000;
    expect(readings.until).toBeLessThanOrEqual(asked - 60_000);
    expect(readings.until).toBeGreaterThan(asked - 61_000);
    const seconds = (readings.until - start) / 1000;
    expect(Math.abs(sum(readings) / (120 * seconds) - 1)).toBeLessThan(0.03);
  });

  it('are missing without a word where they come late', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'logs-delayed', by: '5m' }] });
    await play.until(400);
    const readings = await read(play, 300, 360);
    expect(readings.until).toBe(start + 360_000);
    expect(sum(readings)).toBe(0);
  });

  it('have no line of a request that was never answered', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'hung-task' }] });
    await play.until(400);
    const { readings } = await read(play, 120, 300);
    expect(readings).toHaveLength(6);
    expect(readings.filter(({ requests, errors, slow }) => requests + errors + slow === 0)).toHaveLength(1);
  });

  it('answer with zeros for a task without a line, and for a task nobody knows', async () => {
    const play = new Play();
    await play.until(120);
    const { settings } = play.service.spec;
    const { tasks } = await ask(play, simulatedServices(play.world).describe(settings));
    const [known] = tasks;
    if (known === undefined) throw new Error('There is no task.');
    const stranger = { ...known, task: { ...known.task, task: 'arn:nobody' } };
    const logs = await ask(play, simulatedTaskLogs(play.world).read(settings, [stranger], start, start + 60_000));
    expect(logs?.readings).toEqual([{ task: 'arn:nobody', requests: 0, errors: 0, slow: 0, newest: null }]);
  });

  it('answer for a thousand tasks at most', async () => {
    const play = new Play();
    await play.until(120);
    const { settings } = play.service.spec;
    const { tasks } = await ask(play, simulatedServices(play.world).describe(settings));
    const many = Array.from({ length: 1001 }, () => tasks[0]).filter((task) => task !== undefined);
    const logs = await ask(play, simulatedTaskLogs(play.world).read(settings, many, start, start + 60_000));
    expect(logs?.readings).toHaveLength(1000);
  });

  it('are not there when no log group is configured', async () => {
    const play = new Play();
    const { settings } = play.service.spec;
    const silent = { ...settings, resources: { ...settings.resources, logs: null } };
    expect(await ask(play, simulatedTaskLogs(play.world).read(silent, [], start, start + 60_000))).toBeNull();
  });
});
