import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TaskLines } from '../../../lib/simulator/world/task-lines.ts';

describe('a task’s log lines', () => {
  it('count what was written in a window of the last hour, however long the task runs', () => {
    const writes = fc.array(fc.record({ pause: fc.nat(900), requests: fc.nat(50) }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(writes, fc.nat(3600), fc.nat(3600), (steps, back, length) => {
        const lines = new TaskLines();
        const written = new Map<number, number>();
        let second = 0;
        for (const { pause, requests } of steps) {
          second += pause;
          lines.write(second, requests, 0, 0);
          written.set(second, (written.get(second) ?? 0) + requests);
        }
        const from = Math.max(0, second - back);
        const expected = [...written].filter(([at]) => at >= from && at < from + length);
        expect(lines.count(from, from + length).requests).toBe(expected.reduce((sum, [, count]) => sum + count, 0));
      }),
    );
  });

  it('are none before the first one', () => {
    expect(new TaskLines().count(0, 60)).toEqual({ requests: 0, errors: 0, slow: 0 });
  });
});
