import { statSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { awsLedger } from '../../lambdas/aws/ledger.ts';
import { Table } from '../../lambdas/aws/table.ts';
import type { ActionKind } from '../../lambdas/contract/names.ts';
import { grants } from '../../lambdas/contract/permissions.ts';
import { answerProposal } from '../../lambdas/pipeline/answer-proposal.ts';
import type { Ledger } from '../../lambdas/ports/ledger.ts';
import { ann, identity, pauseCheckout, signed, tampered } from '../aws/proofs.ts';
import { useWire } from '../aws/wire.ts';
import { failure, queryFailure } from '../aws/wire-server.ts';
import { runIn } from './child.ts';
import { type Deployed, Deployment } from './deployed.ts';
import { address, definition, deploymentId, FakeAccount, taskId } from './fake-account.ts';
import { ordered, signal } from './orders.ts';

const wire = useWire();
const deployment = new Deployment();
const incidentId = '20260105-120000-abcdefgh';
let account: FakeAccount;
let ledger: Ledger;

beforeAll(() => deployment.synthesize(), 120_000);
afterAll(() => deployment.remove());
beforeEach(() => {
  account = new FakeAccount(deployment.settings('checkout'), Date.now());
  wire.server.respond((request) => account.respond(request));
  const client = new DynamoDBClient({ ...repeatable, endpoint: wire.endpoint });
  ledger = awsLedger(new Table('paramedic-prod-ledger', client));
});

async function run(name: Deployed, event: unknown, environment: Readonly<Record<string, string>> = {}) {
  const { bundle, environment: own } = deployment.function(name);
  const before = wire.server.requests.length;
  const answer = await runIn('run-function.mjs', [bundle], event, wire.endpoint, { ...own, ...environment });
  expect(deployment.denied(name, wire.server.requests.slice(before))).toEqual([]);
  return answer;
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
  it.each([
    'on-signal',
    'recover',
    'workflow-ended',
    'operate',
    'sweep',
    ...(Object.keys(grants) as ActionKind[]),
  ] as const)('%s is small enough to start fast: at most 450 KB, and recover 510', (name) => {
    const most = name === 'recover' ? 510_000 : 450_000;
    expect(statSync(deployment.function(name).bundle).size).toBeLessThanOrEqual(most);
  });
});

describe('on-signal, as it is deployed', () => {
  it('opens an incident for an alarm and starts its workflow', async () => {
    const { result } = await run('on-signal', alarm());
    expect(result).toMatchObject({ opened: true, incidentId: expect.stringMatching(/^\d{8}-\d{6}-[a-z0-9]{8}$/) });
    const { incidentId: id } = result as { incidentId: string };
    expect(wire.server.operations()).toEqual([
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
    const invoke = wire.server.requests.find(({ operation }) => operation === 'lambda.Invoke');
    const { RECOVER_FUNCTION } = deployment.function('on-signal').environment;
    expect(invoke?.path).toBe(`/2015-03-31/functions/${encodeURIComponent(RECOVER_FUNCTION ?? '')}/invocations`);
    expect(invoke?.headers).toMatchObject({
      'x-amz-durable-execution-name': `prod-${id}`,
      'x-amz-security-token': 'token',
    });
    expect(await ledger.incident(id)).toMatchObject({ service: 'checkout', status: 'started', fence: 1 });
  });

  it('starts the workflow again when it died between opening and starting', async () => {
    wire.server.respond((request) =>
      request.operation === 'lambda.Invoke'
        ? failure('AccessDeniedException', 'Not authorized.')
        : account.respond(request),
    );
    expect(await run('on-signal', alarm())).toMatchObject({ error: 'Not authorized.' });
    wire.server.respond((request) => account.respond(request));
    expect((await run('on-signal', alarm())).result).toMatchObject({ ignored: 'duplicate' });
    expect(wire.server.bodies('lambda.Invoke')).toHaveLength(2);
  });

  it.each([
    ['another pipeline’s alarm', alarm('paramedic/dev/checkout/errors'), 'other-pipeline'],
    ['somebody’s alarm', alarm('cpu'), 'not-our-alarm'],
    ['what is no event', 'hello', 'not-an-event'],
  ])('answers %s without asking AWS anything', async (_, event, ignored) => {
    expect((await run('on-signal', event)).result).toMatchObject({ ignored });
    expect(wire.server.requests).toEqual([]);
  });

  it('fails when the ledger cannot be reached, so that Lambda brings the event again', async () => {
    wire.server.respond(() => failure('AccessDeniedException', 'Not authorized.'));
    expect(await run('on-signal', alarm())).toMatchObject({ error: 'Not authorized.' });
  });

  it('says which variable of its environment is missing', async () => {
    const { error } = await run('on-signal', alarm(), { LEDGER_TABLE: '' });
    expect(error).toBe('The environment variable LEDGER_TABLE is not set; the stack sets it on every function.');
  });
});

describe('the function of each action, as it is deployed', () => {
  const { cluster, service } = {
    cluster: 'arn:aws:ecs:eu-central-1:123456789012:cluster/production',
    service: 'checkout',
  };
  const targets = {
    Version: expect.any(String),
    TargetGroupArn: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/checkout/73e2d6bc24d8a067',
    'Targets.member.1.Id': address(1),
    'Targets.member.1.Port': '8080',
  };

  /** The one request each makes, and how the account must be for it. */
  const cases: { readonly [K in ActionKind]: { readonly change: object; readonly given?: () => void } } = {
    'deregister-target': {
      change: { operation: 'DeregisterTargets', body: { Action: 'DeregisterTargets', ...targets } },
    },
    'register-target': {
      change: { operation: 'RegisterTargets', body: { Action: 'RegisterTargets', ...targets } },
      given: () => account.targets.set(1, 'draining'),
    },
    'replace-task': {
      change: {
        operation: 'StopTask',
        body: { cluster, task: taskId(1), reason: 'Replaced by Paramedic: task 00000000 was sick and has drained.' },
      },
      given: () => account.targets.delete(1),
    },
    'restart-service': { change: { operation: 'UpdateService', body: { cluster, service, forceNewDeployment: true } } },
    'roll-back-deployment': {
      change: { operation: 'UpdateService', body: { cluster, service, taskDefinition: definition(41) } },
    },
    'roll-forward-deployment': {
      change: { operation: 'UpdateService', body: { cluster, service, taskDefinition: definition(41) } },
    },
  };
  const kinds = Object.keys(grants) as ActionKind[];

  async function order(kind: ActionKind) {
    cases[kind].given?.();
    const incident = await ledger.open(signal(Date.now()), incidentId, Date.now());
    await ledger.append([ordered(kind, incident, account.settings, Date.now())]);
    return { incidentId, orderId: '1' };
  }

  it.each(kinds)('%s carries out its order with one change, and once', async (kind) => {
    const ref = await order(kind);
    expect(await run(kind, ref)).toMatchObject({ result: { kind: 'done', receipt: { kind: 'changed' } } });
    expect(account.changes).toEqual([cases[kind].change]);
    const again = (await run(kind, ref)).result;
    expect(again).toMatchObject({ kind: expect.stringMatching(/^(done|refused)$/) });
    expect(account.changes).toHaveLength(1);
  });

  it.each(kinds)('%s changes nothing without an order in the ledger', async (kind) => {
    const { result } = await run(kind, { incidentId, orderId: '1' });
    expect(result).toMatchObject({ kind: 'refused', reason: 'order.unknown' });
    expect(account.changes).toEqual([]);
  });

  it('stops a deployment that still runs by AWS’s own rollback', async () => {
    const [newest] = account.releases;
    if (newest) newest.status = 'IN_PROGRESS';
    const incident = await ledger.open(signal(Date.now()), incidentId, Date.now());
    const entry = ordered('roll-back-deployment', incident, account.settings, Date.now());
    const { proposal } = entry.order;
    const subject = { ...proposal.subject, way: 'stop-running' } as typeof proposal.subject;
    await ledger.append([{ ...entry, order: { ...entry.order, proposal: { ...proposal, subject } } }]);
    expect((await run('roll-back-deployment', { incidentId, orderId: '1' })).result).toMatchObject({ kind: 'done' });
    expect(account.changes).toEqual([
      { operation: 'StopServiceDeployment', body: { serviceDeploymentArn: deploymentId(42), stopType: 'ROLLBACK' } },
    ]);
  });

  it('does nothing for an order of another action', async () => {
    const ref = await order('deregister-target');
    expect((await run('replace-task', ref)).result).toMatchObject({ kind: 'refused', reason: 'order.unknown' });
  });

  it('does nothing while somebody has paused Paramedic', async () => {
    const ref = await order('deregister-target');
    account.dynamodb.put({ pk: { S: 'CONTROLS' }, sk: { S: 'SERVICE#checkout' }, paused: { BOOL: true } });
    expect((await run('deregister-target', ref)).result).toMatchObject({ kind: 'refused', reason: 'controls.paused' });
    expect(account.changes).toEqual([]);
  });

  it('takes a change whose answer was lost for unknown, having asked for it once', async () => {
    const ref = await order('deregister-target');
    let asked = 0;
    wire.server.respond((request) => {
      if (!request.operation.endsWith('.DeregisterTargets')) return account.respond(request);
      asked++;
      return 'drop';
    });
    expect((await run('deregister-target', ref)).result).toMatchObject({ kind: 'unknown' });
    expect(asked).toBe(1);
  });
});

describe('sweep, as it is deployed', () => {
  const schedule = { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };

  it('finds nothing to do in a quiet account, with two questions', async () => {
    expect((await run('sweep', schedule)).result).toEqual({ pickedUp: 0, outside: 0, failed: [] });
    expect(wire.server.operations()).toEqual(['monitoring.DescribeAlarms', 'dynamodb.Query']);
  });

  it('takes in an alarm that fires unheard and starts its workflow', async () => {
    const since = Math.floor(Date.now() / 1000) - 600;
    account.firing = [
      { AlarmName: 'paramedic/prod/checkout/errors', StateValue: 'ALARM', StateTransitionedTimestamp: since },
    ];
    expect((await run('sweep', schedule)).result).toMatchObject({ pickedUp: 1, failed: [] });
    expect(await ledger.heard('checkout')).toEqual({ 'paramedic/prod/checkout/errors': since * 1000 });
    expect(wire.server.operations()).toContain('lambda.Invoke');
  });

  it('hands over the incident of a workflow that died unheard', async () => {
    const ago = Date.now() - 1_800_000;
    await ledger.open(signal(ago), incidentId, ago);
    await ledger.markStarted(incidentId);
    account.execution = { Status: 'STOPPED', EndTimestamp: Math.floor(Date.now() / 1000) - 900 };
    expect((await run('sweep', schedule)).result).toMatchObject({ failed: [] });
    expect(await ledger.incident(incidentId)).toMatchObject({ status: 'closed' });
    expect(account.messages).toHaveLength(1);
    expect(account.changes).toEqual([]);
  });

  it('fails when a part of it could not be done, so that an alarm goes off', async () => {
    wire.server.respond((request) =>
      request.operation === 'monitoring.DescribeAlarms' ? failure('AccessDenied', 'No.') : account.respond(request),
    );
    expect((await run('sweep', schedule)).error).toMatch(/^The sweep could not do all: look for alarms: /);
  });
});

describe('workflow-ended, as it is deployed', () => {
  const ended = (status: string) => ({
    'detail-type': 'Durable Execution Status Change',
    source: 'aws.lambda',
    detail: { durableExecutionName: `prod-${incidentId}`, status, functionArn: 'arn:recover:7' },
  });

  it('hands the incident over and frees its service', async () => {
    const incident = await ledger.open(signal(Date.now()), incidentId, Date.now());
    const opened = { kind: 'IncidentOpened', id: 'opened', incident: incidentId, service: 'checkout' } as const;
    await ledger.append([
      { ...opened, at: incident.openedAt, openedAt: incident.openedAt, settings: account.settings },
    ]);
    expect((await run('workflow-ended', ended('FAILED'))).result).toEqual({ abandoned: incidentId });
    expect(await ledger.incident(incidentId)).toMatchObject({ status: 'closed' });
    expect((await ledger.entries(incidentId)).map(({ kind }) => kind)).toContain('HandedOver');
    expect(account.messages).toHaveLength(1);
    expect(account.changes).toEqual([]);
  });

  it('tells people by the published configuration when the workflow died before its first entry', async () => {
    await ledger.open(signal(Date.now()), incidentId, Date.now());
    expect((await run('workflow-ended', ended('TIMED_OUT'))).result).toEqual({ abandoned: incidentId });
    expect(await ledger.incident(incidentId)).toMatchObject({ status: 'closed' });
    expect(account.messages).toMatchObject([{ status: 'trigger', subject: expect.stringContaining('checkout') }]);
  });

  it('frees the service and fails when nobody can be told, so that the net keeps the event', async () => {
    await ledger.open(signal(Date.now()), incidentId, Date.now());
    wire.server.respond((request) =>
      request.operation === 'ssm.GetParameter'
        ? failure('ParameterNotFound', 'There is none.')
        : account.respond(request),
    );
    const { error } = await run('workflow-ended', ended('FAILED'));
    expect(error).toBe(
      `Nobody can be told that the incident ${incidentId} was handed over. The service "checkout" has no configuration.`,
    );
    expect(await ledger.incident(incidentId)).toMatchObject({ status: 'closed' });
    expect(account.messages).toEqual([]);
  });

  it('leaves the incident of a workflow that succeeded alone', async () => {
    await ledger.open(signal(Date.now()), incidentId, Date.now());
    expect((await run('workflow-ended', ended('SUCCEEDED'))).result).toEqual({ abandoned: null });
    expect(await ledger.incident(incidentId)).toMatchObject({ status: 'starting' });
  });
});

describe('operate, as it is deployed', () => {
  const sts = { xml: identity() };
  beforeEach(() => {
    account.dynamodb.peopleWrite = true;
    wire.server.respond((request) => (request.operation === 'sts.GetCallerIdentity' ? sts : account.respond(request)));
  });
  const items = (sort: RegExp) =>
    account.dynamodb.all().filter(({ pk, sk }) => pk?.S === 'CONTROLS' && sort.test(sk?.S ?? ''));

  it('pauses a service for whom STS names, and writes down who asked, when and why', async () => {
    const request = await signed(pauseCheckout, Date.now());
    const { result, log } = await run('operate', request);
    const says = 'Paused: nothing is changed for checkout until somebody resumes it.';
    expect(result).toEqual({ kind: 'done', says, by: ann });
    expect(items(/^SERVICE/)).toEqual([
      {
        pk: { S: 'CONTROLS' },
        sk: { S: 'SERVICE#checkout' },
        paused: { BOOL: true },
        by: { S: ann },
        why: { S: pauseCheckout.why },
      },
    ]);
    const [asked, answered] = items(/^LOG/);
    expect(asked).toMatchObject({ kind: { S: 'pause' }, by: { S: ann }, why: { S: pauseCheckout.why } });
    expect(answered).toMatchObject({ kind: { S: 'done' }, answer: { S: JSON.stringify({ kind: 'done', says }) } });
    expect(log).toContain(ann);
    const { authorization = '', 'x-amz-security-token': token = '' } = request.proof.headers;
    const kept = `${log}${JSON.stringify(account.dynamodb.all())}`;
    for (const secret of [authorization.slice(-64), 'AWS4-HMAC', `"${token}"`]) expect(kept).not.toContain(secret);
  });

  it('does what a request asks for once, and answers it alike when it comes again', async () => {
    const request = await signed(pauseCheckout, Date.now());
    const first = (await run('operate', request)).result;
    await run('operate', await signed({ kind: 'resume', service: 'checkout', why: 'over' }, Date.now()));
    expect((await run('operate', request)).result).toEqual(first);
    expect(items(/^SERVICE/)).toMatchObject([{ paused: { BOOL: false } }]);
  });

  it.each<[string, (request: Awaited<ReturnType<typeof signed>>) => unknown, RegExp]>([
    ['no object', () => 'pause', /^A request is/],
    ['no proof', ({ operation }) => ({ operation }), /^A request is .* it has no proof of who asks\.$/],
    ['somebody named in it', (request) => ({ ...request, by: 'ann' }), /^A request is .* and nothing else\.$/],
    [
      'a name in the operation',
      ({ operation, proof }) => ({ operation: { ...operation, by: 'ann' }, proof }),
      /^by is not known/,
    ],
    [
      'an argument that was changed',
      ({ operation, proof }) => ({ operation: { ...operation, service: null }, proof }),
      /signed for another operation/,
    ],
    [
      'a header that is no line',
      ({ operation, proof }) => ({ operation, proof: tampered(proof, { host: 'a\r\nx: y' }) }),
      /no line of printable ASCII/,
    ],
  ])('refuses a request with %s, asks nobody and writes nothing', async (_, change, says) => {
    const { result } = await run('operate', change(await signed(pauseCheckout, Date.now())));
    expect(result).toEqual({ kind: 'refused', says: expect.stringMatching(says), by: null });
    expect(wire.server.requests).toEqual([]);
  });

  it('refuses a proof that is too old', async () => {
    const { result } = await run('operate', await signed(pauseCheckout, Date.now() - 400_000));
    expect(result).toMatchObject({
      kind: 'refused',
      says: expect.stringContaining('the proof is 7 min old'),
      by: null,
    });
  });

  it('refuses whom STS does not know, and writes nothing', async () => {
    wire.server.respond((request) =>
      request.operation === 'sts.GetCallerIdentity'
        ? queryFailure('SignatureDoesNotMatch', 'It does not.', 403)
        : account.respond(request),
    );
    const { result } = await run('operate', await signed(pauseCheckout, Date.now()));
    expect(result).toMatchObject({ kind: 'refused', says: expect.stringContaining('SignatureDoesNotMatch'), by: null });
    expect(items(/^SERVICE|^LOG/)).toEqual([]);
  });

  it('fails when the ledger cannot be reached, having changed nothing', async () => {
    wire.server.respond((request) => {
      if (request.operation === 'sts.GetCallerIdentity') return sts;
      return failure('AccessDeniedException', 'Not authorized.');
    });
    expect(await run('operate', await signed(pauseCheckout, Date.now()))).toMatchObject({ error: 'Not authorized.' });
  });
});

describe('recover, as it is deployed', () => {
  it('keeps its execution with Lambda, and leaves the first action to it', async () => {
    const opened = await ledger.open(signal(Date.now() - 60_000), incidentId, Date.now());
    const recover = (deployment.function('on-signal').environment.RECOVER_FUNCTION ?? '').replace(/[^:]+$/, '7');
    const execution = `${recover}/durable-execution/prod-1/1`;
    const checkpoint = `/2025-12-01/durable-executions/${encodeURIComponent(execution)}/checkpoint`;
    wire.server.respond((request) =>
      request.path === checkpoint
        ? { json: { CheckpointToken: 'next', NewExecutionState: {} } }
        : account.respond(request),
    );
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
    const checkpoints = wire.server.requests.filter(({ path }) => path === checkpoint).map(({ body }) => body);
    expect(checkpoints[0]).toMatchObject({ CheckpointToken: 'first' });
    expect(checkpoints.slice(1)).toEqual(
      checkpoints.slice(1).map(() => expect.objectContaining({ CheckpointToken: 'next' })),
    );
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
    expect(account.changes).toEqual([]);
  }, 60_000);

  it('treats one failing task of three, from the first look to the last message', async () => {
    account.settings = {
      ...account.settings,
      timing: { ...account.settings.timing, lap: { seconds: 1 }, orderExpires: { hours: 1 } },
    };
    const opened = await ledger.open(signal(Date.now() - 60_000), incidentId, Date.now());
    const { bundle, environment } = deployment.function('recover');
    const arns = JSON.parse(environment.ACTION_FUNCTIONS ?? '{}') as Record<ActionKind, string>;
    const actions = Object.fromEntries(
      (Object.keys(grants) as ActionKind[]).map((kind) => [arns[kind], deployment.function(kind).bundle]),
    );
    const acts = ['deregister-target', 'replace-task'] as const;
    const what = { bundle, actions, start: { incidentId: opened.id }, speed: 30 };
    const { result } = await runIn('run-recover.mjs', [], what, wire.endpoint, environment);
    // They all run in one process here: what none of them may do, nobody may have done.
    const roles = ['recover', ...acts] as const;
    const denied = wire.server.requests.filter((one) =>
      roles.every((name) => deployment.denied(name, [one]).length > 0),
    );
    expect(denied).toEqual([]);
    expect(result).toEqual({ status: 'SUCCEEDED', outcome: 'recovered' });
    expect(account.changes.map(({ operation }) => operation)).toEqual(['DeregisterTargets', 'StopTask']);
    expect(account.messages.map(({ status }) => status)).toEqual(['trigger', 'update', 'resolve']);
    expect(await ledger.incident(incidentId)).toMatchObject({ status: 'closed' });
  }, 120_000);

  it('waits for an approval, and goes on as soon as it is woken', async () => {
    account.settings = {
      ...account.settings,
      mode: 'approve',
      timing: {
        ...account.settings.timing,
        lap: { seconds: 1 },
        orderExpires: { hours: 1 },
        watchEvery: { hours: 8 },
        approvalWithin: { hours: 8 },
        incidentWithin: { hours: 9 },
      },
    };
    const opened = await ledger.open(signal(Date.now() - 60_000), incidentId, Date.now());
    const woken: string[] = [];
    wire.server.respond((request) =>
      request.path === '/woken' ? { json: { woken: woken.length > 0 } } : account.respond(request),
    );
    const { bundle, environment } = deployment.function('recover');
    const arns = JSON.parse(environment.ACTION_FUNCTIONS ?? '{}') as Record<ActionKind, string>;
    const actions = Object.fromEntries(
      (Object.keys(grants) as ActionKind[]).map((kind) => [arns[kind], deployment.function(kind).bundle]),
    );
    const what = { bundle, actions, start: { incidentId: opened.id }, speed: 30, word: 'word 1' };
    const running = runIn('run-recover.mjs', [], what, wire.endpoint, environment);
    await vi.waitUntil(() => ledger.awaited(incidentId), { timeout: 60_000, interval: 200 });
    expect(account.changes).toEqual([]);
    expect(account.messages.map(({ subject }) => subject)).toContainEqual(expect.stringContaining('MAY I?'));
    const ports = { clock: { now: Date.now }, ledger, callbacks: { wake: async (id: string) => void woken.push(id) } };
    const approve = { kind: 'approve', incident: incidentId, why: 'a test' } as const;
    expect(await answerProposal(approve, 'ann', ports)).toMatchObject({ kind: 'done' });
    const { result } = await running;
    expect(woken).toEqual([await ledger.awaited(incidentId)]);
    expect(result).toEqual({ status: 'SUCCEEDED', outcome: 'recovered' });
    expect(account.changes.map(({ operation }) => operation)).toEqual(['DeregisterTargets', 'StopTask']);
    expect(account.messages.map(({ status }) => status)).toEqual(['trigger', 'update', 'update', 'resolve']);
  }, 120_000);
});
