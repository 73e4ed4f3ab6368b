import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { reading } from '../../lambdas/aws/clients.ts';
import { awsTargets } from '../../lambdas/aws/targets.ts';
import { groupA, groupB, settings } from '../pipeline/build.ts';
import { targetHealth, targetMember } from '../recorded/answers.ts';
import { queryFailure, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const operation = 'elasticloadbalancing.DescribeTargetHealth';

const read = (targetGroups = [groupA], timeouts: Partial<typeof reading.requestHandler> = {}) => {
  const { requestHandler } = reading;
  const client = new ElasticLoadBalancingV2Client({
    ...reading,
    requestHandler: { ...requestHandler, ...timeouts },
    endpoint: aws.endpoint,
  });
  return awsTargets(client).health(settings({ resources: { ...settings().resources, targetGroups } }));
};

describe('awsTargets', () => {
  it('asks for health and anomaly results of each target group', async () => {
    aws.answer({ [operation]: targetHealth(targetMember('10.0.0.1', 'healthy')) });
    await read([groupA, groupB]);
    const asked = [groupA, groupB].map((group) => ({
      Action: 'DescribeTargetHealth',
      Version: '2015-12-01',
      TargetGroupArn: group,
      'Include.member.1': 'AnomalyDetection',
    }));
    expect(aws.bodies(operation)).toHaveLength(2);
    expect(aws.bodies(operation)).toEqual(expect.arrayContaining(asked));
  });

  it('names targets by id and port, as the load balancer does', async () => {
    aws.answer({ [operation]: targetHealth(targetMember('10.0.0.1', 'healthy')) });
    expect(await read()).toEqual([
      {
        target: { targetGroup: groupA, id: '10.0.0.1', port: 8080 },
        zone: null,
        state: 'healthy',
        anomaly: null,
        shift: 'none',
      },
    ]);
  });

  it.each([
    ['initial', 'initial'],
    ['healthy', 'healthy'],
    ['unhealthy', 'unhealthy'],
    ['unhealthy.draining', 'draining'],
    ['draining', 'draining'],
    ['unused', 'unused'],
    ['unavailable', 'unavailable'],
  ])('reads the state %s as %s', async (word, state) => {
    aws.answer({ [operation]: targetHealth(targetMember('10.0.0.1', word)) });
    expect((await read()).map((fact) => fact.state)).toEqual([state]);
  });

  it.each([
    ['no_override', 'none'],
    ['zonal_shift_active', 'active'],
    ['zonal_shift_delegated_to_dns', 'active'],
    ['unknown', 'unknown'],
  ])('reads the administrative override %s as a shift that is %s', async (word, shift) => {
    const override = `<AdministrativeOverride><State>${word}</State></AdministrativeOverride></member>`;
    aws.answer({ [operation]: targetHealth(targetMember('10.0.0.1', 'healthy').replace('</member>', override)) });
    expect((await read()).map((fact) => fact.shift)).toEqual([shift]);
  });

  it('takes no anomaly result below three healthy targets, where the load balancer compares nothing', async () => {
    const two = [
      targetMember('1', 'healthy'),
      targetMember('2', 'healthy'),
      targetMember('3', 'unhealthy', 'anomalous'),
    ];
    aws.answer({ [operation]: [targetHealth(...two), targetHealth(...two, targetMember('4', 'healthy'))] });
    expect((await read()).map(({ anomaly }) => anomaly)).toEqual([null, null, null]);
    expect((await read()).map(({ anomaly }) => anomaly)).toEqual(['normal', 'normal', 'anomalous', 'normal']);
  });

  it('has no targets where none is registered', async () => {
    aws.answer({ [operation]: targetHealth() });
    expect(await read()).toEqual([]);
  });

  it('refuses a target without a port: deregistering it would do nothing', async () => {
    aws.answer({ [operation]: targetHealth(targetMember('10.0.0.1', 'healthy', 'normal', '')) });
    await expect(read()).rejects.toThrow('DescribeTargetHealth answered without Target.Port.');
  });

  it('refuses a state it does not know', async () => {
    aws.answer({ [operation]: targetHealth(targetMember('10.0.0.1', 'resting')) });
    await expect(read()).rejects.toThrow(
      'DescribeTargetHealth answered TargetHealth.State "resting"; known are initial,',
    );
  });

  it('asks again when it is throttled', async () => {
    aws.answer({ [operation]: [queryFailure('Throttling'), targetHealth()] });
    expect(await read()).toEqual([]);
    expect(aws.bodies(operation)).toHaveLength(2);
  });

  it('asks again after an error of the service, four times in all', async () => {
    aws.answer({ [operation]: queryFailure('InternalFailure', 'Try later.', 500) });
    await expect(read()).rejects.toThrow('Try later.');
    expect(aws.bodies(operation)).toHaveLength(4);
  });

  it('does not ask again when access is denied or the group is gone', async () => {
    aws.answer({ [operation]: queryFailure('AccessDenied', 'Not authorized.', 403) });
    await expect(read()).rejects.toThrow('Not authorized.');
    aws.answer({ [operation]: queryFailure('TargetGroupNotFound', 'One or more target groups not found') });
    await expect(read()).rejects.toThrow('target groups not found');
    expect(aws.bodies(operation)).toHaveLength(2);
  });

  it('asks again when an answer does not come in time', async () => {
    let asked = 0;
    aws.respond(() => (++asked === 1 ? 'hang' : targetHealth()));
    expect(await read([groupA], { requestTimeout: 100 })).toEqual([]);
    expect(asked).toBe(2);
  });
});
