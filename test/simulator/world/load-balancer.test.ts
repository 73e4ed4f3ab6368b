import { describe, expect, it } from 'vitest';
import { taskPort } from '../../../lib/simulator/world/fleet.ts';
import type { Service } from '../../../lib/simulator/world/service.ts';
import type { TargetGroup } from '../../../lib/simulator/world/target-group.ts';
import type { Task } from '../../../lib/simulator/world/task.ts';
import { inService, Play, specOf } from './play.ts';

const groupOf = ({ fleet }: Service): TargetGroup => {
  const [group] = fleet.groups;
  if (group === undefined) throw new Error('There is no target group.');
  return group;
};

const firstTask = ({ fleet }: Service): Task => {
  const [task] = fleet.tasks;
  if (task === undefined) throw new Error('There is no task.');
  return task;
};

/** Requests each task answered in the seconds [from, until). */
const answered = (service: Service, from: number, until: number): number[] =>
  service.fleet.tasks.map((task) => task.lines.count(from, until).requests);

describe('the load balancer', () => {
  it('spreads requests evenly over the healthy targets', async () => {
    const play = new Play();
    await play.until(59.9);
    const counts = answered(play.service, 0, 60);
    expect(counts).toHaveLength(6);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(play.service.truth.totals.total);
  });

  it('sends a deregistered target nothing from that moment on, shows it draining for 300 s and then not at all', async () => {
    const play = new Play();
    await play.until(60.5);
    const [group, task] = [groupOf(play.service), firstTask(play.service)];
    group.deregister(task.address, taskPort);
    const states: (string | undefined)[] = [];
    await play.watch(361, () => states.push(group.of(task)?.state));
    expect(task.lines.count(61, 361).requests).toBe(0);
    expect(states.filter((state) => state === 'draining')).toHaveLength(300);
    expect(group.of(task)).toBeUndefined();
    expect(task.status).toBe('running');
    expect(play.service.fleet.tasks).toHaveLength(6);
  });

  it('does nothing, without an error, when the port is not the registered one', async () => {
    const play = new Play();
    await play.until(10);
    const [group, task] = [groupOf(play.service), firstTask(play.service)];
    group.deregister(task.address, 80);
    group.deregister('10.9.9.9', taskPort);
    expect(group.of(task)?.state).toBe('healthy');
  });

  it('takes a target back: initial for about ten seconds, then healthy', async () => {
    const play = new Play();
    await play.until(10);
    const [group, task] = [groupOf(play.service), firstTask(play.service)];
    group.deregister(task.address, taskPort);
    await play.until(100);
    group.register(task.address, taskPort, task);
    expect(group.of(task)?.state).toBe('initial');
    await play.until(109.9);
    expect(group.of(task)?.state).toBe('initial');
    await play.until(110);
    expect(group.of(task)?.state).toBe('healthy');
    await play.until(400);
    expect(group.of(task)?.state).toBe('healthy');
  });

  it('never finds an address healthy that no running task has', async () => {
    const play = new Play();
    const group = groupOf(play.service);
    group.register('10.9.9.9', taskPort, undefined);
    await play.until(60);
    expect(group.find('10.9.9.9', taskPort)?.state).toBe('unhealthy');
    expect(play.service.truth.trouble(59)).toBe(false);
  });

  it('fails open: with no healthy target, all that are registered get requests', async () => {
    const play = new Play();
    await play.until(5);
    for (const task of play.service.fleet.tasks) task.failsHealthCheck = true;
    await play.until(7);
    expect(groupOf(play.service).look().unhealthy).toBe(6);
    expect(answered(play.service, 6, 8).every((count) => count > 0)).toBe(true);
  });

  it('fails requests for which there is no target, without counting them', async () => {
    const play = new Play();
    await play.until(119.9);
    for (const task of play.service.fleet.tasks) groupOf(play.service).deregister(task.address, taskPort);
    await play.until(200);
    expect(play.service.truth.trouble(180)).toBe(true);
    await play.until(300);
    const series = play.service.metrics.window(2, play.clock.now()).groups[0];
    expect(series?.requests?.at(-1)).toBeNull();
    expect(series?.healthyHosts?.at(-1)).toBeNull();
    expect(series?.elb5xx?.at(-1)).toBeGreaterThan(6000);
  });

  it('splits the traffic between the target groups of a service, each with datapoints of its own', async () => {
    const spec = specOf();
    const [first = ''] = spec.settings.resources.targetGroups;
    const resources = { ...spec.settings.resources, targetGroups: [first, `${first}2`] };
    const play = new Play({ specs: [{ ...spec, settings: { ...spec.settings, resources } }] });
    await play.until(240);
    const { groups } = play.service.metrics.window(1, play.clock.now());
    const requests = groups.map((series) => series.requests?.[0] ?? 0);
    expect(requests).toHaveLength(2);
    for (const count of requests) expect(count).toBeGreaterThan(3300);
    expect(inService(play.service)).toHaveLength(6);
    expect(play.service.alarms.map(({ name }) => name)).toContain('paramedic/simulated/checkout/errors-2');
  });
});
