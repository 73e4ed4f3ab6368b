import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detect, type Routes } from '../../../lambdas/pipeline/detect/detect.ts';
import { sampleAnswers } from './sample-answers.ts';

const folder = new URL('../../fixtures/events/', import.meta.url);
const sample = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
const routes: Routes = { pipeline: 'prod', services: ['checkout'], owned: [] };

describe('a published sample', () => {
  it.each(sampleAnswers)('%s has the answer that is fixed for it', (file, understood, state, ignored) => {
    expect(detect(sample(file), routes)).toMatchObject({ understood, state, ignored });
  });

  it('is in the table, whichever it is', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'index.json');
    expect(sampleAnswers.map(([file]) => file).toSorted()).toEqual(files.toSorted());
  });

  it('names where it comes from and under which licence', () => {
    const index = sample('index.json') as { file: string; repo: string; commit: string; licence: string }[];
    for (const [file] of sampleAnswers) {
      expect(index.find((each) => each.file === file)).toMatchObject({
        repo: /\//,
        commit: /^[0-9a-f]{40}$/,
        licence: /./,
      });
    }
  });
});

describe('a published sample whose alarm a service lists as its own', () => {
  const owning = (alarm: string, match: 'exact' | 'prefix' = 'exact'): Routes => ({
    ...routes,
    owned: [{ service: 'checkout', alarm, match, kind: 'errors' }],
  });

  it.each([
    ['doc_01_cloudwatch_alarm_state_change_alarm.json', 'ServerCpuTooHigh', Date.UTC(2019, 9, 2, 17, 4, 40, 989)],
    ['doc_02_cloudwatch_alarm_state_change_alarm.json', 'TotalNetwork', Date.UTC(2019, 9, 2, 17, 20, 48, 554)],
    ['pt_cloudWatchAlarmEventSingleMetric.json', 'Test alert', Date.UTC(2024, 1, 17, 11, 53, 8, 431)],
  ])('%s is a firing signal', (file, alarm, at) => {
    const found = detect(sample(file), owning(alarm, 'prefix'));
    expect(found).toMatchObject({ service: 'checkout', kind: 'errors', state: 'firing', at });
  });

  it('is suppressed where the composite sample says so', () => {
    const found = detect(sample('doc_04_cloudwatch_alarm_state_change_alarm.json'), owning('ServiceAggregatedAlarm'));
    expect(found).toMatchObject({
      ignored: 'actions-suppressed',
      service: 'checkout',
      kind: 'errors',
      state: 'firing',
    });
  });
});
