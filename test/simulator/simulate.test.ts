import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../lib/simulator/result.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import { Play, simulate } from '../../lib/simulator/simulate.ts';
import { scenarioFrom } from '../scenarios/play-all.ts';

/** An account in which nothing happens by itself. */
const account = '{ deployedBy: scripts, reregisters: never, sidecar: false }';

const scenario = (
  more = '',
  service = `{ tasks: 4, traffic: 80/s, capacityPerTask: 60/s, account: ${account} }`,
): Scenario =>
  scenarioFrom(
    'test.yaml',
    `
name: test
duration: 18m
services:
  checkout: ${service}
faults:
  - { at: 2m, kind: error-task, service: checkout, tasks: 1, rate: 60% }
${more}`,
  );

const kinds = ({ ledger }: RunResult): readonly string[] => ledger.map(({ kind }) => kind);

describe('simulate', () => {
  it('gives the same result to the byte for the same seed, whatever is played beside it', async () => {
    const alone = await simulate(scenario(), { seed: 7 });
    const [again] = await Promise.all([simulate(scenario(), { seed: 7 }), simulate(scenario(), { seed: 8 })]);
    expect(JSON.stringify(again)).toBe(JSON.stringify(alone));
  });

  it('gives another run for another seed', async () => {
    const [one, other] = [await simulate(scenario(), { seed: 1 }), await simulate(scenario(), { seed: 2 })];
    expect(one.requests).not.toEqual(other.requests);
  });

  it('tells a recovered incident with its clocks, actions and messages', async () => {
    const result = await simulate(scenario(), { seed: 1 });
    expect(result).toMatchObject({ scenario: 'test', seed: 1, outcome: 'recovered', violations: [], mode: null });
    expect(result.incidents).toMatchObject([{ service: 'checkout', diagnosis: 'sick-target', outcome: 'recovered' }]);
    const { troubleAt, detectedAt, mitigatedAt, recoveredAt } = result;
    expect(troubleAt).toBeGreaterThanOrEqual(120);
    expect(troubleAt).toBeLessThan(180);
    expect(detectedAt).toBeLessThanOrEqual(mitigatedAt ?? 0);
    expect(mitigatedAt).toBeLessThanOrEqual(recoveredAt ?? 0);
    expect(result.actions).toMatchObject([
      { kind: 'deregister-target', verdict: 'allow', reason: null, enforced: true, check: 'helped' },
      { kind: 'replace-task', verdict: 'allow', reason: null, enforced: true, check: 'helped' },
    ]);
    expect(result.changes.map(({ kind }) => kind)).toEqual(['deregisterTargets', 'stopTask']);
    expect(result.notifications.length).toBeGreaterThanOrEqual(2);
    expect(result.notifications.every(({ subject, people }) => subject.length <= 99 && people === 1)).toBe(true);
    expect(result.requests.total).toBeGreaterThan(80_000);
    expect(result.series).toMatchObject([{ service: 'checkout', desired: 4, thresholds: { latency: 0.4, errors: 2 } }]);
    expect(result.series[0]?.requests).toHaveLength(18);
    expect(kinds(result).at(-1)).toBe('RecoveryConfirmed');
  });

  it('tells what it left behind: for users, for tasks, for releases', async () => {
    const treated = await simulate(scenario(), { seed: 1 });
    const { total, failed, slow, bad } = treated.requests;
    expect(bad).toBeGreaterThan(Math.max(failed, slow));
    expect(bad).toBeLessThanOrEqual(failed + slow);
    expect(bad).toBeLessThan(total);
    expect(treated).toMatchObject({ inService: { checkout: '42' }, wellTasksOut: 0, condemned: [] });
    const told = treated.notifications.find(({ attributes }) => attributes.status === 'trigger');
    expect(treated.toldAt).toBeCloseTo((told?.at ?? 0) - (treated.troubleAt ?? 0));
    const release = scenario('  - { at: 2m, kind: bad-deployment, service: checkout, revision: "43", errorRate: 40% }');
    const rolledBack = await simulate({ ...release, faults: release.faults.slice(1) }, { seed: 1 });
    expect(rolledBack).toMatchObject({ inService: { checkout: '42' }, wellTasksOut: 0, condemned: ['43'] });
    const alone = await simulate(release, { seed: 1, without: 'paramedic' });
    expect(alone).toMatchObject({ inService: { checkout: '43' }, wellTasksOut: 0, condemned: [], toldAt: null });
  });

  it('counts a task that was taken out though it had no fault of its own, once', async () => {
    const play = new Play(scenario(), { seed: 1 });
    await play.until(3 * 60_000);
    const [service] = play.world.services;
    for (const task of service?.fleet.tasks ?? []) service?.conditions.struck.delete(task);
    await play.until(18 * 60_000);
    expect(play.result().actions.map(({ kind }) => kind)).toEqual(['deregister-target', 'replace-task']);
    expect(play.result().wellTasksOut).toBe(1);
  });

  it('counts the time until somebody is told from the first fault where the traffic stays fine', async () => {
    const blip = scenario(
      '  - { at: 4m, kind: metric-blip, service: checkout }\n  - { at: 5m, kind: metric-blip, service: checkout }',
    );
    const result = await simulate({ ...blip, faults: blip.faults.slice(1) }, { seed: 1 });
    expect(result.troubleAt).toBeNull();
    const told = result.notifications.find(({ attributes }) => attributes.status === 'trigger');
    expect(told).toBeDefined();
    expect(result.toldAt).toBeCloseTo((told?.at ?? 0) - 240);
  });

  it('has no release in service where no target is healthy', async () => {
    const down = scenario('  - { at: 17m, kind: crash-task, service: checkout, tasks: all }').faults.slice(1);
    const result = await simulate({ ...scenario(), duration: 17.2 * 60_000, faults: down }, { seed: 1 });
    expect(result.inService).toEqual({ checkout: null });
  });

  it('survives being printed as JSON', async () => {
    const result = await simulate(scenario(), { seed: 1 });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('leaves Paramedic out: AWS alone', async () => {
    const result = await simulate(scenario(), { seed: 1, without: 'paramedic' });
    expect(result).toMatchObject({
      outcome: 'no-incident',
      actions: [],
      notifications: [],
      ledger: [],
      mitigatedAt: null,
    });
    expect(result.requests.failed).toBeGreaterThan(1000);
  });

  it('leaves one part out', async () => {
    const result = await simulate(scenario(), { seed: 1, without: 'sick-target' });
    expect(result.incidents[0]?.diagnosis).not.toBe('sick-target');
  });

  it('refuses to leave out what does not exist', () => {
    expect(() => new Play(scenario(), { seed: 1, without: 'luck' })).toThrow('Nothing is called "luck".');
  });

  it('changes nothing in observe mode, and hands over', async () => {
    const result = await simulate(scenario(), { seed: 1, mode: 'observe' });
    expect(result).toMatchObject({ mode: 'observe', outcome: 'handed-over', changes: [], violations: [] });
    expect(result.actions[0]).toMatchObject({ kind: 'deregister-target', reason: 'mode.observe', enforced: false });
  });

  it('says which expectations are missed', async () => {
    const wrong = scenario('expect: { outcome: no-incident, detectedWithin: 1s }');
    const result = await simulate(wrong, { seed: 1 });
    expect(result.expectationsMet).toBe(false);
    expect(result.failures).toHaveLength(2);
  });

  it('can be stopped on the way and looked at', async () => {
    const play = new Play(scenario(), { seed: 1 });
    await play.until(60_000);
    expect(play.result().incidents).toEqual([]);
    await play.until(10 * 60_000);
    expect(play.result().incidents).toHaveLength(1);
  });

  it('keeps an event that on-signal could not take in its net', async () => {
    const down = scenario('  - { at: 3m, kind: api-errors, operations: ledger, rate: 100% }');
    const result = await simulate(down, { seed: 1 });
    expect(result).toMatchObject({ outcome: 'no-incident', netted: 1, changes: [], violations: [] });
  });

  it('hands an incident over when its workflow cannot begin', async () => {
    const down = scenario('  - { at: 3m, kind: api-errors, operations: ledger.append, rate: 100%, until: 8m }');
    const result = await simulate(down, { seed: 1 });
    expect(result.incidents[0]).toMatchObject({ outcome: 'handed-over', reason: 'workflow.died' });
    expect(result).toMatchObject({ changes: [], violations: [] });
  });

  it('does not change a thing while the API refuses every call', async () => {
    const refused = scenario('  - { at: 1m, kind: api-throttled, rate: 100% }');
    const result = await simulate(refused, { seed: 1 });
    expect(result).toMatchObject({ outcome: 'handed-over', changes: [], violations: [] });
  });
});
