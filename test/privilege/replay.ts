import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { reading } from '../../lambdas/aws/clients.ts';
import { awsTaskLogs } from '../../lambdas/aws/task-logs.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { ServiceFacts, TaskLogs } from '../../lambdas/ports/sight.ts';
import type { RoleName } from '../../lib/constructs/permission-matrix.ts';
import type { WireServer } from '../aws/wire-server.ts';
import type { Asked } from './needed.ts';
import { callbackOf } from './needs-of-lambda.ts';
import type { Call } from './recorded-calls.ts';
import { ReplayAccount } from './replay-account.ts';
import { withMoreToAsk } from './service-answers.ts';
import { methodOf, portsOf } from './wired-ports.ts';

/** A request that a function made, and the port whose call led to it; of the changes, the change. */
export type Made = { readonly who: RoleName; readonly port: string; readonly request: Asked };

type Environments = (name: RoleName) => Readonly<Record<string, string>>;

/** Ports that tell a function something, in a way that does not depend on what was called before. */
const looks: ReadonlySet<string> = new Set([
  'targets',
  'services',
  'images',
  'audience',
  'routing',
  'protection',
  'stacks',
  'scaling',
  'controls',
  'metrics',
  'taskLogs',
  'settings',
  'notifier',
  'workflows',
  'alarms',
  'executions',
  'change',
]);
/** Calls of the ledger that write nothing, so that one of each is enough in a run. */
const reads: ReadonlySet<string> = new Set([
  'incident',
  'entries',
  'recent',
  'condemned',
  'incidents',
  'order',
  'heard',
]);

/** Makes calls again through the adapters of AWS, each distinct one once, and notes the requests. */
export class Replay {
  readonly made: Made[] = [];
  readonly #wire: WireServer;
  readonly #environment: Environments;
  readonly #services: readonly ServiceSettings[];
  readonly #ports = new Map<RoleName, object>();
  readonly #seen = new Set<string>();
  /** The execution that waits for whoever is called back. */
  readonly #execution: string;

  constructor(
    wire: WireServer,
    services: readonly ServiceSettings[],
    environment: Environments,
    recoverVersion: string,
  ) {
    this.#execution = `${recoverVersion}/durable-execution/simulated-incident/1`;
    this.#wire = wire;
    this.#services = services;
    this.#environment = environment;
  }

  /** The calls of one run, in their order: a ledger of its own remembers what they wrote. */
  async run(calls: readonly Call[]): Promise<void> {
    const account = new ReplayAccount(this.#services);
    const inThisRun = new Set<string>();
    this.#wire.respond((request) => account.respond(request));
    for (const call of calls) {
      if (call.port === 'workflow') continue;
      const seen = looks.has(call.port) ? this.#seen : inThisRun;
      const key = keyOf(call);
      if (key !== null && seen.has(key)) continue;
      if (key !== null) seen.add(key);
      await this.#again(call, account);
    }
  }

  async #again(call: Call, account: ReplayAccount): Promise<void> {
    const method = methodOf(this.#portsOf(call.who), call.port, call.method);
    account.peopleWrite = call.who === 'stop' || call.who === 'operate';
    if (call.port === 'services' && call.answer !== undefined) {
      const facts = call.answer as ServiceFacts;
      for (const described of [withMoreToAsk(facts), { facts, network: 'awsvpc' } as const]) {
        account.described = described;
        await this.#note(call, () => method(...call.args));
      }
      return;
    }
    const args = call.port === 'callbacks' ? [callbackOf(this.#execution)] : call.args;
    await this.#note(call, () => method(...args));
    if (call.port !== 'taskLogs') return;
    account.queriesEnd = false;
    await this.#note(call, () => impatient().read(...(call.args as ReadArgs)), true);
    account.queriesEnd = true;
  }

  /** Makes the call; one that went well in the simulated account must go well here, else its requests are not all there. */
  async #note({ who, port, method, went }: Call, again: () => Promise<unknown>, mayFail = false): Promise<void> {
    const before = this.#wire.requests.length;
    try {
      await again();
    } catch (error) {
      if (went === 'well' && !mayFail) throw new Error(`${who}: ${port}.${method} failed`, { cause: error });
    }
    const name = port === 'change' ? `change.${method}` : port;
    for (const request of this.#wire.requests.slice(before)) this.made.push({ who, port: name, request });
  }

  #portsOf(who: RoleName): object {
    const known = this.#ports.get(who) ?? portsOf(who, this.#environment(who));
    this.#ports.set(who, known);
    return known;
  }
}

type ReadArgs = Parameters<TaskLogs['read']>;

/** Task logs that wait no longer than they must for a query that does not end. */
function impatient(): TaskLogs {
  let now = Date.now();
  const clock = { now: () => now };
  const pause = async () => {
    now += 60_000;
  };
  return awsTaskLogs(new CloudWatchLogsClient(reading), clock, pause);
}

/** By what a call is known as one that was made before; null for one that is made each time. */
function keyOf({ who, port, method, args, answer }: Call): string | null {
  if (port === 'ledger' && !reads.has(method)) return null;
  const key = `${who} ${port}.${method}`;
  if (port === 'ledger') return key;
  if (port === 'outbox') return `${key} ${String(args[0])}`;
  if (port === 'metrics') return `${key} ${(args[0] as ServiceSettings).id}`;
  // A query takes a second; what one needs on one log group is held against those of all services.
  if (port === 'taskLogs') return `${key} ${(args[0] as ServiceSettings).resources.logs === null}`;
  if (port === 'notifier') return `${key} ${(args[0] as { topic: string }).topic}`;
  if (port === 'services') return `${key} ${JSON.stringify([args, kindOf(answer as ServiceFacts | undefined)])}`;
  return `${key} ${JSON.stringify(args)}`;
}

/** What of the facts about a service decides which questions follow. */
const kindOf = (facts: ServiceFacts | undefined): readonly string[] | null =>
  facts === undefined
    ? null
    : [...new Set(facts.deployments.map(({ status }) => status)), facts.stopped.length > 0 ? 'stopped' : ''].sort();
