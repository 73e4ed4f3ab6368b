import { describe, expect, it } from 'vitest';
import { simulatedAlarms } from '../../../lib/simulator/adapters/alarms.ts';
import { Play } from '../../../lib/simulator/simulate.ts';
import { describeAlarms } from '../../contract/alarms-contract.ts';
import { scenarioFrom } from '../../scenarios/play-all.ts';

/** A service whose alarm on errors fires from the third minute or so on, muted for a while. */
async function troubled() {
  const scenario = scenarioFrom(
    'alarms.yaml',
    `
name: alarms
duration: 20m
services:
  checkout: { tasks: 4, traffic: 40/s, capacityPerTask: 40/s }
faults:
  - { at: 1m, kind: dependency-down, service: checkout, rate: 90% }
  - { at: 1m, until: 10m, kind: alarm-muted, service: checkout }
`,
  );
  const play = new Play(scenario, { seed: 1, without: 'paramedic' });
  await play.until(9 * 60_000);
  return play;
}

/** The clock has to go on while a call is made. */
const answered = async <T>(play: Play, millis: number, asked: Promise<T>): Promise<T> => {
  await play.until(millis);
  return asked;
};

describeAlarms('simulated', async () => {
  const play = await troubled();
  const alarms = simulatedAlarms(play.world);
  const [service] = play.world.services;
  const since = service?.alarms.find(({ kind }) => kind === 'errors')?.standing.at ?? 0;
  let calls = 0;
  const later = () => 9 * 60_000 + 1000 * ++calls;
  return {
    alarms: {
      firing: (query) => answered(play, later(), alarms.firing(query)),
      muted: (alarm) => answered(play, later(), alarms.muted(alarm)),
    },
    pipeline: 'simulated',
    since,
  };
});

describe('a simulated mute', () => {
  it('holds the actions back until it ends, and the alarm fires all the same', async () => {
    const play = await troubled();
    const alarms = simulatedAlarms(play.world);
    const name = 'paramedic/simulated/checkout/errors';
    expect(await answered(play, 9.1 * 60_000, alarms.muted(name))).toBe(true);
    await play.until(11 * 60_000);
    expect(await answered(play, 11.1 * 60_000, alarms.muted(name))).toBe(false);
    expect(await answered(play, 11.2 * 60_000, alarms.firing({ names: [name] }))).toHaveLength(1);
  });
});
