import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { awsLedger } from '../../lambdas/aws/ledger.ts';
import { Table } from '../../lambdas/aws/table.ts';
import { controlsAttributes, installedControls } from '../../lambdas/contract/controls-item.ts';
import type { ActionKind } from '../../lambdas/contract/names.ts';
import { grants } from '../../lambdas/contract/permissions.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { Ledger } from '../../lambdas/ports/ledger.ts';
import { httpApiEvent, iamOf } from '../operator/http-api-event.ts';
import { cluster, digest, groupA, taskArn, taskDefinition } from '../pipeline/build.ts';
import { callbackOf } from '../privilege/needs.ts';
import {
  deployments,
  ecsTask,
  published,
  quiet,
  service,
  targetHealth,
  targetMember,
  world,
} from '../recorded/answers.ts';
import { type Answers, failure, type RecordedRequest, useRecordedAccount } from '../recorded/recorded-account.ts';
import { RememberedItems } from '../recorded/remembered-items.ts';
import { type Deployed, Deployment } from './deployed.ts';
import { ordered, signal } from './orders.ts';
import { runFunction } from './run-function.ts';

// How each function is put together: that it finds AWS by its environment and does its part. What becomes of a service when
// they work together is shown on moto: test/moto/end-to-end.

const aws = useRecordedAccount();
const deployment = new Deployment();
const incidentId = '20260105-120000-abcdefgh';
const denied = failure('AccessDeniedException', 'Not authorized.');
const health = 'elasticloadbalancing.DescribeTargetHealth';
const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
let settings: ServiceSettings;
let items: RememberedItems;
/** What is answered: the service runs well, and what was written is there. */
let account: Answers;
let ledger: Ledger;

beforeAll(async () => {
  await deployment.synthesize();
  settings = deployment.settings('checkout');
});
afterAll(() => deployment.remove());
beforeEach(() => {
  items = new RememberedItems();
  items.put(controlsAttributes(installedControls));
  account = { ...quiet, ...tasks(), ...items.answers, 'ssm.GetParameter': published([settings]) };
  aws.answer(account);
  ledger = awsLedger(new Table('paramedic-prod-ledger', new DynamoDBClient({ ...repeatable, endpoint: aws.endpoint })));
});

type Given = {
  readonly running?: readonly number[];
  readonly stopped?: readonly number[];
  /** Of targets, by their task; `gone` for one that is not registered. */
  readonly states?: Readonly<Record<number, string>>;
  /** The release that is being deployed: again, or back. */
  readonly deploying?: number;
};

/** Three tasks in the load balancer, on release 42, which 41 came before; and what is different. */
function tasks({ running = [1, 2, 3], stopped = [], states = {}, deploying }: Given = {}): Answers {
  const ago = (hours: number) => Math.floor(Date.now() / 1000) - hours * 3600;
  const gone = { lastStatus: 'STOPPED', desiredStatus: 'STOPPED', stoppedAt: ago(0), stoppedReason: 'By Paramedic' };
  const image = (n: number) => ({ containerName: 'app', image: `${registry}/checkout:${n}`, imageDigest: digest(n) });
  const newest = deploying === undefined ? [] : deployments({ n: 43, at: ago(0), status: 'IN_PROGRESS' });
  return {
    ...world({
      service: service({ desiredCount: 3, runningCount: 3 }),
      running: [running.map(taskArn)],
      stopped: [stopped.map(taskArn)],
      task: (arn) => ({
        ...ecsTask(arn),
        containers: [{ name: 'app', imageDigest: digest(42) }],
        createdAt: ago(48),
        startedAt: ago(48),
        ...(stopped.some((n) => taskArn(n) === arn) ? gone : {}),
      }),
      deployments: [[...newest, ...deployments({ n: 42, at: ago(72) }, { n: 41, at: ago(168) })]],
      revision: (n) => {
        const of = n === 43 ? (deploying ?? n) : n;
        return { taskDefinition: taskDefinition(of), containerImages: [image(of)] };
      },
    }),
    [health]: targetHealth(
      ...running.filter((n) => states[n] !== 'gone').map((n) => targetMember(`10.0.0.${n}`, states[n] ?? 'healthy')),
    ),
  };
}

async function run(name: Deployed, event: unknown, environment: Readonly<Record<string, string>> = {}) {
  const { bundle, environment: own } = deployment.function(name);
  return runFunction(bundle, event, aws.endpoint, { ...own, ...environment });
}

/** As CloudWatch sends it. */
const alarm = (name = 'paramedic/prod/checkout/errors', value = 'ALARM') => ({
  version: '0',
  id: '2dde0eb1-528b-d2d5-9ca6-6d590caf2329',
  'detail-type': 'CloudWatch Alarm State Change',
  source: 'aws.cloudwatch',
  account: '123456789012',
  time: '2026-01-05T12:00:01Z',
  region: 'eu-central-1',
  resources: [`arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${name}`],
  detail: {
    alarmName: name,
    configuration: { description: 'Too many requests fail.', metrics: [] },
    previousState: {
      value: value === 'ALARM' ? 'OK' : 'ALARM',
      reason: 'r',
      timestamp: '2026-01-05T11:00:00.000+0000',
    },
    state: { value, reason: 'Threshold Crossed', reasonData: '{}', timestamp: '2026-01-05T12:00:00.000+0000' },
  },
});

describe('every function, as it is deployed', () => {
  /** The services of the guardrails' looks, which every action's function repeats. */
  const looks = [
    'Application Auto Scaling',
    'CloudFormation',
    'DynamoDB',
    'ECR',
    'ECS',
    'Elastic Load Balancing v2',
    'SNS',
  ];
  /** How the SDK's own credentials come from elsewhere than the environment. */
  const ofCredentials = ['SSO', 'SSO OIDC', 'STS', 'Signin'];

  it.each<[Deployed, readonly string[]]>([
    ['on-signal', ['DynamoDB', 'Lambda', 'SSM']],
    ['stop', ['DynamoDB', 'SSM']],
    ['operate', ['DynamoDB', 'Lambda']],
    ['workflow-ended', [...looks, 'SSM']],
    ['sweep', [...looks, 'CloudWatch', 'Lambda', 'SSM']],
    ['recover', [...looks, 'CloudWatch', 'CloudWatch Logs', 'Lambda', 'SSM']],
    ...(Object.keys(grants) as ActionKind[]).map((kind): [Deployed, readonly string[]] => [kind, looks]),
  ])('%s carries the clients of what it asks, and no other', (name, services) => {
    const code = readFileSync(deployment.function(name).bundle, 'utf8');
    const clients = [...code.matchAll(/\bserviceId:\w+\?\.serviceId\?\?"([^"]+)"/g)].map(([, service]) => service);
    expect(new Set(clients)).toEqual(new Set([...services, ...ofCredentials]));
  });
});

describe('on-signal, as it is deployed', () => {
  it('opens an incident for an alarm and starts its workflow', async () => {
    const { result } = await run('on-signal', alarm());
    expect(result).toMatchObject({ opened: true, incidentId: expect.stringMatching(/^\d{8}-\d{6}-[a-z0-9]{8}$/) });
    const { incidentId: id } = result as { incidentId: string };
    expect(aws.operations()).toEqual([
      'dynamodb.GetItem', // what is open
      'ssm.GetParameter', // is the service listed
      'ssm.GetParameter', // is the service configured
      'dynamodb.GetItem',
      'dynamodb.TransactWriteItems', // open, with the signal
      'lambda.Invoke', // recover
      'dynamodb.GetItem',
      'dynamodb.GetItem',
      'dynamodb.TransactWriteItems', // started
    ]);
    const invoke = aws.requests.find(({ operation }) => operation === 'lambda.Invoke');
    const { RECOVER_FUNCTION } = deployment.function('on-signal').environment;
    expect(invoke?.path).toBe(`/2015-03-31/functions/${encodeURIComponent(RECOVER_FUNCTION ?? '')}/invocations`);
    expect(invoke?.headers).toMatchObject({
      'x-amz-durable-execution-name': `prod-${id}`,
      'x-amz-security-token': 'token',
    });
    expect(await ledger.incident(id)).toMatchObject({ service: 'checkout', status: 'started', fence: 1 });
  });

  it.each([
    ['another pipeline’s alarm', alarm('paramedic/dev/checkout/errors'), 'other-pipeline'],
    ['what is no event', 'hello', 'not-an-event'],
  ])('answers %s without asking AWS anything', async (_, event, ignored) => {
    expect((await run('on-signal', event)).result).toMatchObject({ ignored });
    expect(aws.requests).toEqual([]);
  });

  it('says which variable of its environment is missing', async () => {
    const { error } = await run('on-signal', alarm(), { LEDGER_TABLE: '' });
    expect(error).toBe('The environment variable LEDGER_TABLE is not set; the stack sets it on every function.');
  });
});

describe('the function of each action, as it is deployed', () => {
  const target = {
    Version: expect.any(String),
    TargetGroupArn: groupA,
    'Targets.member.1.Id': '10.0.0.1',
    'Targets.member.1.Port': '8080',
  };
  const ofService = { cluster, service: 'checkout' };
  const reason = 'Replaced by Paramedic: task 00000000 was sick and has drained.';
  /** The one request each makes, what the service is like before it, and what afterwards. */
  type Case = { readonly before?: object; readonly change: string; readonly body: object; readonly after: object };
  const cases = (): { readonly [K in ActionKind]: Case } => ({
    'deregister-target': {
      change: 'elasticloadbalancing.DeregisterTargets',
      body: { Action: 'DeregisterTargets', ...target },
      after: tasks({ states: { 1: 'draining' } }),
    },
    'register-target': {
      before: tasks({ states: { 1: 'draining' } }),
      change: 'elasticloadbalancing.RegisterTargets',
      body: { Action: 'RegisterTargets', ...target },
      after: tasks({ states: { 1: 'initial' } }),
    },
    'replace-task': {
      before: tasks({ states: { 1: 'gone' } }),
      change: 'ecs.StopTask',
      body: { cluster, task: taskArn(1), reason },
      after: tasks({ running: [2, 3, 4], stopped: [1] }),
    },
    'restart-service': {
      change: 'ecs.UpdateService',
      body: { ...ofService, forceNewDeployment: true },
      after: tasks({ deploying: 42 }),
    },
    'roll-back-deployment': {
      change: 'ecs.UpdateService',
      body: { ...ofService, taskDefinition: taskDefinition(41) },
      after: tasks({ deploying: 41 }),
    },
    'roll-forward-deployment': {
      change: 'ecs.UpdateService',
      body: { ...ofService, taskDefinition: taskDefinition(41) },
      after: tasks({ deploying: 41 }),
    },
  });

  it.each(Object.keys(grants) as ActionKind[])('%s carries out its order with one change', async (kind) => {
    const { before = {}, change, body, after } = cases()[kind];
    const made = quiet[change] ?? {};
    const changing = () => {
      aws.answer({ ...account, ...after });
      return made as object;
    };
    aws.answer({ ...account, ...before, [change]: changing });
    const incident = await ledger.open(signal(Date.now()), incidentId, Date.now());
    await ledger.append([ordered(kind, incident, settings, Date.now())]);
    aws.requests.length = 0;
    const { result } = await run(kind, { incidentId, orderId: '1' });
    expect(result, JSON.stringify(result)).toMatchObject({ kind: 'done', receipt: { kind: 'changed' } });
    const reads = /\.(Describe|Get|List)|^dynamodb\./;
    const changes = aws.requests.filter(({ operation }) => !reads.test(operation));
    expect(changes.map(({ operation, body: sent }) => ({ operation, sent }))).toEqual([
      { operation: change, sent: body },
    ]);
  });

  it('changes nothing without an order in the ledger', async () => {
    const { result } = await run('deregister-target', { incidentId, orderId: '1' });
    expect(result).toMatchObject({ kind: 'refused', reason: 'order.unknown' });
  });
});

describe('sweep, as it is deployed', () => {
  const schedule = { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };

  it('finds nothing to do in a quiet account, with three questions', async () => {
    expect((await run('sweep', schedule)).result).toEqual({ pickedUp: 0, outside: 0, failed: [] });
    expect(aws.operations()).toEqual(['monitoring.DescribeAlarms', 'dynamodb.Query', 'dynamodb.Query']);
  });

  it('takes in an alarm that fires unheard and starts its workflow', async () => {
    const since = Math.floor(Date.now() / 1000) - 600;
    const firing = {
      AlarmName: 'paramedic/prod/checkout/errors',
      StateValue: 'ALARM',
      StateTransitionedTimestamp: since,
    };
    aws.answer({ ...account, 'monitoring.DescribeAlarms': { json: { MetricAlarms: [firing] } } });
    expect((await run('sweep', schedule)).result).toMatchObject({ pickedUp: 1, failed: [] });
    expect(await ledger.heard('checkout')).toEqual({ 'paramedic/prod/checkout/errors': since * 1000 });
    expect(aws.operations()).toContain('lambda.Invoke');
  });

  it('hands over the incident of a workflow that died unheard', async () => {
    const ago = Date.now() - 1_800_000;
    await ledger.open(signal(ago), incidentId, ago);
    await ledger.markStarted(incidentId);
    const died = { Status: 'STOPPED', EndTimestamp: Math.floor(Date.now() / 1000) - 900 };
    aws.answer({ ...account, 'lambda.GetDurableExecution': { json: died } });
    expect((await run('sweep', schedule)).result).toMatchObject({ failed: [] });
    expect(await ledger.incident(incidentId)).toMatchObject({ status: 'closed' });
    expect(aws.bodies('sns.Publish')).toHaveLength(1);
  });

  it('fails when a part of it could not be done, so that an alarm goes off', async () => {
    aws.answer({ ...account, 'monitoring.DescribeAlarms': failure('AccessDenied', 'No.') });
    expect((await run('sweep', schedule)).error).toMatch(/^The sweep could not do all: look for alarms: /);
  });
});

describe('workflow-ended, as it is deployed', () => {
  const ended = {
    'detail-type': 'Durable Execution Status Change',
    source: 'aws.lambda',
    detail: { durableExecutionName: `prod-${incidentId}`, status: 'FAILED', functionArn: 'arn:recover:7' },
  };

  it('hands the incident over, frees its service and tells those whom the published configuration names', async () => {
    await ledger.open(signal(Date.now()), incidentId, Date.now());
    expect((await run('workflow-ended', ended)).result).toEqual({ abandoned: incidentId });
    expect(await ledger.incident(incidentId)).toMatchObject({ status: 'closed' });
    expect((await ledger.entries(incidentId)).map(({ kind }) => kind)).toContain('HandedOver');
    expect(aws.bodies('sns.Publish')).toMatchObject([{ Subject: expect.stringContaining('checkout') }]);
  });

  it('frees the service and fails when nobody can be told, so that the net keeps the event', async () => {
    await ledger.open(signal(Date.now()), incidentId, Date.now());
    aws.answer({ ...account, 'ssm.GetParameter': failure('ParameterNotFound', 'There is none.') });
    const { error } = await run('workflow-ended', ended);
    expect(error).toBe(
      `Nobody can be told that the incident ${incidentId} was handed over. The service "checkout" has no configuration.`,
    );
    expect(await ledger.incident(incidentId)).toMatchObject({ status: 'closed' });
    expect(aws.bodies('sns.Publish')).toEqual([]);
  });
});

/** Who pauses, approves and takes back. */
const ann = 'arn:aws:sts::123456789012:assumed-role/on-call/ann';
const bob = ann.replace('ann', 'bob');
const requestId = '3f2b8c1e-5d6a-4c7b-9e8f-0a1b2c3d4e5f';
const ask = async (name: 'stop' | 'operate', route: string, body: object, iam: unknown = iamOf(ann)) => {
  const ran = await run(name, httpApiEvent(route, { id: requestId, ...body }, { iam }));
  const { statusCode, body: text = 'null' } = (ran.result ?? {}) as { statusCode?: number; body?: string };
  return { ...ran, statusCode, answer: JSON.parse(text) as unknown };
};
const controls = (sort: RegExp) => items.all().filter(({ pk, sk }) => pk?.S === 'CONTROLS' && sort.test(sk?.S ?? ''));

describe('stop, as it is deployed', () => {
  const pause = { service: 'checkout', why: 'Größe "M"' };
  it('pauses a service for whoever API Gateway names, and writes down who asked, when and why', async () => {
    const { statusCode, answer, log } = await ask('stop', 'pause', pause);
    const says = 'Paused: nothing is changed for checkout until somebody resumes it.';
    expect({ statusCode, answer }).toEqual({ statusCode: 200, answer: { kind: 'done', says, by: ann } });
    expect(controls(/^SERVICE/)).toEqual([
      {
        pk: { S: 'CONTROLS' },
        sk: { S: 'SERVICE#checkout' },
        paused: { BOOL: true },
        by: { S: ann },
        why: { S: pause.why },
      },
    ]);
    const [asked, answered] = controls(/^LOG/);
    expect(asked).toMatchObject({ kind: { S: 'pause' }, by: { S: ann }, why: { S: pause.why } });
    expect(answered).toMatchObject({ kind: { S: 'done' }, answer: { S: JSON.stringify({ kind: 'done', says }) } });
    expect(log).toContain(ann);
    expect(log).not.toMatch(/AKIAIOSFODNN7EXAMPLE|CERT_CONTENT/);
  });

  it('pauses for so long from its own clock on', async () => {
    const before = Date.now();
    await ask('stop', 'pause', { ...pause, for: '90m' });
    const until = Number(controls(/^SERVICE/)[0]?.until?.N);
    expect(until).toBeGreaterThanOrEqual(before + 90 * 60_000);
    expect(until).toBeLessThanOrEqual(Date.now() + 90 * 60_000);
  });

  it('does what a request asks for once, and answers it alike when it comes again', async () => {
    const { answer: first } = await ask('stop', 'pause', pause);
    await ask('stop', 'resume', { id: requestId.replace('3f', '4f'), service: 'checkout', why: 'over' });
    expect(await ask('stop', 'pause', pause)).toMatchObject({ statusCode: 200, answer: first });
    expect(controls(/^SERVICE/)).toMatchObject([{ paused: { BOOL: false } }]);
  });

  it.each<readonly [string, object, unknown]>([
    ['for something else', { ...pause, why: 'lunch' }, iamOf(ann)],
    ['by somebody else', pause, iamOf(bob)],
  ])('refuses the id of a request when it is used %s', async (_, body, iam) => {
    await ask('stop', 'pause', pause);
    const before = controls(/^SERVICE|^LOG/);
    expect(await ask('stop', 'pause', body, iam)).toMatchObject({
      statusCode: 409,
      answer: { kind: 'refused', says: 'Another request had this id, so nothing was done: ask with a new one.' },
    });
    expect(controls(/^SERVICE|^LOG/)).toEqual(before);
  });

  it.each<readonly [string, unknown]>([
    ['null', null],
    ['empty', {}],
    ['without an ARN', { ...iamOf(ann), userArn: null }],
    ['of another account', iamOf(ann.replace('123456789012', '210987654321'))],
  ])('refuses a request whose iam is %s, and asks AWS nothing', async (_, iam) => {
    expect(await ask('stop', 'pause', pause, iam)).toMatchObject({
      statusCode: 409,
      answer: { kind: 'refused', says: expect.stringContaining('Who asks is not known'), by: null },
    });
    expect(aws.requests).toEqual([]);
  });

  it.each<readonly [string, string, object]>([
    ['with a field too many', 'pause', { ...pause, by: 'ann' }],
    ['for another function', 'undo', { incident: incidentId, why: 'x' }],
  ])('answers a request %s with 400, and asks AWS nothing', async (_, route, body) => {
    expect(await ask('stop', route, body)).toMatchObject({ statusCode: 400, answer: { kind: 'refused', by: ann } });
    expect(aws.requests).toEqual([]);
  });

  it('fails when the ledger cannot be reached, having changed nothing', async () => {
    aws.respond(() => denied);
    expect(await ask('stop', 'pause', pause)).toMatchObject({ error: 'Not authorized.' });
  });
});

describe('operate, as it is deployed', () => {
  async function proposal(id: string) {
    const opened = await ledger.open(signal(Date.now()), incidentId, Date.now());
    const { order } = ordered('deregister-target', opened, settings, Date.now());
    await ledger.append([
      {
        kind: 'ApprovalRequested',
        id: `${id}.asked`,
        incident: incidentId,
        service: 'checkout',
        at: Date.now(),
        ruling: { verdict: { kind: 'allow' }, findings: [], bite: 'ask' },
        request: {
          id,
          rung: 'rung',
          proposals: [order.proposal],
          expiresAt: Date.now() + 900_000,
          world: { desired: 3, healthy: 3, deployments: [], subject: [] },
        },
      },
    ]);
    const recover = (deployment.function('operate').environment.RECOVER_FUNCTION ?? '').replace(/[^:]+$/, '7');
    await ledger.awaitWord({ incidentId, requestId: id }, callbackOf(`${recover}/durable-execution/prod-1/1`));
  }
  const given = async () => (await ledger.entries(incidentId)).filter(({ kind }) => kind === 'ApprovalGiven');
  const approval = { incident: incidentId, request: '1', why: 'go on' };

  it('writes an approval down once, wakes the workflow, and answers alike when it is asked again', async () => {
    await proposal('1');
    const first = await ask('operate', 'approve', approval);
    expect(first).toMatchObject({ statusCode: 200, answer: { kind: 'done', by: ann } });
    expect(await given()).toMatchObject([{ requestId: '1', by: ann, why: 'go on' }]);
    expect(aws.operations()).toContain('lambda.SendDurableExecutionCallbackSuccess');
    const woken = aws.requests.length;
    expect(await ask('operate', 'approve', approval)).toMatchObject({ statusCode: 200, answer: first.answer });
    expect(aws.requests.slice(woken).map(({ operation }) => operation)).not.toContain(
      'lambda.SendDurableExecutionCallbackSuccess',
    );
    expect(await given()).toHaveLength(1);
  });

  it('refuses an approval meant for a proposal that another has replaced, and names that one', async () => {
    await proposal('1');
    const at = Date.now();
    const of = { incident: incidentId, service: 'checkout', at, requestId: '1', says: 'A deployment has begun.' };
    await ledger.append([{ ...of, kind: 'ApprovalVoided', id: '2.voided' }]);
    await proposal('2');
    expect(await ask('operate', 'approve', approval)).toMatchObject({
      statusCode: 409,
      answer: { kind: 'refused', says: expect.stringContaining('What waits for an answer now is proposal 2: ') },
    });
    expect(await given()).toEqual([]);
  });

  it('does not pause: that is for another function', async () => {
    expect(await ask('operate', 'pause', { why: 'x' })).toMatchObject({ statusCode: 400 });
    expect(aws.requests).toEqual([]);
  });
});

describe('recover, as it is deployed', () => {
  /** In the last four minutes one request of six has failed, and task 1 alone has seen it. */
  const sick: Answers = {
    [health]: targetHealth(
      ...[1, 2, 3].map((n) => targetMember(`10.0.0.${n}`, 'healthy', n === 1 ? 'anomalous' : 'normal')),
    ),
    'monitoring.GetMetricData': ({ body }: RecordedRequest) => {
      const { MetricDataQueries, StartTime, EndTime } = body as MetricRequest;
      const starts = Array.from({ length: (EndTime - StartTime) / 60 }, (_, minute) => StartTime + minute * 60);
      const measured = (id: string, fails: boolean) =>
        ({
          g0_requests: 1200,
          g0_target2xx: fails ? 1000 : 1200,
          g0_target5xx: fails ? 200 : 0,
          g0_latency: 0.05,
          g0_healthyHosts: 3,
          g0_unhealthyHosts: 0,
          s_memory: 40,
          s_cpu: 20,
        })[id];
      const MetricDataResults = MetricDataQueries.map(({ Id }) => {
        const Values = starts.map((start) => measured(Id, start >= EndTime - 240));
        return { Id, StatusCode: 'Complete', ...(Values[0] === undefined ? {} : { Timestamps: starts, Values }) };
      });
      return { json: { MetricDataResults } };
    },
    'logs.GetQueryResults': {
      json: {
        status: 'Complete',
        results: [1, 2, 3].map((n) => {
          const row = { requests: 1200, errors: n === 1 ? 600 : 0, slow: 0 };
          const counts = Object.entries(row).map(([field, value]) => ({ field, value: String(value) }));
          return [{ field: '@logStream', value: `ecs/app/${taskArn(n).split('/').at(-1)}` }, ...counts];
        }),
      },
    },
  };

  it('keeps its execution with Lambda, and leaves the first action to it', async () => {
    const opened = await ledger.open(signal(Date.now() - 60_000), incidentId, Date.now());
    const recover = (deployment.function('on-signal').environment.RECOVER_FUNCTION ?? '').replace(/[^:]+$/, '7');
    const execution = `${recover}/durable-execution/prod-1/1`;
    aws.answer({ ...account, ...sick });
    const { result } = await run('recover', {
      DurableExecutionArn: execution,
      CheckpointToken: 'first',
      InitialExecutionState: {
        Operations: [
          {
            Id: 'execution',
            Type: 'EXECUTION',
            Status: 'STARTED',
            StartTimestamp: Date.now(),
            ExecutionDetails: { InputPayload: JSON.stringify({ incidentId: opened.id }) },
          },
        ],
      },
    });
    expect(result).toEqual({ Status: 'PENDING' });
    const asked = aws.requests.filter(({ operation }) => operation === 'lambda.CheckpointDurableExecution');
    const path = `/2025-12-01/durable-executions/${encodeURIComponent(execution)}/checkpoint`;
    expect(new Set(asked.map((one) => one.path))).toEqual(new Set([path]));
    const checkpoints = asked.map(({ body }) => body as { CheckpointToken: string });
    expect(checkpoints.map(({ CheckpointToken }) => CheckpointToken)).toEqual([
      'first',
      ...checkpoints.slice(1).map(() => 'next'),
    ]);
    const arns = JSON.parse(deployment.function('recover').environment.ACTION_FUNCTIONS ?? '{}') as Record<
      string,
      string
    >;
    expect(checkpoints.at(-1)).toMatchObject({
      Updates: [
        {
          Type: 'CHAINED_INVOKE',
          Action: 'START',
          Payload: JSON.stringify({ incidentId, orderId: '1' }),
          ChainedInvokeOptions: { FunctionName: arns['deregister-target'] },
        },
      ],
    });
    expect(aws.operations()).not.toContain('elasticloadbalancing.DeregisterTargets');
  });
});

type MetricRequest = {
  readonly MetricDataQueries: { readonly Id: string }[];
  readonly StartTime: number;
  readonly EndTime: number;
};
