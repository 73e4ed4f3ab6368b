import { describe, expect, it } from 'vitest';
import { examine } from '../../../lambdas/pipeline/diagnose/examine.ts';
import type { Metrics, TaskLogs } from '../../../lambdas/ports/sight.ts';
import { minute, now, settings, standing, symptoms, task, troubled } from './build.ts';

const clock = { now: () => now };
const measured = symptoms(() => ({}));
const metrics: Metrics = { recent: async () => measured };

/** Remembers what was asked for. */
function logsAsked() {
  const asked: { tasks: number; from: number; until: number }[] = [];
  const taskLogs: TaskLogs = {
    read: async (_settings, tasks, from, until) => {
      asked.push({ tasks: tasks.length, from: now - from, until: now - until });
      return { from, until, readings: [] };
    },
  };
  return { asked, taskLogs };
}

describe('examine', () => {
  it('reads an hour of metrics and three minutes of log lines that are visible already', async () => {
    const { asked, taskLogs } = logsAsked();
    const seen = await examine({ clock, metrics, taskLogs }, settings, standing(3));
    expect(seen.symptoms).toBe(measured);
    expect(asked).toEqual([{ tasks: 3, from: 4 * minute, until: minute }]);
  });

  it('leaves out log lines from before the trouble, which would dilute it', async () => {
    const { asked, taskLogs } = logsAsked();
    const late: Metrics = { recent: async () => troubled({ errors: 600 }, 3) };
    await examine({ clock, metrics: late, taskLogs }, settings, standing(3));
    expect(asked[0]).toMatchObject({ from: 2 * minute, until: minute });
  });

  it('leaves out log lines from before the last act, down to a minute of them', async () => {
    const { asked, taskLogs } = logsAsked();
    const ports = { clock, metrics, taskLogs };
    await examine(ports, settings, standing(3), { acted: now - 2.5 * minute });
    await examine(ports, settings, standing(3), { acted: now - 1.5 * minute });
    expect(asked.map(({ from }) => from)).toEqual([2.5 * minute, 2 * minute]);
  });

  it('asks no logs where there is no time for them', async () => {
    const { asked, taskLogs } = logsAsked();
    const seen = await examine({ clock, metrics, taskLogs }, settings, standing(3), { logs: false });
    expect(seen).toEqual({ symptoms: measured, evidence: { taskLogs: null, failed: [] } });
    expect(asked).toEqual([]);
  });

  it('asks no logs for tasks that do not run, nor when the sense is off or has no log group', async () => {
    const { asked, taskLogs } = logsAsked();
    const starting = standing(1, { tasks: [task(1, { status: 'starting', startedAt: null })] });
    const ports = { clock, metrics, taskLogs };
    await examine(ports, settings, starting);
    await examine(ports, { ...settings, senses: ['anomaly-detection'] }, standing(3));
    const blind = { ...settings, resources: { ...settings.resources, logs: null } };
    expect((await examine(ports, blind, standing(3))).evidence).toEqual({ taskLogs: null, failed: [] });
    expect(asked).toEqual([]);
  });

  it('records what failed instead of failing', async () => {
    const failing = () => Promise.reject(new Error('throttled'));
    const seen = await examine(
      { clock, metrics: { recent: failing }, taskLogs: { read: failing } },
      settings,
      standing(3),
    );
    expect(seen.symptoms).toEqual({ until: now, minutes: 0, groups: [], service: {} });
    expect(seen.evidence).toEqual({ taskLogs: null, failed: [{ sense: 'task-logs', because: 'throttled' }] });
  });
});
