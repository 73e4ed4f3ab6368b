import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { reading } from '../../lambdas/aws/clients.ts';
import { awsRouting, rememberedRouting } from '../../lambdas/aws/routing.ts';
import type { GroupRouting } from '../../lambdas/contract/routing.ts';
import { groupA, groupB, minutes, now, routing, settings } from '../pipeline/build.ts';
import { queryFailure, queryResult, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const operation = 'elasticloadbalancing.DescribeTargetGroupAttributes';
/** As AWS answers for a target group that nobody has touched. */
const untouched: Readonly<Record<string, string>> = {
  'stickiness.enabled': 'false',
  'deregistration_delay.timeout_seconds': '300',
  'stickiness.app_cookie.cookie_name': '',
  'stickiness.type': 'lb_cookie',
  'stickiness.lb_cookie.duration_seconds': '86400',
  'slow_start.duration_seconds': '0',
  'load_balancing.algorithm.type': 'round_robin',
  'load_balancing.algorithm.anomaly_mitigation': 'off',
  'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '1',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': 'off',
};
const attributes = (values: Readonly<Record<string, string>>) =>
  queryResult(
    'DescribeTargetGroupAttributes',
    `<Attributes>${Object.entries(values)
      .map(([key, value]) => `<member><Key>${key}</Key><Value>${value}</Value></member>`)
      .join('')}</Attributes>`,
  );
const inGroups = (targetGroups: readonly string[]) =>
  settings({ resources: { ...settings().resources, targetGroups } });
const read = (targetGroups = [groupA]) =>
  awsRouting(new ElasticLoadBalancingV2Client({ ...reading, endpoint: aws.endpoint })).groups(inGroups(targetGroups));
const [usual] = routing();

describe('awsRouting', () => {
  it('reads what AWS sets unless it is told otherwise', async () => {
    aws.answer({ [operation]: attributes(untouched) });
    expect(await read()).toEqual([usual && { ...usual, deregistrationDelay: { seconds: 300 } }]);
    expect(aws.bodies(operation)).toMatchObject([{ TargetGroupArn: groupA }]);
  });

  it.each<[string, string, Partial<GroupRouting>]>([
    ['load_balancing.cross_zone.enabled', 'true', { crossZone: true }],
    ['load_balancing.cross_zone.enabled', 'false', { crossZone: false }],
    ['deregistration_delay.timeout_seconds', '900', { deregistrationDelay: { seconds: 900 } }],
    ['deregistration_delay.timeout_seconds', '0', { deregistrationDelay: { seconds: 0 } }],
    ['slow_start.duration_seconds', '120', { slowStart: { seconds: 120 } }],
    ['stickiness.enabled', 'true', { sticky: true }],
    ['load_balancing.algorithm.type', 'least_outstanding_requests', { algorithm: 'least-outstanding-requests' }],
    ['load_balancing.algorithm.type', 'weighted_random', { algorithm: 'weighted-random' }],
    ['load_balancing.algorithm.anomaly_mitigation', 'on', { anomalyMitigation: true }],
    [
      'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count',
      '3',
      { failsOpenBelow: { count: 3, share: 0 } },
    ],
    [
      'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage',
      '50',
      { failsOpenBelow: { count: 1, share: 0.5 } },
    ],
  ])('reads %s %s', async (key, value, change) => {
    aws.answer({ [operation]: attributes({ ...untouched, [key]: value }) });
    expect(await read()).toMatchObject([change]);
  });

  it('asks once for each target group', async () => {
    aws.answer({
      [operation]: [attributes(untouched), attributes({ ...untouched, 'stickiness.enabled': 'true' })],
    });
    const groups = await read([groupA, groupB]);
    expect(groups.map(({ targetGroup }) => targetGroup)).toEqual([groupA, groupB]);
    expect(groups.filter(({ sticky }) => sticky)).toHaveLength(1);
    expect(aws.bodies(operation)).toHaveLength(2);
  });

  it('takes the documented default where AWS says nothing, but for the zones', async () => {
    aws.answer({ [operation]: attributes({ 'load_balancing.cross_zone.enabled': 'true' }) });
    expect(await read()).toEqual([usual && { ...usual, deregistrationDelay: { seconds: 300 } }]);
    aws.answer({ [operation]: attributes({ 'stickiness.enabled': 'false' }) });
    await expect(read()).rejects.toThrow('answered without load_balancing.cross_zone.enabled.');
  });

  it('does not guess what a value means that it does not know', async () => {
    aws.answer({ [operation]: attributes({ ...untouched, 'load_balancing.cross_zone.enabled': 'maybe' }) });
    await expect(read()).rejects.toThrow('answered load_balancing.cross_zone.enabled "maybe"; known are true,');
    aws.answer({ [operation]: attributes({ ...untouched, 'deregistration_delay.timeout_seconds': 'long' }) });
    await expect(read()).rejects.toThrow('answered deregistration_delay.timeout_seconds "long", which is no number.');
  });

  it('surfaces what is denied', async () => {
    aws.answer({ [operation]: queryFailure('AccessDenied', 'Not authorized.', 403) });
    await expect(read()).rejects.toThrow('Not authorized.');
  });
});

describe('rememberedRouting', () => {
  it('asks again for the same target groups only after five minutes', async () => {
    let [at, asked] = [now, 0];
    const remembered = rememberedRouting({ groups: async () => [...routing({}, [`${++asked}`])] }, { now: () => at });
    const first = await remembered.groups(inGroups([groupA]));
    at += minutes(5) - 1;
    expect(await remembered.groups(inGroups([groupA]))).toEqual(first);
    expect(asked).toBe(1);
    expect(await remembered.groups(inGroups([groupB]))).not.toEqual(first);
    at += 1;
    await remembered.groups(inGroups([groupA]));
    expect(asked).toBe(3);
  });

  it('remembers no failure', async () => {
    let fails = true;
    const groups = async () => {
      if (fails) throw new Error('throttled');
      return routing();
    };
    const remembered = rememberedRouting({ groups }, { now: () => now });
    await expect(remembered.groups(inGroups([groupA]))).rejects.toThrow('throttled');
    fails = false;
    expect(await remembered.groups(inGroups([groupA]))).toEqual(routing());
  });
});
