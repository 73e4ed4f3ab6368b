import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { describe, expect, it } from 'vitest';
import { reading } from '../../lambdas/aws/clients.ts';
import { awsScaling } from '../../lambdas/aws/scaling.ts';
import { settings } from '../pipeline/build.ts';
import { failure, type RecordedAnswer, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const operation = 'application-autoscaling.DescribeScalingActivities';
const read = () =>
  awsScaling(new ApplicationAutoScalingClient({ ...reading, endpoint: aws.endpoint })).activities(settings());
const activity = (change: object = {}) => ({
  StatusCode: 'Successful',
  StartTime: 1462574194.658,
  Description: 'Setting desired count to 3.',
  ...change,
});
const activities = (...some: readonly object[]): RecordedAnswer => ({ json: { ScalingActivities: some } });

describe('awsScaling', () => {
  it('reads what Application Auto Scaling did to the desired count of the service', async () => {
    aws.answer({ [operation]: activities(activity()) });
    expect(await read()).toEqual([{ startedAt: 1462574194658, status: 'ended', desired: 3 }]);
    expect(aws.bodies(operation)).toEqual([
      { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount', ResourceId: 'service/shop/checkout' },
    ]);
    expect(aws.requests[0]?.headers['x-amz-target']).toBe('AnyScaleFrontendService.DescribeScalingActivities');
  });

  it.each([
    ['Pending', 'under-way'],
    ['InProgress', 'under-way'],
    ['Successful', 'ended'],
    ['Overridden', 'ended'],
    ['Unfulfilled', 'ended'],
    ['Failed', 'ended'],
  ])('reads an activity that is %s as %s', async (StatusCode, status) => {
    aws.answer({ [operation]: activities(activity({ StatusCode })) });
    expect(await read()).toMatchObject([{ status }]);
  });

  it('does not know the count where the description names none', async () => {
    aws.answer({ [operation]: activities(activity({ Description: 'Setting minimum capacity to 2.' })) });
    expect(await read()).toMatchObject([{ desired: null }]);
  });

  it('gives the newest first, whatever the order of the answer', async () => {
    aws.answer({ [operation]: activities(activity({ StartTime: 1 }), activity({ StartTime: 2 })) });
    expect((await read()).map(({ startedAt }) => startedAt)).toEqual([2000, 1000]);
  });

  it('takes the first of several pages where it is the newest, and else cannot tell', async () => {
    const [older, newer] = [activity({ StartTime: 1 }), activity({ StartTime: 2 })];
    aws.answer({ [operation]: { json: { ScalingActivities: [newer, older], NextToken: 'more' } } });
    expect(await read()).toHaveLength(2);
    aws.answer({ [operation]: { json: { ScalingActivities: [older, newer], NextToken: 'more' } } });
    await expect(read()).rejects.toThrow('does not answer the newest activities first');
  });

  it('has none where nothing scales the service', async () => {
    aws.answer({ [operation]: activities() });
    expect(await read()).toEqual([]);
  });

  it('rejects what it does not understand, and what is denied', async () => {
    aws.answer({ [operation]: activities(activity({ StatusCode: 'Resting' })) });
    await expect(read()).rejects.toThrow('answered StatusCode "Resting"; known are Pending,');
    aws.answer({ [operation]: activities(activity({ StartTime: undefined })) });
    await expect(read()).rejects.toThrow('answered without StartTime.');
    aws.answer({ [operation]: { json: {} } });
    await expect(read()).rejects.toThrow('answered without ScalingActivities.');
    aws.answer({ [operation]: failure('AccessDeniedException', 'Not authorized.') });
    await expect(read()).rejects.toThrow('Not authorized.');
  });

  it('asks again when it is throttled', async () => {
    aws.answer({ [operation]: [failure('ThrottlingException', 'Rate exceeded'), activities()] });
    expect(await read()).toEqual([]);
    expect(aws.requests).toHaveLength(2);
  });
});
