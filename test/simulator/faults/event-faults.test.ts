import { describe, expect, it } from 'vitest';
import { type Fault, Play } from '../world/play.ts';

/** Errors from 5:00 to 10:00: one alarm goes off and comes back. */
const trouble: Fault = { at: 300, until: 600, kind: 'dependency-down', rate: '50%' };

async function statesWith(...faults: readonly Fault[]): Promise<string[]> {
  const play = new Play({ faults: [trouble, ...faults] });
  await play.until(1200);
  return play.heard.map(({ state }) => state);
}

describe('the event bus', () => {
  it('delivers each change once, half a second to two seconds later', async () => {
    const play = new Play({ faults: [trouble] });
    await play.until(1200);
    expect(play.heard.map(({ state }) => state)).toEqual(['ALARM', 'OK']);
    for (const { at, event } of play.heard) {
      const { timestamp } = (event as { detail: { state: { timestamp: string } } }).detail.state;
      const delay = at - (Date.parse(timestamp.replace('+0000', 'Z')) - Date.UTC(2026, 0, 5)) / 1000;
      expect(delay).toBeGreaterThanOrEqual(0.5);
      expect(delay).toBeLessThanOrEqual(2);
    }
  });

  it('loses the next event and no other', async () => {
    expect(await statesWith({ at: 0, kind: 'event-lost' })).toEqual(['OK']);
  });

  it('loses only events of the named state or service', async () => {
    expect(await statesWith({ at: 0, kind: 'event-lost', state: 'OK' })).toEqual(['ALARM']);
    expect(await statesWith({ at: 0, kind: 'event-lost', service: 'another' })).toEqual(['ALARM', 'OK']);
  });

  it('loses every event up to `until`', async () => {
    expect(await statesWith({ at: 0, until: 1200, kind: 'event-lost', service: null })).toEqual([]);
    expect(await statesWith({ at: 0, until: 550, kind: 'event-lost' })).toEqual(['OK']);
  });

  it('delivers an event twice', async () => {
    expect(await statesWith({ at: 0, kind: 'event-duplicated' })).toEqual(['ALARM', 'ALARM', 'OK']);
    expect(await statesWith({ at: 0, until: 1200, kind: 'event-duplicated' })).toEqual(['ALARM', 'ALARM', 'OK', 'OK']);
  });

  it('lets the next event overtake one, or delivers it five minutes late', async () => {
    const brief: Fault = { ...trouble, until: 420 };
    const play = new Play({ faults: [brief, { at: 0, kind: 'events-reordered' }] });
    await play.until(1200);
    expect(play.heard.map(({ state }) => state)).toEqual(['OK', 'ALARM']);
    const alone = new Play({
      faults: [
        { at: 300, kind: 'dependency-down' },
        { at: 0, kind: 'events-reordered' },
      ],
    });
    await alone.until(1200);
    expect(alone.heard.map(({ state }) => state)).toEqual(['ALARM']);
    expect(alone.heard[0]?.at).toBeGreaterThan(780);
  });
});
