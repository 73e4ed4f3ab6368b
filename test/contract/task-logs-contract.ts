import { beforeEach, describe, expect, it } from 'vitest';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { TaskFact, TaskReadings } from '../../lambdas/model/facts.ts';

/** One line of a service's log: a request that a task has answered. `task` is its place among the tasks. */
export type Line = { readonly task: number; readonly at: Instant; readonly failed?: true; readonly slow?: true };

/** The logs of one service to test, without a line at first. */
export type TaskLogsUnderTest = {
  /** A full minute; what is visible at this instant is read. */
  readonly now: Instant;
  /** At least three. */
  readonly tasks: readonly TaskFact[];
  readonly write: (lines: readonly Line[]) => Promise<void>;
  readonly read: (tasks: readonly TaskFact[], from: Instant, until: Instant) => Promise<TaskReadings | null>;
  /** The same, of a service without a log group. */
  readonly readWithoutLogs: () => Promise<TaskReadings | null>;
};

const minutes = (n: number): number => n * 60_000;
const seconds = (n: number): number => n * 1000;

/** The laws of per-task evidence from logs; each world runs them against its own. */
export function describeTaskLogs(name: string, make: () => Promise<TaskLogsUnderTest>): void {
  describe(`task logs: ${name}`, () => {
    let under: TaskLogsUnderTest;
    let now: Instant;
    beforeEach(async () => {
      under = await make();
      now = under.now;
    });
    const ago = (millis: number): Instant => now - millis;
    const times = (n: number, line: Line): readonly Line[] => Array.from({ length: n }, () => line);
    const readLast = (length: number) => under.read(under.tasks, ago(length), now);
    const countsOf = (read: TaskReadings | null) =>
      read?.readings.map(({ requests, errors, slow }) => ({ requests, errors, slow }));
    const silent = { requests: 0, errors: 0, slow: 0 };

    it('counts requests, errors and slow requests of each task', async () => {
      const at = ago(minutes(2));
      await under.write([
        ...times(4, { task: 0, at }),
        ...times(3, { task: 1, at, failed: true }),
        ...times(2, { task: 1, at, slow: true }),
        ...times(1, { task: 1, at, failed: true, slow: true }),
      ]);
      const read = await readLast(minutes(4));
      expect(read?.readings.map(({ task }) => task)).toEqual(under.tasks.map(({ task }) => task.task));
      expect(countsOf(read)?.slice(0, 2)).toEqual([
        { requests: 4, errors: 0, slow: 0 },
        { requests: 6, errors: 4, slow: 3 },
      ]);
    });

    it('answers a task without a line with zeros, and nothing for tasks it was not asked about', async () => {
      await under.write([...times(2, { task: 0, at: ago(minutes(2)) }), ...times(2, { task: 1, at: ago(minutes(2)) })]);
      const [first, , third] = under.tasks;
      if (first === undefined || third === undefined) throw new Error('There are three tasks.');
      const read = await under.read([first, third], ago(minutes(4)), now);
      expect(read?.readings).toEqual([
        expect.objectContaining({ task: first.task.task, requests: 2, errors: 0, slow: 0 }),
        { task: third.task.task, ...silent, newest: null },
      ]);
    });

    it('answers for everybody when there is no line at all', async () => {
      const read = await readLast(minutes(4));
      expect(countsOf(read)).toEqual(under.tasks.map(() => silent));
      expect(read).toMatchObject({ from: ago(minutes(4)), until: ago(seconds(60)) });
    });

    it('counts from the first instant of the window up to the last, which is not part of it', async () => {
      const [from, until] = [ago(minutes(4)), ago(minutes(2))];
      await under.write([
        { task: 0, at: from - seconds(1) },
        { task: 0, at: from },
        { task: 0, at: until - seconds(1) },
        { task: 0, at: until },
        { task: 0, at: ago(seconds(90)) },
      ]);
      const read = await under.read(under.tasks, from, until);
      expect(countsOf(read)?.[0]?.requests).toBe(2);
      expect(read?.until).toBeLessThanOrEqual(until);
    });

    it('says nothing about the last minute, whose lines may still be missing', async () => {
      await under.write([
        { task: 0, at: ago(seconds(62)) },
        { task: 0, at: ago(seconds(30)) },
        { task: 0, at: ago(seconds(1)) },
      ]);
      const read = await readLast(minutes(4));
      expect(countsOf(read)?.[0]?.requests).toBe(1);
      expect(read?.until).toBeLessThanOrEqual(ago(seconds(60)));
    });

    it('reaches as far as the newest line of any task', async () => {
      const newest = ago(minutes(3));
      await under.write([
        { task: 0, at: newest - seconds(10) },
        { task: 1, at: newest },
      ]);
      const until = (await readLast(minutes(4)))?.until ?? 0;
      expect(until).toBeGreaterThan(newest);
      expect(until).toBeLessThanOrEqual(newest + seconds(1));
    });

    it('says of each task when its newest line was, and of one without a line that there is none', async () => {
      const newest = ago(minutes(2));
      await under.write([
        { task: 0, at: newest - seconds(70) },
        { task: 0, at: newest },
        { task: 1, at: newest - seconds(30) },
        // Not visible for sure, and before the window.
        { task: 1, at: ago(seconds(20)) },
        { task: 2, at: ago(minutes(5)) },
      ]);
      const read = await readLast(minutes(4));
      const ages = read?.readings.map((reading) => reading.newest && Math.floor((reading.newest - newest) / 1000));
      expect(ages).toEqual([0, -30, null]);
    });

    it('knows nothing of a window that lies in the last minute', async () => {
      await under.write([{ task: 0, at: ago(seconds(20)) }]);
      const read = await readLast(seconds(30));
      expect(read).toMatchObject({ from: ago(seconds(30)), until: ago(seconds(30)) });
      expect(countsOf(read)?.[0]).toEqual(silent);
    });

    it('is null where no log group is configured', async () => {
      expect(await under.readWithoutLogs()).toBeNull();
    });
  });
}
