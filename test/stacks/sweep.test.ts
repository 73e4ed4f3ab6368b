import { describe, expect, it } from 'vitest';
import { ownAlarmsIn } from '../../lambdas/contract/own-alarm-list.ts';
import { ofType, pipelineTemplate, recoveryWith, serviceInput, type Template } from './synthesized.ts';

const signal = (alarm: string) => ({ alarm, match: 'exact', kind: 'errors' }) as const;
const withAlarms = (count: number) =>
  recoveryWith({
    checkout: serviceInput('checkout', {
      signals: Array.from({ length: count }, (_, n) => signal(`shop-checkout-errors-${String(n).padStart(3, '0')}`)),
    }),
    cart: serviceInput('cart'),
  });
const template = pipelineTemplate(withAlarms(40));
const functionIn = (of: Template) => ofType(of, 'AWS::Lambda::Function').find(({ id }) => id.startsWith('Sweep'));
const ruleIn = (of: Template) =>
  ofType(of, 'AWS::Events::Rule').find(({ Properties }) => Properties.Name === 'paramedic-prod.pipeline.sweep');
const alarmIn = (of: Template) =>
  ofType(of, 'AWS::CloudWatch::Alarm').find(
    ({ Properties }) => Properties.AlarmName === 'paramedic-self/prod/heartbeat',
  );
const every = (sweepEvery: string) => pipelineTemplate(recoveryWith({ a: serviceInput('a') }, { sweepEvery }));

describe('the sweep', () => {
  it('runs once a minute, one at a time, and is not tried again', () => {
    expect(ruleIn(template)?.Properties).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' });
    expect(functionIn(template)?.Properties).toMatchObject({ ReservedConcurrentExecutions: 1, Timeout: 120 });
    const invoke = ofType(template, 'AWS::Lambda::EventInvokeConfig').find(({ id }) => id.startsWith('Sweep'));
    expect(invoke?.Properties).toMatchObject({ MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 });
  });

  it('runs as often as the installation says', () => {
    expect(ruleIn(every('5m'))?.Properties.ScheduleExpression).toBe('rate(5 minutes)');
    for (const wrong of ['0m', '31m', '30s', '1h', '1.5m']) expect(() => every(wrong)).toThrow(/1m to 30m/);
  });

  it('leaves what could not be delivered in a net', () => {
    expect(JSON.stringify(ruleIn(template)?.Properties.Targets)).toContain('NetsFailedWorkflows');
  });

  it('is told of the own alarms of all services, in as many parameters as that takes', () => {
    const lists = ofType(template, 'AWS::SSM::Parameter').filter(({ Properties }) =>
      String(Properties.Name).startsWith('/paramedic/prod/_signals/'),
    );
    expect(lists).toHaveLength(1);
    expect(functionIn(template)?.Properties.Environment).toMatchObject({ Variables: { OWN_ALARM_LISTS: '1' } });
    const listed = lists.flatMap(({ Properties }) => ownAlarmsIn(String(Properties.Value)));
    expect(listed).toHaveLength(40);
    expect(listed[0]).toEqual({ service: 'checkout', ...signal('shop-checkout-errors-000') });
  });

  it('may start the workflow and look at its executions, and change nothing in ECS or the load balancer', () => {
    const policies = ofType(template, 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Sweep'));
    const actions = policies.flatMap(({ Properties }) =>
      (Properties.PolicyDocument as { Statement: readonly { Action: string | string[] }[] }).Statement.flatMap(
        ({ Action }) => Action,
      ),
    );
    expect(actions).toEqual(
      expect.arrayContaining([
        'cloudwatch:DescribeAlarms',
        'cloudwatch:ListAlarmMuteRules',
        'lambda:GetDurableExecution',
        'lambda:InvokeFunction',
      ]),
    );
    expect(actions.filter((action) => /^(ecs|elasticloadbalancing):(?!Describe|Get|List)/.test(action))).toEqual([]);
  });
});

describe('the heartbeat', () => {
  it('is missed when five sweeps in a row did not do all, or did not run', () => {
    expect(alarmIn(template)?.Properties).toMatchObject({
      Namespace: 'Paramedic',
      MetricName: 'Heartbeat',
      Dimensions: [{ Name: 'pipeline', Value: 'prod' }],
      Statistic: 'Sum',
      Period: 300,
      Threshold: 0,
      ComparisonOperator: 'LessThanOrEqualToThreshold',
      TreatMissingData: 'breaching',
    });
    expect(alarmIn(every('5m'))?.Properties.Period).toBe(1500);
  });

  it('is told of where no function of Paramedic may publish', () => {
    expect(JSON.stringify(alarmIn(template)?.Properties.AlarmActions)).toContain('Self');
  });
});
