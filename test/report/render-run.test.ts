import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { playRun, watchesLive } from '../../lib/report/play-run.ts';
import { renderRun } from '../../lib/report/render-run.ts';
import type { RunResult } from '../../lib/simulator/result.ts';
import { readScenario } from '../../lib/simulator/scenario.ts';
import { simulate } from '../../lib/simulator/simulate.ts';
import { notification, run, series } from './build.ts';

const plain = { color: false, width: 80 };
const lines = (result: RunResult): readonly string[] => renderRun(result, plain).split('\n');
const escapeCharacter = '\u001b';

describe('a report', () => {
  it('draws a row for every minute that matters, red ones above the threshold', () => {
    const text = renderRun(run({ faults: [{ at: 300, kind: 'slow-task', service: 'checkout' }] }), plain);
    expect(text).toContain(' 05:00  ████████   100/s ██▎ ┊           200 ms ');
    expect(text).toContain(' 06:00  ████████   100/s ██████████████  1.20 s ');
    expect(text).toContain(' 05:00  fault       slow-task');
    expect(renderRun(run(), { ...plain, color: true })).toContain(escapeCharacter);
  });

  it('leaves out the minutes in which nothing happens, and says how many', () => {
    expect(lines(run())).toContain('   ⋮    4 more minutes like this');
    expect(lines(run({ series: [series({ latency: [], healthyTargets: [] })] }))).toContain(
      '   ⋮    19 more minutes like this',
    );
  });

  it('shows missing targets as empty dots, and many targets as a number', () => {
    expect(renderRun(run(), plain)).toContain('●●●○');
    const many = series({ desired: 20, healthyTargets: Array.from({ length: 20 }, () => 19) });
    expect(renderRun(run({ series: [many] }), plain)).toContain(' 19/20\n');
  });

  it('shows the run at a glance', () => {
    const events = run({ faults: [{ at: 300, kind: 'slow-task', service: null }], notifications: [notification] });
    const text = renderRun(events, plain);
    expect(text).toContain(' p95       ▂▂▂▂▂████▂▂▂▂▂▂▂▂▂▂▂  1.20 s, limit 400 ms\n');
    expect(text).toContain(' events         F\n messages           M\n minutes   0         10\n');
  });

  it('frames each message in full, and cuts no letter of it', () => {
    const text = renderRun(run({ notifications: [notification] }), plain);
    expect(text).toContain('┌─ 09:00 warning, to 2 people ─');
    expect(text).toContain(`│ ${'x'.repeat(76)} │\n│ ${'x'.repeat(24)} `);
  });

  it('says so when nobody was sent a message', () => {
    expect(renderRun(run(), plain)).toContain('Nobody was sent a message.');
  });

  it('says what was not met and which promise was broken', () => {
    const text = renderRun(
      run({ failures: ['No incident was opened.'], violations: ['It changed something while paused.'] }),
      plain,
    );
    expect(text).toContain('\nNo incident was opened.\n');
    expect(text).toContain('\nbroken promise: It changed something while paused.\n');
  });

  it('stands without any service', () => {
    expect(renderRun(run({ series: [] }), plain)).toContain('no service, 20 min');
  });
});

describe('a report of a played scenario', () => {
  let result: RunResult;
  beforeAll(async () => {
    const file = new URL('../../scenarios/one-slow-task-of-six.yaml', import.meta.url);
    const read = readScenario('one-slow-task-of-six.yaml', readFileSync(file, 'utf8'));
    if ('problems' in read) throw new Error(read.problems[0]?.says);
    result = await simulate(read.scenario, { seed: 1 });
  });

  it('fits into 80 columns and has no colours unless asked', () => {
    for (const line of lines(result)) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(renderRun(result, plain)).not.toContain(escapeCharacter);
  });

  it('tells every decision with its reason, and every message in full', () => {
    const text = renderRun(result, plain).replace(/\s+/g, ' ');
    for (const word of ['diagnosis', 'act', 'check', 'told', 'recovered']) expect(text).toContain(` ${word} `);
    for (const { subject } of result.notifications) expect(text).toContain(subject);
    expect(result.notifications.length).toBeGreaterThan(0);
  });

  it('is shown live in about twenty seconds, with the very same text', async () => {
    let shown = '';
    let rested = 0;
    const write = (text: string): void => {
      shown += text;
    };
    const pause = async (millis: number): Promise<void> => {
      rested += millis;
    };
    await playRun(result, { ...plain, write, pause });
    expect(shown).toBe(renderRun(result, plain));
    expect(rested).toBeGreaterThan(12_000);
    expect(rested).toBeLessThan(25_000);
  });

  it('is shown at once where nobody watches', async () => {
    let shown = '';
    const write = (text: string): void => {
      shown += text;
    };
    await playRun(result, { ...plain, write, pause: null });
    expect(shown).toBe(renderRun(result, plain));
  });
});

describe('watching live', () => {
  it('is for a person at a terminal, not for a pipe, a build or a dumb terminal', () => {
    expect(watchesLive(true, {})).toBe(true);
    expect(watchesLive(false, {})).toBe(false);
    expect(watchesLive(true, { CI: 'true' })).toBe(false);
    expect(watchesLive(true, { TERM: 'dumb' })).toBe(false);
  });
});
