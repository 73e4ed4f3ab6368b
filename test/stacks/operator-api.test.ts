import { describe, expect, it } from 'vitest';
import { environment } from '../../lambdas/contract/environment.ts';
import { duties, dutyNames, routeNames } from '../../lambdas/contract/operation-api.ts';
import { allows, type Statement } from '../privilege/policy.ts';
import { Intrinsics } from '../privilege/roles.ts';
import { ofType, pipelineTemplate, recoveryWith, serviceInput, type Template } from './synthesized.ts';

const services = { checkout: serviceInput('checkout') };
const template = pipelineTemplate(recoveryWith(services));
const place = { partition: 'aws', region: 'eu-central-1', account: '123456789012' };
/** The API is called `api`. */
const intrinsicsOf = (of: Template) =>
  new Intrinsics(of, place, (id) => (of.Resources[id]?.Type === 'AWS::ApiGatewayV2::Api' ? 'api' : id));
const resolved = intrinsicsOf(template);
const one = (type: string, of = template) => {
  const [found, ...more] = ofType(of, type);
  if (found === undefined || more.length > 0) throw new Error(`${more.length} more than one are ${type}.`);
  return found;
};
const functionOf = (says: RegExp) =>
  ofType(template, 'AWS::Lambda::Function').find(({ Properties }) => says.test(String(Properties.Description)));
const stop = functionOf(/pauses and resumes/);
const operate = functionOf(/answers proposals and takes back/);

const outputs = () =>
  Object.values(
    (template as unknown as { readonly Outputs: Readonly<Record<string, { Value: unknown }>> }).Outputs,
  ).map(({ Value }) => Value);

const routes = ofType(template, 'AWS::ApiGatewayV2::Route');
const integrations = new Map(ofType(template, 'AWS::ApiGatewayV2::Integration').map((each) => [each.id, each]));

describe('the API that people ask', () => {
  it('is an HTTP API with its own routes and no other, each authorized by IAM', () => {
    expect(one('AWS::ApiGatewayV2::Api').Properties).toMatchObject({ ProtocolType: 'HTTP', Name: 'paramedic-prod' });
    expect(routes.map(({ Properties }) => Properties.RouteKey).toSorted()).toEqual(
      routeNames.map((route) => `POST /${route}`).toSorted(),
    );
    for (const { Properties } of routes) expect(Properties.AuthorizationType).toBe('AWS_IAM');
  });

  it('allows no other origin in a browser', () => {
    expect(one('AWS::ApiGatewayV2::Api').Properties).not.toHaveProperty('CorsConfiguration');
  });

  it.each([
    [['pause', 'resume'], stop],
    [['approve', 'reject', 'undo'], operate],
  ])('hands %j to one function, in payload format 2.0, and lets only itself invoke it', (names, served) => {
    for (const name of names) {
      const route = routes.find(({ Properties }) => Properties.RouteKey === `POST /${name}`);
      const id = JSON.stringify(route?.Properties.Target).match(/"Ref":"(\w+)"/)?.[1] ?? '';
      expect(integrations.get(id)?.Properties).toMatchObject({
        IntegrationType: 'AWS_PROXY',
        PayloadFormatVersion: '2.0',
        IntegrationUri: { 'Fn::GetAtt': [served?.id, 'Arn'] },
      });
    }
    const permissions = ofType(template, 'AWS::Lambda::Permission').filter(({ Properties }) =>
      JSON.stringify(Properties.FunctionName).includes(`"${served?.id}"`),
    );
    expect(permissions.map(({ Properties }) => resolved.text(Properties.SourceArn))).toEqual(
      names.map((name) => `arn:aws:execute-api:eu-central-1:123456789012:api/*/*/${name}`),
    );
    for (const { Properties } of permissions) expect(Properties.Principal).toBe('apigateway.amazonaws.com');
  });

  it('answers before whoever asks gives up: the functions have 15 seconds', () => {
    for (const served of [stop, operate]) expect(served?.Properties.Timeout).toBe(15);
  });

  it('knows whose account it is in, so that nobody else is believed', () => {
    for (const served of [stop, operate])
      expect(served?.Properties.Environment).toMatchObject({
        Variables: { [environment.account]: '123456789012' },
      });
  });
});

describe('a stop', () => {
  const stage = one('AWS::ApiGatewayV2::Stage');
  type Limits = { readonly ThrottlingRateLimit: number; readonly ThrottlingBurstLimit: number };
  const settings = stage.Properties.RouteSettings as Readonly<Record<string, Limits>>;
  const limits = (route: string): Limits =>
    settings[`POST /${route}`] ?? { ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0 };

  it('is throttled by nothing that others ask: each route has limits of its own, and those of stops are the highest', () => {
    expect(Object.keys(settings).toSorted()).toEqual(routeNames.map((route) => `POST /${route}`).toSorted());
    for (const stopping of duties.pause)
      for (const other of [...duties.approve, ...duties.undo]) {
        expect(limits(stopping).ThrottlingRateLimit).toBeGreaterThanOrEqual(10 * limits(other).ThrottlingRateLimit);
        expect(limits(stopping).ThrottlingBurstLimit).toBeGreaterThanOrEqual(10 * limits(other).ThrottlingBurstLimit);
      }
  });

  it('finds tokens of the account left, even in a Region with the smallest default, whatever goes through all other routes', () => {
    const others = [...duties.approve, ...duties.undo].map(limits);
    const sum = (name: keyof Limits) => others.reduce((all, each) => all + each[name], 0);
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    expect(sum('ThrottlingRateLimit')).toBeLessThanOrEqual(2500 / 2);
    expect(sum('ThrottlingBurstLimit')).toBeLessThanOrEqual(1250 / 2);
  });

  it('is not kept waiting by approvals: its function is another, with concurrency of its own', () => {
    expect(stop?.id).not.toBe(operate?.id);
    expect(stop?.Properties.ReservedConcurrentExecutions).toBeGreaterThan(0);
    expect(operate?.Properties.ReservedConcurrentExecutions).toBeGreaterThan(0);
  });

  it('has its limits only once its routes are there: API Gateway refuses settings of routes it does not know', () => {
    const needed = (stage as unknown as { readonly DependsOn: readonly string[] }).DependsOn;
    expect(needed).toEqual(expect.arrayContaining(routes.map(({ id }) => id)));
  });
});

describe('what is asked of the API', () => {
  const stage = one('AWS::ApiGatewayV2::Stage');
  const { DestinationArn, Format } = stage.Properties.AccessLogSettings as { DestinationArn: unknown; Format: string };
  const groupOf = (of: Template) => ofType(of, 'AWS::Logs::LogGroup').find(({ id }) => id.startsWith('ApiAccessLogs'));

  it('is logged: which route, who, what came of it, and how long it took', () => {
    expect(JSON.parse(Format)).toEqual({
      id: '$context.requestId',
      time: '$context.requestTime',
      route: '$context.routeKey',
      status: '$context.status',
      caller: '$context.identity.userArn',
      latency: '$context.responseLatency',
      error: '$context.error.message',
      integrationError: '$context.integrationErrorMessage',
    });
    expect(JSON.stringify(DestinationArn)).toContain(`{"Ref":"${groupOf(template)?.id}"}`);
    expect(JSON.stringify(DestinationArn)).not.toContain(':*');
  });

  it('is logged for as long as the installation says, and stays or goes with it', () => {
    const short = pipelineTemplate(recoveryWith(services, { logRetention: '30d', removal: 'destroy' }));
    expect(groupOf(template)).toMatchObject({ DeletionPolicy: 'Retain', Properties: { RetentionInDays: 90 } });
    expect(groupOf(short)).toMatchObject({ DeletionPolicy: 'Delete', Properties: { RetentionInDays: 30 } });
  });

  it('and not answered sets off an alarm', () => {
    const alarm = ofType(template, 'AWS::CloudWatch::Alarm').find(
      ({ Properties }) => Properties.AlarmName === 'paramedic-self/prod/api-failures',
    );
    expect(alarm?.Properties).toMatchObject({
      Namespace: 'AWS/ApiGateway',
      MetricName: '5xx',
      Dimensions: [{ Name: 'ApiId', Value: { Ref: one('AWS::ApiGatewayV2::Api').id } }],
      Statistic: 'Sum',
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
    });
  });
});

describe('where people ask', () => {
  const address = 'https://api.execute-api.eu-central-1.amazonaws.com/live';
  const parameter = ofType(template, 'AWS::SSM::Parameter').find(
    ({ Properties }) => Properties.Name === '/paramedic/prod/_api',
  );

  it('is published as a parameter that no service can be called like, and in an output', () => {
    expect(resolved.text(parameter?.Properties.Value)).toBe(address);
    expect(JSON.stringify(outputs())).toContain(JSON.stringify(parameter?.Properties.Value));
  });

  it('is known to the functions that compose messages, and to no other', () => {
    const knowing = ofType(template, 'AWS::Lambda::Function').filter(({ Properties }) =>
      JSON.stringify(Properties.Environment ?? {}).includes(`"${environment.operatorApi}"`),
    );
    expect(knowing.map(({ Properties }) => String(Properties.Description).replace('Paramedic (prod): ', ''))).toEqual([
      'the life of one incident',
      'closes the incident of a workflow that died',
      'looks for what no event told of',
    ]);
  });
});

describe('the policy of a duty', () => {
  const policies = (of: Template) => ofType(of, 'AWS::IAM::ManagedPolicy').filter(({ id }) => id.startsWith('ApiMay'));
  const statementsOf = (duty: string) => {
    const policy = policies(template).find(
      ({ Properties }) => Properties.ManagedPolicyName === `paramedic-prod-eu-central-1-${duty}`,
    );
    const document = policy?.Properties.PolicyDocument as { readonly Statement: unknown } | undefined;
    return resolved.resolve(document?.Statement) as readonly Statement[];
  };
  const may = (duty: string, action: string, resource: string): boolean =>
    allows(statementsOf(duty), { action, resource, context: {} });
  const execute = (what: string, api = 'api', stageName = 'live', account = '123456789012') =>
    `arn:aws:execute-api:eu-central-1:${account}:${api}/${stageName}/${what}`;

  it.each(dutyNames)('%s allows its routes, and no other', (duty) => {
    const own: readonly string[] = duties[duty];
    for (const route of routeNames)
      expect(may(duty, 'execute-api:Invoke', execute(`POST/${route}`)), route).toBe(own.includes(route));
  });

  it.each(dutyNames)('%s allows nothing on another API, stage, method or account, and nothing else at all', (duty) => {
    const [route] = duties[duty];
    const elsewhere = [
      execute(`POST/${route}`, 'other'),
      execute(`POST/${route}`, 'api', 'test'),
      execute(`GET/${route}`),
      execute(`POST/${route}/more`),
      execute(`POST/${route}`, 'api', 'live', '210987654321'),
    ];
    for (const resource of elsewhere) expect(may(duty, 'execute-api:Invoke', resource), resource).toBe(false);
    expect(may(duty, 'execute-api:ManageConnections', execute(`POST/${route}`))).toBe(false);
    const actions = statementsOf(duty).flatMap(({ Action }) => Action);
    expect(actions).toEqual(['execute-api:Invoke', 'ssm:GetParameter']);
    const parameter = (name: string) => `arn:aws:ssm:eu-central-1:123456789012:parameter/paramedic/${name}`;
    expect(may(duty, 'ssm:GetParameter', parameter('prod/_api'))).toBe(true);
    for (const name of ['prod/checkout', 'prod/_services/count', 'prod-2/_api', 'prod/_api/x'])
      expect(may(duty, 'ssm:GetParameter', parameter(name)), name).toBe(false);
  });

  it('has no wildcard, is given to nobody, and goes with the stack', () => {
    expect(policies(template)).toHaveLength(3);
    for (const { Properties, DeletionPolicy } of policies(template)) {
      expect(JSON.stringify(Properties.PolicyDocument)).not.toContain('*');
      // moto forgets to delete it, so that only this says so.
      expect(DeletionPolicy).toBeUndefined();
      for (const member of ['Roles', 'Users', 'Groups']) expect(Properties[member] ?? []).toEqual([]);
    }
    expect(outputs()).toEqual(expect.arrayContaining(policies(template).map(({ id }) => ({ Ref: id }))));
  });

  it('has a name that is there once in the account, whatever Regions and pipelines share it', () => {
    const there = (region: string) => ({
      checkout: serviceInput('checkout', {
        cluster: `arn:aws:ecs:${region}:123456789012:cluster/production`,
        targetGroups: [`arn:aws:elasticloadbalancing:${region}:123456789012:targetgroup/checkout/73e2d6bc24d8a067`],
      }),
    });
    const installations = [
      { name: 'prod', region: 'eu-central-1' },
      { name: 'prod', region: 'eu-west-1' },
      { name: 'prod-eu-west-1', region: 'eu-central-1' },
      { name: 'test', region: 'eu-central-1' },
    ];
    const names = installations.flatMap(({ name, region }) =>
      policies(pipelineTemplate(recoveryWith(there(region), { name, region }))).map(
        ({ Properties }) => Properties.ManagedPolicyName,
      ),
    );
    expect(names).toHaveLength(12);
    expect(new Set(names).size).toBe(12);
    expect(names.slice(3, 6)).toEqual(['pause', 'approve', 'undo'].map((duty) => `paramedic-prod-eu-west-1-${duty}`));
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
    expect(`paramedic-${'x'.repeat(24)}-ap-southeast-7-approve`.length).toBeLessThanOrEqual(128);
  });

  it('is below the path of the installation', () => {
    const below = pipelineTemplate(recoveryWith(services, { rolePath: '/paramedic/' }));
    for (const { Properties } of policies(below)) expect(Properties.Path).toBe('/paramedic/');
  });
});
