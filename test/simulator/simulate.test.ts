import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../lib/simulator/result.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import { Play, simulate } from '../../lib/simulator/simulate.ts';
import { scenarioFrom } from '../scenarios/play-all.ts';

const scenario = (more = '', service = '{ tasks: 4, traffic: 80/s, capacityPerTask: 60/s }'): Scenario =>
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
