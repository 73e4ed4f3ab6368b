import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmKinds } from '../../lambdas/contract/names.ts';
import { type ListedOwnAlarm, ownAlarmLists, ownAlarmsIn } from '../../lambdas/contract/own-alarm-list.ts';

const alarm: fc.Arbitrary<ListedOwnAlarm> = fc.record({
  service: fc.stringMatching(/^[a-z0-9-]{1,40}$/),
  alarm: fc.string({ minLength: 1, maxLength: 255, unit: 'grapheme' }),
  match: fc.constantFrom('exact', 'prefix'),
  kind: fc.constantFrom(...alarmKinds),
});

describe('the lists of own alarms', () => {
  it('hold every alarm once, in texts that each fit into a standard parameter', () => {
    fc.assert(
      fc.property(fc.array(alarm, { maxLength: 120 }), (alarms) => {
        const lists = ownAlarmLists(alarms);
        expect(lists.flatMap(ownAlarmsIn)).toEqual(alarms);
        for (const text of lists) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096);
      }),
    );
  });

  it('are none where no team has an alarm of its own', () => {
    expect(ownAlarmLists([])).toEqual([]);
  });

  it('are an error where they cannot be read', () => {
    expect(() => ownAlarmsIn('no list')).toThrow();
  });
});
