import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { reading } from '../../lambdas/aws/clients.ts';
import { awsRouting } from '../../lambdas/aws/routing.ts';
import { groupA, groupB, settings } from '../pipeline/build.ts';
import { queryFailure, queryResult, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const operation = 'elasticloadbalancing.DescribeTargetGroupAttributes';
const attributes = (value: string, key = 'load_balancing.cross_zone.enabled') =>
  queryResult(
    'DescribeTargetGroupAttributes',
    `<Attributes><member><Key>stickiness.enabled</Key><Value>false</Value></member><member><Key>${key}</Key><Value>${value}</Value></member></Attributes>`,
  );
const read = (targetGroups = [groupA]) =>
  awsRouting(new ElasticLoadBalancingV2Client({ ...reading, endpoint: aws.endpoint })).crossZone(
    settings({ resources: { ...settings().resources, targetGroups } }),
  );

describe('awsRouting', () => {
  it.each([
    ['true', true],
    ['false', false],
    ['use_load_balancer_configuration', true],
  ])('reads cross-zone load balancing %s as %s', async (value, crossZone) => {
    aws.answer({ [operation]: attributes(value) });
    expect(await read()).toBe(crossZone);
    expect(aws.bodies(operation)).toMatchObject([{ TargetGroupArn: groupA }]);
  });

  it('is off where one target group of several has it off', async () => {
    aws.answer({ [operation]: [attributes('true'), attributes('false')] });
    expect(await read([groupA, groupB])).toBe(false);
    aws.answer({ [operation]: [attributes('true'), attributes('true')] });
    expect(await read([groupA, groupB])).toBe(true);
  });

  it('cannot be told by an answer that does not say, or says what is not known', async () => {
    aws.answer({ [operation]: attributes('true', 'slow_start.duration_seconds') });
    await expect(read()).rejects.toThrow('answered without load_balancing.cross_zone.enabled.');
    aws.answer({ [operation]: attributes('maybe') });
    await expect(read()).rejects.toThrow('answered load_balancing.cross_zone.enabled "maybe"; known are true,');
  });

  it('surfaces what is denied', async () => {
    aws.answer({ [operation]: queryFailure('AccessDenied', 'Not authorized.', 403) });
    await expect(read()).rejects.toThrow('Not authorized.');
  });
});
