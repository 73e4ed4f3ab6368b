import { describe, expect, it } from 'vitest';
import { environment } from '../../lambdas/contract/environment.ts';
import { grants } from '../../lambdas/contract/permissions.ts';
import { ofType, pipelineTemplate, recoveryWith, serviceInput } from './synthesized.ts';

const services = {
  checkout: serviceInput('checkout', { notify: ['checkout@example.com', 'shop@example.com'] }),
  search: serviceInput('search', { owner: 'platform', notify: ['checkout@example.com'] }),
  basket: serviceInput('basket', { notify: ['checkout@example.com'] }),
};
const pipeline = pipelineTemplate(recoveryWith(services));
const all = (type: string) => ofType(pipeline, type);
const text = (value: unknown): string => JSON.stringify(value);

const functions = all('AWS::Lambda::Function').filter(({ Properties }) =>
  /^Paramedic/.test(String(Properties.Description)),
);
const functionOf = (says: RegExp) => {
  const found = functions.find(({ Properties }) => says.test(String(Properties.Description)));
  if (found === undefined) throw new Error(`no function that ${says}`);
  return found;
};
const onSignal = functionOf(/takes signals in/);
const recover = functionOf(/the life of one incident/);
const actions = functions.filter(({ Properties }) => /carries out one order/.test(String(Properties.Description)));

describe('functions of the pipeline', () => {
  it('run on Node.js 24 on arm64, and write JSON lines', () => {
    expect(functions).toHaveLength(12);
    for (const { Properties } of functions)
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        LoggingConfig: { LogFormat: 'JSON' },
      });
  });

  it('carry no configuration of any service in their environment, which stays far below 4 KB', () => {
    for (const { Properties } of functions) {
      const { Variables } = Properties.Environment as { Variables: object };
      expect(text(Variables).length).toBeLessThan(1500);
      expect(text(Variables)).not.toMatch(/checkout|runbook|threshold/);
    }
  });

  it('know how many messages a topic gets where they tell people, and nowhere else', () => {
    const telling = (of: typeof functions) =>
      of.filter(({ Properties }) => text(Properties.Environment).includes(environment.messageLimit));
    expect(telling(functions).map(({ id }) => id.replace(/(sweep|recover|ended).*/i, '$1'))).toEqual(
      expect.arrayContaining(['Recover', 'WorkflowEnded', 'Sweep']),
    );
    expect(telling(functions)).toHaveLength(3);
    for (const { Properties } of telling(functions))
      expect(Properties.Environment).toMatchObject({
        Variables: { MESSAGE_LIMIT: '{"most":20,"window":{"minutes":10}}' },
      });
    const few = pipelineTemplate(recoveryWith(services, { messages: { most: 5, window: '2m' } }));
    expect(text(few).split('{\\"most\\":5,\\"window\\":{\\"minutes\\":2}}')).toHaveLength(4);
  });

  it('know each other by the names of the contract', () => {
    expect(text(onSignal.Properties.Environment)).toContain(environment.recoverFunction);
    const map = text(recover.Properties.Environment);
    for (const kind of Object.keys(grants)) expect(map).toContain(`\\"${kind}\\"`);
  });

  it('have no name of their own but on-signal, which other stacks know', () => {
    const named = functions.filter(({ Properties }) => 'FunctionName' in Properties);
    expect(named.map(({ Properties }) => Properties.FunctionName)).toEqual(['paramedic-prod-on-signal']);
  });

  it('keep the versions that open incidents run on', () => {
    const versions = all('AWS::Lambda::Version');
    expect(versions).toHaveLength(1 + actions.length);
    for (const version of versions) expect(version.DeletionPolicy).toBe('Retain');
  });

  it('reserve a little concurrency each, unless that is switched off', () => {
    for (const { Properties } of functions) expect(Properties.ReservedConcurrentExecutions).toBeLessThanOrEqual(10);
    const off = pipelineTemplate(recoveryWith(services, { reserveConcurrency: false }));
    expect(text(off)).not.toContain('ReservedConcurrentExecutions');
  });
});

describe('recover', () => {
  it('is durable and called through an alias of a version', () => {
    expect(recover.Properties.DurableConfig).toEqual({ ExecutionTimeout: 4 * 86_400, RetentionPeriodInDays: 30 });
    expect(all('AWS::Lambda::Alias')).toHaveLength(1);
    expect(text(onSignal.Properties.Environment)).toContain(all('AWS::Lambda::Alias')[0]?.id);
  });

  it('gets the versions of the action functions, so that an incident ends on the code it began with', () => {
    const versions = all('AWS::Lambda::Version').filter(({ id }) => id.startsWith('Actions'));
    expect(versions).toHaveLength(actions.length);
    for (const { id } of versions) expect(text(recover.Properties.Environment)).toContain(id);
  });

  it('may invoke the action functions and nothing else', () => {
    const invoked = allowed(recover).filter(({ Action }) => Action.includes('lambda:InvokeFunction'));
    const resources = invoked.flatMap(({ Resource }) => Resource).map((one) => text(one));
    expect(resources).toHaveLength(actions.length);
    for (const { id } of actions) expect(resources.some((one) => one.includes(id))).toBe(true);
  });
});

describe('stop', () => {
  const stop = functionOf(/pauses and resumes/);

  it('can write the ledger and read parameters, and nothing else: it wakes nobody and starts nothing', () => {
    const actions = allowed(stop).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/^(kms|logs):/.test(action)).toSorted()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'ssm:GetParameter',
    ]);
    expect(Object.keys((stop.Properties.Environment as { Variables: object }).Variables)).not.toContain(
      environment.recoverFunction,
    );
  });
});

describe('operate', () => {
  const operate = functionOf(/answers proposals and takes back/);

  it('changes no service: it writes the ledger, and wakes and starts the workflow of an incident', () => {
    const actions = allowed(operate).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/^(dynamodb|kms|logs):/.test(action)).toSorted()).toEqual([
      'lambda:InvokeFunction',
      'lambda:SendDurableExecutionCallbackSuccess',
    ]);
    const lambda = allowed(operate).filter(({ Action }) => Action.some((action) => action.startsWith('lambda:')));
    expect(text(lambda)).not.toMatch(/"Resource":\["\*"\]/);
    for (const { Resource } of lambda) expect(text(Resource)).toMatch(/Recover/);
  });

  it('completes callbacks of executions of recover, which are below the versions of its ARN', () => {
    const [callbacks] = allowed(operate).filter(({ Action }) =>
      Action.includes('lambda:SendDurableExecutionCallbackSuccess'),
    );
    expect(callbacks?.Resource).toEqual([{ 'Fn::Join': ['', [{ 'Fn::GetAtt': [recover.id, 'Arn'] }, ':*']] }]);
  });
});

describe('the three nets', () => {
  it('catch what is not delivered, what fails in on-signal, and what fails in recover', () => {
    expect(all('AWS::SQS::Queue').map(({ Properties }) => Properties.QueueName)).toEqual([
      'paramedic-prod-undelivered-signals',
      'paramedic-prod-failed-signals',
      'paramedic-prod-failed-workflows',
    ]);
    const rule = all('AWS::Events::Rule').find(
      ({ Properties }) => Properties.Name === 'paramedic-prod.pipeline.alarms',
    );
    expect(text(rule)).toContain('arn:aws:sqs:eu-central-1:123456789012:paramedic-prod-undelivered-signals');
    const invoke = all('AWS::Lambda::EventInvokeConfig').find(({ Properties }) =>
      text(Properties).includes(onSignal.id),
    );
    expect(invoke?.Properties).toMatchObject({ MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 2 });
    expect(text(invoke)).toContain('NetsFailedSignals');
    expect(text(recover.Properties.DeadLetterConfig)).toContain('NetsFailedWorkflows');
  });

  it('have an alarm on their depth each', () => {
    const watched = all('AWS::CloudWatch::Alarm').filter(
      ({ Properties }) => Properties.MetricName === 'ApproximateNumberOfMessagesVisible',
    );
    expect(watched.map(({ Properties }) => Properties.AlarmName)).toEqual([
      'paramedic-self/prod/undelivered-signals',
      'paramedic-self/prod/failed-signals',
      'paramedic-self/prod/failed-workflows',
    ]);
  });
});

describe('rules', () => {
  it('hear every alarm of this pipeline and of no other whose name begins alike', () => {
    const rule = all('AWS::Events::Rule').find(
      ({ Properties }) => Properties.Name === 'paramedic-prod.pipeline.alarms',
    );
    expect(rule?.Properties.EventPattern).toEqual({
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: { alarmName: [{ prefix: 'paramedic/prod/' }] },
    });
  });

  it('close the incident of a workflow of recover that died', () => {
    const rule = all('AWS::Events::Rule').find(({ Properties }) => /workflow-ended/.test(String(Properties.Name)));
    expect(rule?.Properties.EventPattern).toMatchObject({
      source: ['aws.lambda'],
      'detail-type': ['Durable Execution Status Change'],
      detail: { status: ['FAILED', 'TIMED_OUT', 'STOPPED'] },
    });
    expect(text(rule?.Properties.EventPattern)).toContain(recover.id);
  });

  it('may reach on-signal from every stack of this pipeline with one permission', () => {
    const permissions = all('AWS::Lambda::Permission').filter(({ Properties }) =>
      text(Properties).includes(onSignal.id),
    );
    expect(permissions.map(({ Properties }) => Properties.SourceArn)).toEqual([
      'arn:aws:events:eu-central-1:123456789012:rule/paramedic-prod.*',
    ]);
  });
});

describe('the ledger', () => {
  it('is paid per request, can be restored to any second, is encrypted, kept, and forgets only history', () => {
    const [table] = all('AWS::DynamoDB::Table');
    expect(table?.DeletionPolicy).toBe('Retain');
    expect(table?.Properties).toMatchObject({
      TableName: 'paramedic-prod-ledger',
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    });
  });

  it('goes with the stacks where the installation says so', () => {
    const gone = pipelineTemplate(recoveryWith(services, { removal: 'destroy' }));
    const [table] = ofType(gone, 'AWS::DynamoDB::Table');
    expect(table?.DeletionPolicy).toBe('Delete');
    expect(table?.Properties.DeletionProtectionEnabled).toBe(false);
  });

  it('gets the pause item when Paramedic is installed, once, and never again', () => {
    const [pause] = all('Custom::ParamedicPauseState');
    expect(Object.keys(pause?.Properties ?? {}).sort()).toEqual(['Create', 'InstallLatestAwsSdk', 'ServiceToken']);
    expect(text(pause?.Properties.Create)).toContain('attribute_not_exists(pk)');
    expect(text(pause?.Properties.Create)).toContain('ConditionalCheckFailedException');
  });
});

describe('messages', () => {
  const subscriptions = all('AWS::SNS::Subscription').map(({ Properties }) => Properties);
  const to = (email: string) =>
    subscriptions
      .filter(({ Endpoint }) => Endpoint === email)
      .map(({ TopicArn, FilterPolicy }) => [text(TopicArn), FilterPolicy]);

  it('go to one topic per owner', () => {
    expect(all('AWS::SNS::Topic').map(({ Properties }) => Properties.TopicName)).toEqual([
      'paramedic-prod-shop',
      'paramedic-prod-platform',
      'paramedic-prod_self',
    ]);
  });

  it('reach each address once per topic: owners get all, the others their services and summaries', () => {
    expect(to('checkout@example.com')).toEqual([
      [expect.stringContaining('Messagesshop'), { $or: [{ service: ['checkout', 'basket'] }, { kind: ['summary'] }] }],
      [expect.stringContaining('Messagesplatform'), { $or: [{ service: ['search'] }, { kind: ['summary'] }] }],
    ]);
    expect(to('shop@example.com').filter(([topic]) => String(topic).includes('Messagesshop'))).toEqual([
      [expect.stringContaining('Messagesshop'), undefined],
    ]);
  });

  it('go to the topic the installation names, each owner filtered to its services', () => {
    const topicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call';
    const named = pipelineTemplate(recoveryWith(services, { topicArn }));
    expect(ofType(named, 'AWS::SNS::Topic').map(({ Properties }) => Properties.TopicName)).toEqual([
      'paramedic-prod_self',
    ]);
    const platform = ofType(named, 'AWS::SNS::Subscription').find(
      ({ Properties }) => Properties.TopicArn === topicArn && Properties.Endpoint === 'platform@example.com',
    );
    expect(platform?.Properties.FilterPolicy).toEqual({ $or: [{ service: ['search'] }, { kind: ['summary'] }] });
  });
});

describe('alarms on Paramedic itself', () => {
  const alarms = all('AWS::CloudWatch::Alarm');
  const pointedAt = [
    ...new Set(alarms.flatMap(({ Properties }) => Properties.AlarmActions as { Ref: string }[]).map(({ Ref }) => Ref)),
  ];

  it('match no rule of a pipeline', () => {
    for (const { Properties } of alarms) expect(Properties.AlarmName).toMatch(/^paramedic-self\/prod\/[a-z-]+(-2)?$/);
  });

  it('go to a topic that no function may publish to', () => {
    expect(pointedAt).toHaveLength(1);
    const published = functions.flatMap(allowed).filter(({ Action }) => Action.includes('sns:Publish'));
    expect(published.length).toBeGreaterThan(0);
    expect(text(published)).not.toContain(pointedAt[0]);
    expect(text(published)).not.toContain('paramedic-prod_self');
  });

  it('really arrive: topic and key let CloudWatch in, for every topic an alarm points at', () => {
    for (const id of pointedAt) {
      const key = pipeline.Resources[id]?.Properties.KmsMasterKeyId as { 'Fn::GetAtt': [string] };
      const keyPolicy = pipeline.Resources[key['Fn::GetAtt'][0]]?.Properties.KeyPolicy as { Statement: object[] };
      expect(keyPolicy.Statement).toContainEqual(
        expect.objectContaining({
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
        }),
      );
      const policy = all('AWS::SNS::TopicPolicy').find(({ Properties }) => text(Properties.Topics).includes(id));
      expect(policy?.Properties.PolicyDocument).toHaveProperty(
        'Statement',
        expect.arrayContaining([
          expect.objectContaining({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
          }),
        ]),
      );
    }
  });

  it('speak of every function, of throttling, of dead workflows, and of messages nobody got', () => {
    const names = alarms.map(({ Properties }) => String(Properties.AlarmName).split('/').at(-1));
    for (const kind of Object.keys(grants)) expect(names).toContain(`${kind}-errors`);
    expect(names).toEqual(
      expect.arrayContaining([
        'stop-errors',
        'api-failures',
        'on-signal-errors',
        'recover-errors',
        'throttled',
        'throttled-2',
        'workflow-died',
        'error-budget-spent',
        'settings-unusable',
        'nobody-told-paramedic-prod-shop',
      ]),
    );
  });
});

describe('the installation', () => {
  it('stands before there is any service', () => {
    expect(ofType(pipelineTemplate(recoveryWith({})), 'AWS::Lambda::Function').length).toBeGreaterThan(7);
  });

  it('gives every role its path and boundary', () => {
    const permissionsBoundary = 'arn:aws:iam::123456789012:policy/boundary';
    const roles = ofType(
      pipelineTemplate(recoveryWith(services, { rolePath: '/paramedic/', permissionsBoundary })),
      'AWS::IAM::Role',
    );
    expect(roles.length).toBeGreaterThan(8);
    for (const { Properties } of roles)
      expect(Properties).toMatchObject({ Path: '/paramedic/', PermissionsBoundary: permissionsBoundary });
  });

  it('keeps logs as long as it says', () => {
    const groups = ofType(pipelineTemplate(recoveryWith(services, { logRetention: '30d' })), 'AWS::Logs::LogGroup');
    for (const { Properties } of groups) expect(Properties.RetentionInDays).toBe(30);
  });

  it('uses the key it is given, and makes none', () => {
    const kmsKeyArn = 'arn:aws:kms:eu-central-1:123456789012:key/0123abcd';
    const given = pipelineTemplate(recoveryWith(services, { kmsKeyArn }));
    expect(ofType(given, 'AWS::KMS::Key')).toEqual([]);
    expect(text(ofType(given, 'AWS::DynamoDB::Table'))).toContain(kmsKeyArn);
  });

  it('builds every ARN in its own partition', () => {
    const arn = (value: string) => value.replace('arn:aws:', 'arn:aws-cn:').replace('eu-central-1', 'cn-north-1');
    const input = serviceInput('checkout');
    const china = recoveryWith(
      { checkout: { ...input, cluster: arn(input.cluster ?? ''), targetGroups: (input.targetGroups ?? []).map(arn) } },
      { region: 'cn-north-1' },
    );
    expect(text(pipelineTemplate(china))).not.toMatch(/arn:aws:/);
  });
});

type Statement = { readonly Effect: string; readonly Action: readonly string[]; readonly Resource: readonly unknown[] };
const listed = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** What the function's role allows, over all its policies. */
function allowed({ Properties }: { readonly Properties: Readonly<Record<string, unknown>> }): readonly Statement[] {
  const role = (Properties.Role as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0];
  return [...all('AWS::IAM::Policy'), ...all('AWS::IAM::ManagedPolicy')]
    .filter(({ Properties: policy }) => text(policy.Roles ?? []).includes(`"${role}"`))
    .flatMap(({ Properties: policy }) => (policy.PolicyDocument as { Statement: Statement[] }).Statement)
    .filter(({ Effect }) => Effect === 'Allow')
    .map(({ Effect, Action, Resource }) => ({ Effect, Action: listed<string>(Action), Resource: listed(Resource) }));
}
