import { beforeEach, describe, expect, it } from 'vitest';
import type { OperationRecord } from '../../lambdas/model/operation-record.ts';
import type { OperationLog } from '../../lambdas/ports/operator.ts';

const record = (id: string): OperationRecord => ({
  id,
  at: Date.UTC(2026, 0, 5),
  by: 'arn:aws:iam::123456789012:user/ann',
  operation: { kind: 'pause', service: 'checkout', for: { hours: 2 }, why: 'Großputz "im Lager"' },
  answer: null,
});
const done = { kind: 'done', says: 'Paused.' } as const;

/** The laws of the log of operations; each world runs them against its own. */
export function describeOperationLog(name: string, make: () => Promise<OperationLog>): void {
  describe(`log of operations: ${name}`, () => {
    let log: OperationLog;
    beforeEach(async () => {
      log = await make();
    });

    it('begins a request once, and gives back what was written whenever it comes again', async () => {
      expect(await log.begin(record('1-a'))).toBe('begun');
      expect(await log.begin({ ...record('1-a'), by: 'somebody else' })).toEqual(record('1-a'));
      expect(await log.begin(record('1-b'))).toBe('begun');
    });

    it('begins it for one of twenty who come at once', async () => {
      const begun = await Promise.all(Array.from({ length: 20 }, () => log.begin(record('1-a'))));
      expect(begun.filter((each) => each === 'begun')).toHaveLength(1);
    });

    it('keeps the first answer, with its request', async () => {
      await log.begin(record('1-a'));
      await log.end('1-a', done);
      await log.end('1-a', { kind: 'refused', says: 'Too late.' });
      expect(await log.begin(record('1-a'))).toEqual({ ...record('1-a'), answer: done });
    });

    it('takes no answer to what was not begun', async () => {
      await expect(log.end('1-a', done)).rejects.toThrow('1-a');
    });
  });
}
