import { describe, expect, it } from 'vitest';
import type { TaskReading, TaskReadings } from '../../../lambdas/model/facts.ts';
import { idleEvidence } from '../../../lambdas/pipeline/diagnose/idle.ts';
import { aCase, minute, now, settings, symptoms, taskId } from './build.ts';

const second = 1000;
const until = now - minute;
/** Taken out three minutes ago, of six tasks that get a thousand requests a minute each. */
const out = now - 3 * minute;
const reading = (n: number, newest: number | null, requests = newest === null ? 0 : 2000): TaskReading => ({
  task: taskId(n),
  requests,
  errors: 0,
  slow: 0,
  newest,
});
const logs = (newest: number | null, lines = 2000): TaskReadings => ({
  from: out,
  until,
  readings: [reading(1, newest, newest === null ? 0 : 5), ...[2, 3, 4, 5, 6].map((n) => reading(n, until - 1, lines))],
});
const measured = symptoms(() => ({ requests: 5000 }));
const idle = (taskLogs: TaskReadings | null, given = settings, seen = measured) =>
  idleEvidence(taskId(1), out, taskLogs, seen, given);

describe('a task that was taken out is idle', () => {
  it('when the log has had no answer of it for half a minute', () => {
    expect(idle(logs(until - 30 * second))).toMatchObject({
      kind: 'TaskIdle',
      source: 'task-logs',
      task: taskId(1),
      since: until - 30 * second,
      until,
      says: 'The log shows no answer of task 1aaaaaaa for 30 s, so that no request is left in it.',
    });
    expect(idle(logs(until - 30 * second + 1))).toBeUndefined();
  });

  it('when the log has had none since it was taken out, or since the log was read from', () => {
    expect(idle(logs(null))).toMatchObject({ since: out });
    const later = { ...logs(null), from: until - 20 * second };
    expect(idle(later)).toBeUndefined();
  });

  it('only by what came after it was taken out', () => {
    const early = { ...logs(until - 5 * minute, 20_000), from: now - 10 * minute };
    expect(idle(early)).toMatchObject({ since: out });
    const justNow = idleEvidence(taskId(1), until - 29 * second, early, measured, settings);
    expect(justNow).toBeUndefined();
  });

  it('after so long a silence as the service says, and as a request may take', () => {
    const waiting = (idleFor: number) => ({
      ...settings,
      timing: { ...settings.timing, idleFor: { seconds: idleFor } },
    });
    expect(idle(logs(until - 44 * second), waiting(45))).toBeUndefined();
    expect(idle(logs(until - 45 * second), waiting(45))).toBeDefined();
    const { alarms } = settings;
    const slow = {
      ...settings,
      alarms: { ...alarms, latency: alarms.latency && { ...alarms.latency, threshold: 60 } },
    };
    expect(idle(logs(until - 59 * second), slow)).toBeUndefined();
    expect(idle(logs(until - 60 * second), slow)).toBeDefined();
    expect(idle(logs(until - 30 * second), { ...settings, alarms: { ...alarms, latency: null } })).toBeDefined();
  });

  it('never where the log does not tell', () => {
    expect(idle(null)).toBeUndefined();
    expect(idleEvidence(taskId(9), out, logs(null), measured, settings)).toBeUndefined();
  });

  it('never where the log has few lines for many requests, or nobody knows how many there were', () => {
    // 5,000 requests a minute for two minutes.
    expect(idle(logs(null, 1000))).toBeDefined();
    expect(idle(logs(null, 999))).toBeUndefined();
    expect(idle(logs(null, 0))).toBeUndefined();
    expect(idle(logs(null), settings, { ...aCase().symptoms, minutes: 0, groups: [] })).toBeUndefined();
    expect(
      idle(
        logs(null, 0),
        settings,
        symptoms(() => ({ requests: 0 })),
      ),
    ).toBeUndefined();
  });
});
