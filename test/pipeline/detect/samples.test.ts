import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detect, type Routes } from '../../../lambdas/pipeline/detect/detect.ts';

const folder = new URL('../../fixtures/events/', import.meta.url);
const sample = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
const routes: Routes = { pipeline: 'prod', services: ['checkout'], owned: [] };

/** What each sample that AWS and its libraries publish is to us: understood, state, ignored because. */
const expected: readonly (readonly [file: string, understood: boolean, state: string | null, ignored: string])[] = [
  ['doc_01_cloudwatch_alarm_state_change_alarm.json', true, 'firing', 'not-our-alarm'],
  ['doc_02_cloudwatch_alarm_state_change_alarm.json', true, 'firing', 'not-our-alarm'],
  ['doc_04_cloudwatch_alarm_state_change_alarm.json', true, 'firing', 'not-our-alarm'],
  ['doc_05_cloudwatch_alarm_configuration_change_create.json', true, null, 'informational'],
  ['doc_07_cloudwatch_alarm_configuration_change_update.json', true, null, 'informational'],
  ['doc_09_cloudwatch_alarm_configuration_change_delete.json', true, null, 'informational'],
  ['doc_01_ecs_container_instance_state_change.json', true, null, 'informational'],
  ['doc_02_ecs_task_state_change.json', true, null, 'informational'],
  ['doc_03_ecs_service_action_service_steady_state.json', true, null, 'informational'],
  ['doc_04_ecs_service_action_capacity_provider_steady_state.json', true, null, 'informational'],
  ['doc_06_ecs_service_action_service_task_placement_failure.json', true, null, 'informational'],
  ['doc_08_ecs_deployment_state_change_service_deployment_in_progress.json', true, null, 'informational'],
  ['doc_10_ecs_deployment_state_change_service_deployment_completed.json', true, null, 'informational'],
  ['doc_11_ecs_deployment_state_change_service_deployment_failed.json', true, null, 'informational'],
  ['go_ecs_container_instance_state_change.json', true, null, 'informational'],
  ['pt_cloudWatchAlarmEventSingleMetric.json', true, 'firing', 'not-our-alarm'],
  ['go_autoscaling_event_launch_unsuccessful.json', false, null, 'other-source'],
  ['go_autoscaling_event_terminate_action.json', false, null, 'other-source'],
  ['go_autoscaling_event_terminate_successful.json', false, null, 'other-source'],
  ['go_codedeploy_deployment_event.json', false, null, 'other-source'],
  ['go_codepipeline_action_execution_stage_change_event.json', false, null, 'other-source'],
  ['go_codepipeline_execution_state_change_event.json', false, null, 'other-source'],
  ['pt_eventBridgeEvent.json', false, null, 'other-source'],
  ['go_cloudwatch_alarm_sns_payload_single_metric.json', false, null, 'not-an-event'],
  ['go_cloudwatch_logs_event.json', false, null, 'not-an-event'],
  ['go_sns_event.json', false, null, 'not-an-event'],
  ['pt_cloudWatchLogEvent.json', false, null, 'not-an-event'],
  ['pt_snsEvent.json', false, null, 'not-an-event'],
];

describe('a published sample', () => {
  it.each(expected)('%s has the answer that is fixed for it', (file, understood, state, ignored) => {
    expect(detect(sample(file), routes)).toMatchObject({ understood, state, ignored });
  });

  it('is in the table, whichever it is', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'index.json');
    expect(expected.map(([file]) => file).toSorted()).toEqual(files.toSorted());
  });

  it('names where it comes from and under which licence', () => {
    const index = sample('index.json') as { file: string; repo: string; commit: string; licence: string }[];
    for (const [file] of expected) {
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
