import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it, vi } from 'vitest';
import { reading } from '../../lambdas/aws/clients.ts';
import { awsParameters, type ParameterReader } from '../../lambdas/aws/parameter.ts';
import { awsSettings } from '../../lambdas/aws/settings.ts';
import { flawIn } from '../../lambdas/aws/settings-shape.ts';
import { settings } from '../pipeline/build.ts';
import { failure, type RecordedAnswer, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const operation = 'ssm.GetParameter';
const warn = vi.fn();
/** The service is listed; what its own parameter says is told by the wire. */
const parameters: ParameterReader = async (name) =>
  name.includes('/_services/')
    ? 'cart checkout'
    : awsParameters(new SSMClient({ ...reading, endpoint: aws.endpoint }))(name);
const read = () => awsSettings('test', parameters, warn).of('checkout');
const published = (value: unknown): RecordedAnswer => ({ json: { Parameter: { Value: JSON.stringify(value) } } });

describe('awsSettings', () => {
  it('reads the parameter of the service', async () => {
    aws.answer({ [operation]: published(settings()) });
    expect(await read()).toEqual({ kind: 'valid', settings: settings() });
    expect(aws.bodies(operation)).toEqual([{ Name: '/paramedic/test/checkout' }]);
  });

  it('knows that a service is not configured', async () => {
    aws.answer({ [operation]: failure('com.amazonaws.ssm#ParameterNotFound') });
    expect(await read()).toBeUndefined();
    expect(aws.requests).toHaveLength(1);
  });

  it.each([
    ['throttled', failure('ThrottlingException', 'Rate exceeded')],
    ['answered with an error of the service', failure('InternalServerError', 'Try later.', 500)],
    ['cut off', 'drop'],
  ] as const)('asks again when it is %s', async (_, first) => {
    aws.answer({ [operation]: [first, published(settings())] });
    expect(await read()).toEqual({ kind: 'valid', settings: settings() });
    expect(aws.requests).toHaveLength(2);
  });

  it('rejects after four attempts', async () => {
    aws.answer({ [operation]: failure('InternalServerError', 'Try later.', 500) });
    await expect(read()).rejects.toThrow('Try later.');
    expect(aws.requests).toHaveLength(4);
  });

  it('rejects at once when access is denied: that is not the same as not configured', async () => {
    aws.answer({ [operation]: failure('AccessDeniedException', 'Not authorized.') });
    await expect(read()).rejects.toThrow('Not authorized.');
    expect(aws.requests).toHaveLength(1);
  });

  it('takes a service without a load balancer, which is only observed', () => {
    const { resources } = settings();
    const bare = settings({ resources: { ...resources, loadBalancer: '', targetGroups: [] } });
    expect(flawIn(bare, 'test', 'checkout')).toBeUndefined();
  });

  it('rejects an answer that holds no value', async () => {
    aws.answer({ [operation]: { json: { Parameter: {} } } });
    await expect(read()).rejects.toThrow('GetParameter /paramedic/test/checkout answered without Parameter.Value.');
  });

  it.each([
    ['no JSON', { json: { Parameter: { Value: '{"version":' } } }],
    ['of another version', published({ ...settings(), version: 2 })],
    ['of another service', published({ ...settings(), id: 'cart' })],
  ] as const)('works with no configuration that is %s, and says so', async (_, answer) => {
    warn.mockClear();
    aws.answer({ [operation]: answer });
    const because = expect.stringMatching(/^The configuration of checkout is invalid: settings/);
    expect(await read()).toMatchObject({ kind: 'invalid', because });
    expect(warn).toHaveBeenCalledWith(because);
  });

  it.each([
    ['a topic', published({ ...settings(), version: 2 }), settings().topic],
    ['no topic', published({ ...settings(), version: 2, topic: 'arn:aws:lambda:eu-central-1:123456789012:it' }), null],
    ['nothing', { json: { Parameter: { Value: 'null' } } }, null],
  ] as const)('finds %s in an invalid configuration', async (_, answer, topic) => {
    aws.answer({ [operation]: answer });
    expect(await read()).toMatchObject({ kind: 'invalid', topic });
  });
});

describe('flawIn', () => {
  const flaw = (change: object) => flawIn({ ...settings(), ...change }, 'test', 'checkout');

  it('finds nothing wrong with a resolved configuration', () => {
    expect(flaw({})).toBeUndefined();
    expect(flaw({ fromALaterVersion: true })).toBeUndefined();
    expect(flaw({ timing: { ...settings().timing, drainFor: { minutes: 2 } } })).toBeUndefined();
  });

  it.each([
    [{ version: 2 }, 'settings.version is 2; it must be one of 1'],
    [{ topic: '' }, 'settings.topic is ""; it must be a text'],
    [{ mode: 'bold' }, 'settings.mode is "bold"; it must be one of observe, approve, automatic'],
    [{ senses: ['smell'] }, 'settings.senses[0] is "smell"; it must be one of anomaly-detection, task-logs'],
    [
      { timing: { ...settings().timing, lap: 30 } },
      'settings.timing.lap is 30; it must be a duration in one of days, hours, minutes, seconds',
    ],
    [
      { timing: { ...settings().timing, drainFor: 60 } },
      'settings.timing.drainFor is 60; it must be a duration in one of days, hours, minutes, seconds',
    ],
    [{ timing: { ...settings().timing, drainFor: undefined } }, 'settings.timing.drainFor is missing'],
    [{ timing: { ...settings().timing, idleFor: null } }, 'settings.timing.idleFor is null'],
    [
      { timing: { ...settings().timing, lap: { seconds: 1, minutes: 1 } } },
      'settings.timing.lap is {"seconds":1,"minutes":1}',
    ],
    [
      { resources: { ...settings().resources, targetGroups: 'all' } },
      'settings.resources.targetGroups is "all"; it must be a list',
    ],
    [{ limits: null }, 'settings.limits is null; it must be an object'],
    [
      { alarms: { ...settings().alarms, errors: undefined } },
      'settings.alarms.errors is missing; it must be an object',
    ],
    [
      { actionModes: { 'replace-task': 'bold' } },
      'settings.actionModes.replace-task is "bold"; it must be one of observe, approve, automatic',
    ],
    [
      { limits: { ...settings().limits, minHealthyTargets: { count: 1, share: 50 } } },
      'settings.limits.minHealthyTargets.share is 50; it must be a share from 0 to 1',
    ],
  ])('names place, value and what is allowed: %j', (change, says) => {
    expect(flaw(change)).toContain(says);
  });

  it.each([null, 'text', 7, []])('refuses %j whole', (value) => {
    expect(flawIn(value, 'test', 'checkout')).toContain('it must be an object');
  });
});
