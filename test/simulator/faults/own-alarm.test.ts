import { describe, expect, it } from 'vitest';
import { simulatedAlarms } from '../../../lib/simulator/adapters/alarms.ts';
import { inputsOf } from '../../../lib/simulator/inputs-of.ts';
import { simulate } from '../../../lib/simulator/simulate.ts';
import { scenarioFrom } from '../../scenarios/play-all.ts';
import { Play } from '../world/play.ts';

const name = 'checkout-burn-rate';

describe("a team's own alarm", () => {
  const states = ({ heard }: Play): readonly string[] =>
    heard.filter(({ alarm }) => alarm === name).map(({ state }) => state);

  it('changes its state when told to, and back at its end, each with an event', async () => {
    const play = new Play({ faults: [{ at: 60, until: 120, kind: 'own-alarm', alarm: name }] });
    await play.until(119);
    expect(states(play)).toEqual(['ALARM']);
    await play.until(180);
    expect(states(play)).toEqual(['ALARM', 'OK']);
    const [{ event } = { event: {} }] = play.heard.filter(({ alarm }) => alarm === name);
    expect(event).toMatchObject({
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      resources: [`arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${name}`],
      detail: {
        alarmName: name,
        previousState: { value: 'OK' },
        state: { value: 'ALARM', reason: expect.stringMatching(/^Threshold Crossed: /), timestamp: expect.any(String) },
      },
    });
  });

  it('can be without data, and stays what it was last told to be', async () => {
    const play = new Play({
      faults: [
        { at: 60, kind: 'own-alarm', alarm: name },
        { at: 90, kind: 'own-alarm', alarm: name, state: 'ALARM' },
        { at: 120, kind: 'own-alarm', alarm: name, state: 'INSUFFICIENT_DATA' },
      ],
    });
    await play.until(300);
    expect(states(play)).toEqual(['ALARM', 'INSUFFICIENT_DATA']);
    expect(play.service.ownAlarms.all).toMatchObject([
      { name, standing: { value: 'INSUFFICIENT_DATA', reason: expect.stringMatching(/^Insufficient Data: /) } },
    ]);
  });

  it('is found among those that fire while it does', async () => {
    const play = new Play({ faults: [{ at: 60, until: 120, kind: 'own-alarm', alarm: name }] });
    const firing = async (until: number) => {
      await play.until(until);
      const asked = simulatedAlarms(play.world).firing({ prefix: 'checkout-' });
      const [found] = await Promise.all([asked, play.until(until + 1)]);
      return found;
    };
    expect(await firing(100)).toMatchObject([{ name, silenced: false }]);
    expect(await firing(150)).toEqual([]);
  });

  it('reaches Paramedic once for each service and kind it stands for, as the rules put it', () => {
    const event = { detail: { alarmName: name } };
    const owned = [
      { service: 'checkout', alarm: name, match: 'exact', kind: 'errors' },
      { service: 'checkout', alarm: 'checkout-', match: 'prefix', kind: 'errors' },
      { service: 'cart', alarm: 'checkout-', match: 'prefix', kind: 'latency' },
      { service: 'cart', alarm: 'checkout', match: 'exact', kind: 'latency' },
    ] as const;
    expect(inputsOf(event, 'simulated', owned)).toEqual([
      { paramedic: { service: 'checkout', kind: 'errors' }, event },
      { paramedic: { service: 'cart', kind: 'latency' }, event },
    ]);
    expect(inputsOf(event, 'simulated', [])).toEqual([]);
    const ours = { detail: { alarmName: 'paramedic/simulated/checkout/errors' } };
    expect(inputsOf(ours, 'simulated', owned)).toEqual([ours]);
  });

  const scenario = (faults: string): string => `
name: test
duration: 12m
services:
  checkout: { recovery: { mode: observe, signals: [{ alarm: ${name}, kind: errors }] } }
faults:
${faults}
`;

  it('opens an incident of its service', async () => {
    const text = scenario(`  - { at: 2m, until: 6m, kind: own-alarm, service: checkout, alarm: ${name} }`);
    const { incidents, violations } = await simulate(scenarioFrom('test.yaml', text), { seed: 1 });
    expect(incidents).toMatchObject([{ service: 'checkout' }]);
    expect(violations).toEqual([]);
  });

  it('is picked up by the sweep when its event is lost', async () => {
    const text = scenario(`  - { at: 1m, kind: event-lost, state: ALARM }
  - { at: 2m, until: 11m, kind: own-alarm, service: checkout, alarm: ${name} }`);
    const { incidents } = await simulate(scenarioFrom('test.yaml', text), { seed: 1 });
    expect(incidents).toMatchObject([{ service: 'checkout' }]);
  });

  it('is refused when the service does not list it', () => {
    const text = scenario('  - { at: 2m, kind: own-alarm, service: checkout, alarm: another }');
    expect(() => scenarioFrom('test.yaml', text)).toThrow(
      'faults[0].alarm: "another" is not listed under signals: of checkout; there is checkout-burn-rate.',
    );
  });
});
