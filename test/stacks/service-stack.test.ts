import { describe, expect, it } from 'vitest';
import { alarmPrefix, parseAlarmName } from '../../lambdas/contract/names.ts';
import type { Recovery } from '../../lib/config/recovery.ts';
import type { RecoveryInput } from '../../lib/config/schema.ts';
import {
  accountArn,
  manyServices,
  ofType,
  recoveryWith,
  serviceInput,
  type Template,
  templates,
  templateTexts,
} from './synthesized.ts';

const stackOf = (services: RecoveryInput['services'], install: Partial<RecoveryInput['install']> = {}) => {
  const found = templates(recoveryWith(services, install)).get('paramedic-prod-service-checkout');
  if (found === undefined) throw new Error('no stack of its own for checkout');
  return found;
};
const checkout = stackOf({ checkout: serviceInput('checkout') });

describe('the stack of a service', () => {
  it('has the alarms of the contract, each with an explicit name that can be read apart', () => {
    const names = ofType(checkout, 'AWS::CloudWatch::Alarm').map(({ Properties }) => String(Properties.AlarmName));
    expect(names).toEqual([
      'paramedic/prod/checkout/latency',
      'paramedic/prod/checkout/errors',
      'paramedic/prod/checkout/unhealthy-targets',
      'paramedic/prod/checkout/no-capacity',
    ]);
    for (const name of names) {
      expect(name.startsWith(alarmPrefix('prod'))).toBe(true);
      expect(parseAlarmName(name)).toMatchObject({ pipeline: 'prod', service: 'checkout' });
    }
  });

  it('takes every threshold from recovery.yaml', () => {
    const [latency] = ofType(checkout, 'AWS::CloudWatch::Alarm');
    expect(latency?.Properties).toMatchObject({
      Threshold: 0.8,
      ComparisonOperator: 'GreaterThanThreshold',
      DatapointsToAlarm: 2,
      EvaluationPeriods: 3,
      TreatMissingData: 'notBreaching',
    });
  });

  it('lets missing data breach where a total outage would be silent', () => {
    const breaching = ofType(checkout, 'AWS::CloudWatch::Alarm').filter(
      (one) => one.Properties.TreatMissingData === 'breaching',
    );
    expect(breaching.map(({ Properties }) => Properties.AlarmName)).toEqual(['paramedic/prod/checkout/no-capacity']);
  });

  it('watches the metrics of each target group by itself', () => {
    const groups = ['a', 'b'].map((name) => accountArn('elasticloadbalancing', `targetgroup/${name}/0123456789abcdef`));
    const two = stackOf({ checkout: serviceInput('checkout', { targetGroups: groups }) });
    const alarms = ofType(two, 'AWS::CloudWatch::Alarm').filter(({ Properties }) =>
      /latency/.test(String(Properties.AlarmName)),
    );
    expect(alarms.map(({ Properties }) => Properties.AlarmName)).toEqual([
      'paramedic/prod/checkout/latency',
      'paramedic/prod/checkout/latency-2',
    ]);
    expect(JSON.stringify(alarms[1])).toContain('targetgroup/b/0123456789abcdef');
    expect(JSON.stringify(alarms[1])).not.toContain('targetgroup/a/');
  });

  it('watches the capacity of all target groups as one, so that an idle group does not fire for ever', () => {
    const groups = ['a', 'b'].map((name) => accountArn('elasticloadbalancing', `targetgroup/${name}/0123456789abcdef`));
    const capacity = (targetGroups: string[]) =>
      ofType(stackOf({ checkout: serviceInput('checkout', { targetGroups }) }), 'AWS::CloudWatch::Alarm')
        .map(({ Properties }) => Properties)
        .filter(({ AlarmName }) => /no-capacity/.test(String(AlarmName)));
    const input = (id: string, group: string, returnData: boolean) => ({
      Id: id,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/ApplicationELB',
          MetricName: 'HealthyHostCount',
          Dimensions: [
            { Name: 'LoadBalancer', Value: 'app/production-public/50dc6c495c0c9188' },
            { Name: 'TargetGroup', Value: `targetgroup/${group}/0123456789abcdef` },
          ],
        },
        Period: 60,
        Stat: 'Minimum',
      },
      ReturnData: returnData,
    });
    expect(capacity(groups)).toEqual([
      expect.objectContaining({
        AlarmName: 'paramedic/prod/checkout/no-capacity',
        AlarmDescription: expect.stringContaining('Target groups: a, b.'),
        TreatMissingData: 'breaching',
        Metrics: [
          {
            Id: 'value',
            Expression: 'IF(m1 > m2, m1, m2)',
            Label: 'no-capacity',
            ReturnData: true,
          },
          input('m1', 'a', false),
          input('m2', 'b', false),
        ],
      }),
    ]);
    expect(capacity(groups.slice(0, 1))).toEqual([
      expect.objectContaining({
        AlarmName: 'paramedic/prod/checkout/no-capacity',
        AlarmDescription: expect.stringContaining('Target group: a.'),
        Metrics: [input('m1', 'a', true)],
      }),
    ]);
  });

  it("links every alarm to the team's runbook as it is, and to no section it may not have", () => {
    const stack = stackOf({
      checkout: serviceInput('checkout', { runbook: 'https://wiki.example.com/shop#checkout' }),
    });
    for (const { Properties } of ofType(stack, 'AWS::CloudWatch::Alarm'))
      expect(String(Properties.AlarmDescription)).toMatch(/ Runbook: https:\/\/wiki\.example\.com\/shop#checkout$/);
  });

  it("links every alarm to its section of Paramedic's runbook too, where that is published", () => {
    const runbook = 'https://docs.example.com/paramedic/runbook';
    const stack = stackOf({ checkout: serviceInput('checkout') }, { runbook });
    for (const { Properties } of ofType(stack, 'AWS::CloudWatch::Alarm')) {
      const kind = String(Properties.AlarmName).split('/').at(-1);
      expect(String(Properties.AlarmDescription)).toContain(
        `Runbook: https://runbooks.example.com/checkout About this alarm: ${runbook}#alarm-${kind}`,
      );
    }
  });

  it('leaves telling people to Paramedic: no alarm has an action', () => {
    for (const { Properties } of ofType(checkout, 'AWS::CloudWatch::Alarm'))
      expect(Properties).not.toHaveProperty('AlarmActions');
  });

  it('publishes the whole configuration as one standard parameter', () => {
    const [parameter] = ofType(checkout, 'AWS::SSM::Parameter');
    expect(parameter?.Properties).toMatchObject({ Name: '/paramedic/prod/checkout', Tier: 'Standard', Type: 'String' });
    expect(JSON.parse(String(parameter?.Properties.Value))).toEqual(
      recoveryWith({ checkout: serviceInput('checkout') }).services[0]?.settings,
    );
  });

  it('takes an advanced parameter where the configuration is long, and refuses one that is too long', () => {
    const withSignals = (count: number) =>
      stackOf({
        checkout: serviceInput('checkout', {
          signals: Array.from({ length: count }, (_, i) => ({
            alarm: `${'x'.repeat(150)}-${i}`,
            kind: 'errors' as const,
          })),
        }),
      });
    expect(ofType(withSignals(15), 'AWS::SSM::Parameter')[0]?.Properties.Tier).toBe('Advanced');
    expect(() => withSignals(50)).toThrow(/services\.checkout: its configuration is \d+ bytes; allowed is 8192/);
  });

  it("hears the team's own alarms through a rule of its own, and says what they stand for", () => {
    const stack = stackOf({
      checkout: serviceInput('checkout', {
        signals: [
          { alarm: 'slo-burn', kind: 'latency' },
          { alarm: 'checkout-5xx-', match: 'prefix', kind: 'errors' },
        ],
      }),
    });
    const rules = ofType(stack, 'AWS::Events::Rule').map(({ Properties }) => Properties);
    expect(rules.map(({ Name }) => Name)).toEqual([
      'paramedic-prod.checkout.latency',
      'paramedic-prod.checkout.errors',
    ]);
    expect(rules[1]).toMatchObject({
      EventPattern: { detail: { alarmName: [{ prefix: 'checkout-5xx-' }] } },
      Targets: [
        {
          Arn: 'arn:aws:lambda:eu-central-1:123456789012:function:paramedic-prod-on-signal',
          DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-central-1:123456789012:paramedic-prod-undelivered-signals' },
          InputTransformer: {
            InputTemplate: '{"paramedic":{"service":"checkout","kind":"errors"},"event":<aws.events.event.json>}',
          },
        },
      ],
    });
  });

  it('exports nothing and imports nothing', () => {
    const text = templateTexts(recoveryWith({ checkout: serviceInput('checkout') })).get(
      'paramedic-prod-service-checkout',
    );
    expect(text).not.toMatch(/Fn::ImportValue|"Export"|Fn::GetStackOutput/);
  });
});

describe('which stack a service is in', () => {
  it('depends on that service alone, however the services around it change', () => {
    const before = templateTexts(manyServices(200));
    const { install, owners, services } = manyServices(200);
    const first = recoveryWith({ first: serviceInput('first') }).services;
    const changed = { install, owners, services: [...first, ...services.filter((_, index) => index !== 2)] };
    const afterwards = templateTexts(changed);

    expect(afterwards.has('paramedic-prod-service-service-3')).toBe(false);
    const untouched = [...before.keys()].filter((name) => /-service-\d+$/.test(name) && !name.endsWith('-service-3'));
    expect(untouched).toHaveLength(199);
    for (const name of untouched) expect(afterwards.get(name)).toBe(before.get(name));

    const listed = (texts: ReadonlyMap<string, string>): readonly string[] =>
      ofType(JSON.parse(texts.get('paramedic-prod') ?? '') as Template, 'AWS::SSM::Parameter')
        .filter(({ Properties }) => /^\/paramedic\/prod\/_services\/\d+$/.test(String(Properties.Name)))
        .flatMap(({ Properties }) => String(Properties.Value).split(' '));
    const ids = (recovery: Recovery): readonly string[] => recovery.services.map(({ settings }) => settings.id);
    expect(listed(before).toSorted()).toEqual(ids(manyServices(200)).toSorted());
    expect(listed(afterwards).toSorted()).toEqual(ids(changed).toSorted());
    expect(listed(afterwards)).not.toContain('service-3');
  });

  it('is that of its group where it has one', () => {
    const grouped = templates(
      recoveryWith({
        a: serviceInput('a', { group: 'shop' }),
        b: serviceInput('b'),
        c: serviceInput('c', { group: 'shop' }),
      }),
    );
    expect([...grouped.keys()]).toEqual(['paramedic-prod', 'paramedic-prod-group-shop', 'paramedic-prod-service-b']);
    expect(ofType(grouped.get('paramedic-prod-group-shop') ?? { Resources: {} }, 'AWS::SSM::Parameter')).toHaveLength(
      2,
    );
  });
});

describe('editing a threshold', () => {
  it('changes exactly that alarm and that parameter', () => {
    const edited = (threshold: string) =>
      templates(
        recoveryWith({
          checkout: serviceInput('checkout', { alarms: { latency: { threshold } } }),
          other: serviceInput('other'),
        }),
      );
    const [before, afterwards] = [edited('800ms'), edited('900ms')];
    const changed = [...before].flatMap(([stack, template]) =>
      Object.entries(template.Resources)
        .filter(([id, resource]) => JSON.stringify(resource) !== JSON.stringify(afterwards.get(stack)?.Resources[id]))
        .map(([, resource]) => resource.Properties.AlarmName ?? resource.Properties.Name),
    );
    expect(changed).toEqual(['paramedic/prod/checkout/latency', '/paramedic/prod/checkout']);
  });
});
