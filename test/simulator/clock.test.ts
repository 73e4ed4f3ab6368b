import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../lib/simulator/clock.ts';

describe('the virtual clock', () => {
  it('runs timers by time, and those of one instant in the order they were asked for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 60 }), async (instants) => {
        const clock = new VirtualClock(0);
        const seen: { at: number; asked: number }[] = [];
        instants.forEach((at, asked) => {
          clock.tick(at, () => seen.push({ at: clock.now(), asked }));
        });
        await clock.runUntil(20);
        const expected = instants.map((at, asked) => ({ at, asked })).sort((a, b) => a.at - b.at || a.asked - b.asked);
        expect(seen).toEqual(expected);
      }),
    );
  });

  it('lets everything that a sleeper does settle before time goes on', async () => {
    const clock = new VirtualClock(0);
    const seen: string[] = [];
    const work = async () => {
      await clock.sleep(10);
      for (let step = 0; step < 5; step++) await Promise.resolve();
      seen.push(`slept at ${clock.now()}`);
    };
    void work();
    clock.tick(11, () => seen.push('tick at 11'));
    await clock.runUntil(20);
    expect(seen).toEqual(['slept at 10', 'tick at 11']);
  });

  it('stands at the end it was asked to run to, and leaves later timers alone', async () => {
    const clock = new VirtualClock(5);
    let ran = false;
    clock.tick(101, () => {
      ran = true;
    });
    await clock.runUntil(100);
    expect({ now: clock.now(), ran }).toEqual({ now: 100, ran: false });
    await clock.runUntil(101);
    expect(ran).toBe(true);
  });

  it('runs what was asked for in the past at once', async () => {
    const clock = new VirtualClock(50);
    let at = 0;
    clock.tick(10, () => {
      at = clock.now();
    });
    await clock.runUntil(60);
    expect(at).toBe(50);
  });
});
