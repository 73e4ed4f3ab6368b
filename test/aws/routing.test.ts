import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { reading } from '../../lambdas/aws/clients.ts';
import { awsRouting } from '../../lambdas/aws/routing.ts';
import { groupA, groupB, settings } from '../pipeline/build.ts';
import { useWire } from './wire.ts';
import { queryFailure, queryResult } from './wire-server.ts';

const wire = useWire();
const operation = 'elasticloadbalancing.DescribeTargetGroupAttributes';
const attributes = (value: string, key = 'load_balancing.cross_zone.enabled') =>
  queryResult(
    'DescribeTargetGroupAttributes',
    `<Attributes><member><Key>stickiness.enabled</Key><Value>false</Value></member><member><Key>${key}</Key><Value>${value}</Value></member></Attributes>`,
  );
const read = (targetGroups = [groupA]) =>
  awsRouting(new ElasticLoadBalancingV2Client({ ...reading, endpoint: wire.endpoint })).crossZone(
    settings({ resources: { ...settings().resources, targetGroups } }),
  );

describe('awsRouting', () => {
  it.each([
    ['true', true],
    ['false', false],
    ['use_load_balancer_configuration', true],
  ])('reads cross-zone load balancing %s as %s', async (value, crossZone) => {
    wire.server.answer({ [operation]: attributes(value) });
    expect(await read()).toBe(crossZone);
    expect(wire.server.bodies(operation)).toMatchObject([{ TargetGroupArn: groupA }]);
  });

  it('is off where one target group of several has it off', async () => {
    wire.server.answer({ [operation]: [attributes('true'), attributes('false')] });
    expect(await read([groupA, groupB])).toBe(false);
    wire.server.answer({ [operation]: [attributes('true'), attributes('true')] });
    expect(await read([groupA, groupB])).toBe(true);
  });

  it('cannot be told by an answer that does not say, or says what is not known', async () => {
    wire.server.answer({ [operation]: attributes('true', 'slow_start.duration_seconds') });
    await expect(read()).rejects.toThrow('answered without load_balancing.cross_zone.enabled.');
    wire.server.answer({ [operation]: attributes('maybe') });
    await expect(read()).rejects.toThrow('answered load_balancing.cross_zone.enabled "maybe"; known are true,');
  });

  it('surfaces what is denied', async () => {
    wire.server.answer({ [operation]: queryFailure('AccessDenied', 'Not authorized.', 403) });
    await expect(read()).rejects.toThrow('Not authorized.');
  });
});
