import type { DurableExecutionInvocationInput } from '@aws/durable-execution-sdk-js';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { actionFunctionsIn } from '../../lambdas/aws/action-functions.ts';
import { reading } from '../../lambdas/aws/clients.ts';
import { operatorPorts } from '../../lambdas/aws/operator-ports.ts';
import { actionPorts, recoverPorts, signalPorts, sweepPorts, workflowEndedPorts } from '../../lambdas/aws/ports.ts';
import { serviceChanges } from '../../lambdas/aws/service-changes.ts';
import { stopPorts } from '../../lambdas/aws/stop-ports.ts';
import { targetChanges } from '../../lambdas/aws/target-changes.ts';
import { awsTaskLogs } from '../../lambdas/aws/task-logs.ts';
import type { Environment } from '../../lambdas/aws/variables.ts';
import { durable } from '../../lambdas/aws/workflow.ts';
import { controlsAttributes, installedControls } from '../../lambdas/contract/controls-item.ts';
import { environment } from '../../lambdas/contract/environment.ts';
import type { ActionKind } from '../../lambdas/contract/names.ts';
import { grants } from '../../lambdas/contract/permissions.ts';
import type { TaskLogs } from '../../lambdas/ports/sight.ts';
import type { RoleName } from '../../lib/constructs/permission-matrix.ts';
import { taskArn } from '../pipeline/build.ts';
import { deployments, ecsTask, published, quiet, world } from '../recorded/answers.ts';
import type { Answers, RecordedAccount, RecordedRequest } from '../recorded/recorded-account.ts';
import { cancelled, RememberedItems } from '../recorded/remembered-items.ts';
import type { Call } from './calls.ts';
import type { Installed } from './installed.ts';
import { type Asked, callbackOf } from './needs.ts';

/** A request that a function made, and the port whose call led to it; of the changes, the change. */
export type Made = { readonly who: RoleName; readonly port: string; readonly request: Asked };

/** What all of these calls make of requests to AWS, and what Lambda and the installation are asked beside. */
export async function allRequests(
  aws: RecordedAccount,
  runs: readonly (readonly Call[])[],
  installed: Installed,
): Promise<readonly Made[]> {
  const replay = new Replay(aws, installed);
  for (const calls of runs) await replay.run(calls);
  for (const kind of Object.keys(grants) as ActionKind[]) await replay.invoke(kind);
  return [...replay.made, installed.installationRequest()];
}

/** The ports of each function over AWS, wired as its handler wires them. */
const wirings: Readonly<Record<Exclude<RoleName, 'installation'>, (env: Environment) => object>> = {
  'on-signal': signalPorts,
  recover: recoverPorts,
  sweep: sweepPorts,
  'workflow-ended': workflowEndedPorts,
  stop: stopPorts,
  operate: operatorPorts,
  'deregister-target': (env) => ({ ...actionPorts(env), change: targetChanges() }),
  'register-target': (env) => ({ ...actionPorts(env), change: targetChanges() }),
  'replace-task': (env) => ({ ...actionPorts(env), change: serviceChanges() }),
  'restart-service': (env) => ({ ...actionPorts(env), change: serviceChanges() }),
  'roll-back-deployment': (env) => ({ ...actionPorts(env), change: serviceChanges() }),
  'roll-forward-deployment': (env) => ({ ...actionPorts(env), change: serviceChanges() }),
};

/** A service with all there is to ask about: a task on an instance, one that has stopped, a deployment rolled back. */
const eventful = world({
  running: [[taskArn(1), taskArn(2)]],
  stopped: [[taskArn(3)]],
  task: (arn) => ({
    ...ecsTask(arn),
    ...(arn.includes('00000002') ? onInstance(arn) : {}),
    ...(arn.includes('00000003') ? { lastStatus: 'STOPPED', stoppedAt: 1767600060 } : {}),
  }),
  deployments: [
    deployments(
      { n: 44, at: 4000, status: 'IN_PROGRESS' },
      { n: 43, at: 3000, status: 'ROLLBACK_SUCCESSFUL' },
      { n: 42, at: 2000 },
    ),
  ],
  rollbacks: { 43: 42 },
});

const onInstance = (arn: string) => ({
  attachments: [],
  containers: [{ name: 'app', networkBindings: [{ containerPort: 8080, hostPort: 32768 }] }],
  containerInstanceArn: arn.replace(':task/', ':container-instance/'),
});

/** Ports whose calls find what was written in the same run. */
const stores: ReadonlySet<string> = new Set(['ledger', 'log', 'fleet', 'outbox', 'openIncidents']);
const writing = 'dynamodb.TransactWriteItems';

/** Makes calls again through the adapters of AWS, one of each shape, and notes the requests. */
class Replay {
  readonly made: Made[] = [];
  readonly #aws: RecordedAccount;
  readonly #installed: Installed;
  readonly #account: Answers;
  readonly #ports = new Map<RoleName, object>();
  readonly #seen = new Set<string>();
  readonly #recover: string;

  constructor(aws: RecordedAccount, installed: Installed) {
    this.#aws = aws;
    this.#installed = installed;
    this.#recover = `${installed.functionArn('recover')}:7`;
    const services = installed.recovery.services.map(({ settings }) => settings);
    this.#account = { ...quiet, ...eventful, 'ssm.GetParameter': published(services) };
  }

  get #execution(): string {
    return `${this.#recover}/durable-execution/simulated-incident/1`;
  }

  /** The calls of one run, in their order: a ledger of its own remembers what they wrote. */
  async run(calls: readonly Call[]): Promise<void> {
    const items = new RememberedItems();
    items.put(controlsAttributes(installedControls));
    const isNew = (call: Call): boolean => !this.#seen.has(shapeOf(call));
    const writesAnew = calls.some((call) => stores.has(call.port) && isNew(call));
    for (const call of calls) {
      // What is written must be there for what comes after it.
      if (call.port === 'workflow' || !(isNew(call) || (writesAnew && isWrite(call)))) continue;
      this.#seen.add(shapeOf(call));
      await this.#again(call, { ...this.#account, ...items.answers });
    }
  }

  /** By the durable SDK itself: no simulated workflow asks Lambda for a step, or for an action. */
  async invoke(kind: ActionKind): Promise<void> {
    const { ACTION_FUNCTIONS = '' } = this.#installed.environment('recover');
    const functions = actionFunctionsIn(ACTION_FUNCTIONS, environment.actionFunctions);
    const handler = durable(
      async (workflow) => {
        await workflow.step('look', async () => null);
        return workflow.act('act', kind, { incidentId: 'incident', orderId: '1' });
      },
      () => ({ ports: {}, functions }),
    );
    this.#aws.answer(this.#account);
    const context = { functionName: 'recover', awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 };
    await this.#noting('recover', 'workflow', () =>
      handler(invocation(this.#execution), context as Parameters<typeof handler>[1]),
    );
  }

  async #again(call: Call, account: Answers): Promise<void> {
    const { who, port, method, args, went } = call;
    const name = port === 'change' ? `change.${method}` : port;
    const given = port === 'callbacks' ? [callbackOf(this.#execution)] : args;
    const make = methodOf(this.#portsOf(who), port, method);
    this.#aws.answer(account);
    await this.#noting(who, name, () => make(...given)).catch((cause: unknown) => {
      // One that went well in the simulated account must go well here, else its requests are not all there.
      if (went === 'well') throw new Error(`${who}: ${port}.${method} failed`, { cause });
    });
    const key = `${who} ${port}.${method}, otherwise`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    await this.#noting(who, name, () => this.#otherwise(call, account, () => make(...given))).catch(() => undefined);
  }

  /** What else may become of such a call: a condition of its write fails, or its query takes too long. */
  async #otherwise(call: Call, account: Answers, make: () => Promise<unknown>): Promise<void> {
    if (call.port === 'taskLogs') {
      this.#aws.answer({ ...account, 'logs.GetQueryResults': { json: { status: 'Running' } } });
      await impatient().read(...(call.args as Parameters<TaskLogs['read']>));
    }
    if (!isWrite(call)) return;
    const clash = ({ body }: RecordedRequest) => {
      this.#aws.answer(account);
      const { TransactItems } = body as { TransactItems: readonly unknown[] };
      return cancelled(...TransactItems.map(() => 'ConditionalCheckFailed'));
    };
    this.#aws.answer({ ...account, [writing]: clash });
    await make();
  }

  async #noting(who: RoleName, port: string, make: () => Promise<unknown>): Promise<void> {
    const before = this.#aws.requests.length;
    try {
      await make();
    } finally {
      for (const request of this.#aws.requests.slice(before)) this.made.push({ who, port, request });
    }
  }

  #portsOf(who: RoleName): object {
    if (who === 'installation') throw new Error('The installation is no function of ours.');
    const known = this.#ports.get(who) ?? wirings[who](this.#installed.environment(who));
    this.#ports.set(who, known);
    return known;
  }
}

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** A call of a function's port over AWS. */
function methodOf(ports: object, port: string, method: string): Method {
  const found: unknown = Reflect.get(ports, port);
  const member: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, method) : undefined;
  if (typeof member !== 'function') throw new Error(`There is no ${port}.${method} over AWS.`);
  return (...args) => Reflect.apply(member, found, args) as Promise<unknown>;
}

/** Task logs that wait no longer than they must for a query that does not end. */
function impatient(): TaskLogs {
  let now = Date.now();
  const pause = async () => {
    now += 60_000;
  };
  return awsTaskLogs(new CloudWatchLogsClient(reading), { now: () => now }, pause);
}

const reads: ReadonlySet<string> = new Set(
  'incident entries recent condemned incidents order heard awaited read readAll list services'.split(' '),
);
const isWrite = ({ port, method }: Call): boolean => (stores.has(port) || port === 'controls') && !reads.has(method);

/** The same for calls that IAM cannot tell apart: ids, addresses, times, texts and how many there are make no difference. */
const shapeOf = ({ who, port, method, args }: Call): string =>
  `${who} ${port}.${method} ${JSON.stringify(shape(args))}`;

function shape(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((one) => JSON.stringify(shape(one))))];
  if (typeof value === 'string') return value.replace(id, 'ID');
  if (typeof value !== 'object' || value === null) return typeof value;
  const { id: name, kind = '', service, resources } = value as Readonly<Record<string, unknown>>;
  if (resources !== undefined) return name;
  // An entry, a signal, an order, a message.
  if (typeof service === 'string') return [kind, service];
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shape(one)]));
}

const id =
  /[0-9a-f]{32,}|\d+\.\d+\.\d+\.\d+|\d{8}-\d{6}-[a-z0-9]+|(?<=(?:service-deployment|service-revision)\/[^/]+\/[^/]+\/)[\w-]+/g;

/** An execution whose state did not fit into the event (https://docs.aws.amazon.com/lambda/latest/dg/durable-functions.html). */
const invocation = (DurableExecutionArn: string): DurableExecutionInvocationInput => ({
  DurableExecutionArn,
  CheckpointToken: 'first',
  InitialExecutionState: {
    Operations: [
      {
        Id: 'execution',
        Type: 'EXECUTION',
        Status: 'STARTED',
        ExecutionDetails: { InputPayload: '{}' },
        StartTimestamp: new Date(),
      },
    ],
    NextMarker: 'more',
  },
});
