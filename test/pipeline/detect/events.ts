type State = Record<string, unknown>;

/** An alarm's change of state as EventBridge delivers it; `detail` is merged in last. */
export const alarmEvent = (
  alarmName: string,
  state: State = {},
  previousState: State = {},
  detail: Record<string, unknown> = {},
) => ({
  version: '0',
  id: 'c4c1c1c9-6542-e61b-6ef0-8c4d36933a92',
  'detail-type': 'CloudWatch Alarm State Change',
  source: 'aws.cloudwatch',
  account: '123456789012',
  time: '2026-01-05T10:00:01Z',
  region: 'eu-central-1',
  resources: [`arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${alarmName}`],
  detail: {
    alarmName,
    previousState: { value: 'OK', reason: 'fine', timestamp: '2026-01-05T09:00:00.000+0000', ...previousState },
    state: { value: 'ALARM', reason: 'Threshold Crossed', timestamp: '2026-01-05T10:00:00.250+0000', ...state },
    ...detail,
  },
});

/** An EventBridge event of any kind. */
export const anyEvent = (source: string, type: string, detail: Record<string, unknown> = {}) => ({
  ...alarmEvent('unused'),
  source,
  'detail-type': type,
  resources: ['arn:aws:ecs:eu-central-1:123456789012:service/shop/checkout'],
  detail,
});
