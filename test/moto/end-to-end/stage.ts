import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsFleet } from '../../../lambdas/aws/fleet.ts';
import { awsLedger } from '../../../lambdas/aws/ledger.ts';
import { Table } from '../../../lambdas/aws/table.ts';
import type { ActionKind } from '../../../lambdas/contract/names.ts';
import { executionName } from '../../../lambdas/contract/names.ts';
import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { OrderRef } from '../../../lambdas/model/order.ts';
import type { Ledger } from '../../../lambdas/ports/ledger.ts';
import { readRecovery } from '../../../lib/config/recovery.ts';
import { Installation } from '../deploy/installation.ts';
import { metricStatistics } from '../gaps/metric-statistics.ts';
import { OwnLogQuery } from '../gaps/own-log-query.ts';
import { SubscriptionCounts } from '../gaps/subscription-counts.ts';
import { Account } from '../harness/account.ts';
import { type Act, stateOf } from './acts.ts';
import { decisionsIn } from './decisions.ts';
import { DurableExecutions } from './durable-executions.ts';
import { type BusEvent, type Delivery, EventBus } from './event-bus.ts';
import { Functions, type Workflow } from './functions.ts';
import type { Answer } from './lambda-process.ts';
import { type Mail, Mailbox } from './mailbox.ts';
import { ownerOf, pipeline } from './names.ts';
import { Patient, type PatientSpec } from './patient.ts';
import { record } from './record.ts';
import { writeRecoveryFile } from './recovery-file.ts';
import { StageClock } from './stage-clock.ts';
import { Waits } from './waits.ts';

type Parts = {
  readonly account: Account;
  readonly clock: StageClock;
  readonly installation: Installation;
  readonly bus: EventBus;
  readonly logQueries: OwnLogQuery;
  readonly patients: readonly Patient[];
  readonly mailboxes: ReadonlyMap<string, Mailbox>;
  readonly folder: string;
  readonly recoveryFile: string;
};

/** Nothing that is waited for takes longer where Paramedic does what it should; milliseconds on the clock of the account. */
const longest = 30 * 60_000;
/** So often the world is looked at: who serves, whether an alarm goes off, who is woken. */
const step = 30_000;

/** An account with Paramedic deployed into it, the services it looks after, and all that AWS does around them. */
export class Stage {
  readonly account: Account;
  readonly clock: StageClock;
  readonly installation: Installation;
  readonly functions: Functions;
  readonly bus: EventBus;
  readonly patients: readonly Patient[];
  readonly ledger: Ledger;
  readonly executions: DurableExecutions;
  /** The path of the recovery.yaml that is deployed. */
  readonly recoveryFile: string;
  /** Otherwise they are started and nothing more. */
  runsWorkflows = true;
  /** What the actions' functions did, in order. */
  readonly acts: Act[] = [];
  /** By the name of their execution. */
  readonly #workflows = new Map<string, Workflow>();
  readonly #ended = new Map<string, Answer>();
  /** What went wrong with the stage itself: to a workflow it looks as if an act had no answer. */
  #broken: unknown;
  readonly #waits = new Waits();
  /** Service → its first incident. */
  readonly #incidents = new Map<string, string>();
  readonly #mailboxes: ReadonlyMap<string, Mailbox>;
  readonly #folder: string;
  readonly #logQueries: OwnLogQuery;

  private constructor({ account, clock, installation, bus, patients, mailboxes, ...parts }: Parts) {
    this.account = account;
    this.clock = clock;
    this.installation = installation;
    this.bus = bus;
    this.patients = patients;
    this.#mailboxes = mailboxes;
    this.#folder = parts.folder;
    this.#logQueries = parts.logQueries;
    this.recoveryFile = parts.recoveryFile;
    this.functions = new Functions(installation, account, clock, this.#waits);
    this.ledger = awsLedger(new Table(installation.tableName, new DynamoDBClient(account.client('stage'))));
    this.executions = new DurableExecutions(
      ({ name, payload }) => {
        if (this.runsWorkflows) void this.#run(name, payload);
      },
      (callbackId) => this.#call(callbackId),
    );
    account.fill(this.executions);
  }

  /** `id`: twelve digits, another in every test file. */
  static async open(id: string, specs: readonly PatientSpec[]): Promise<Stage> {
    const account = await Account.open(id);
    const folder = mkdtempSync(join(tmpdir(), 'paramedic-stage-'));
    try {
      return await Stage.#set(account, folder, specs);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      await account.close();
      throw error;
    }
  }

  static async #set(account: Account, folder: string, specs: readonly PatientSpec[]): Promise<Stage> {
    const clock = new StageClock();
    const logQueries = new OwnLogQuery();
    // A function waits a second before it asks again.
    logQueries.progress = ['Complete'];
    for (const gap of [metricStatistics(), logQueries, new SubscriptionCounts()]) account.fill(gap);
    const patients: Patient[] = [];
    for (const spec of specs) patients.push(await Patient.admit(account, spec, clock.now, patients[0]));
    const recoveryFile = writeRecoveryFile(folder, account, patients);
    for (const { settings } of servicesIn(recoveryFile))
      logQueries.add(settings, patients.find(({ spec }) => spec.id === settings.id)?.log ?? []);
    const installation = await Installation.deploy(account, recoveryFile);
    const table = new Table(installation.tableName, new DynamoDBClient(account.client('stage')));
    // Its acts have been verified for a while: several may be in flight at once.
    await awsFleet(table).update((record) => ({ record: { ...record, pace: 64 }, result: null }));
    const mailboxes = new Map<string, Mailbox>();
    for (const spec of specs)
      mailboxes.set(spec.id, await Mailbox.open(account, installation.topics[ownerOf(spec.id)] ?? ''));
    const bus = await EventBus.with(account, installation.rules);
    return new Stage({ account, clock, installation, bus, logQueries, patients, mailboxes, folder, recoveryFile });
  }

  patient(id: string): Patient {
    const found = this.patients.find(({ spec }) => spec.id === id);
    if (found === undefined) throw new Error(`There is no patient ${id}.`);
    return found;
  }

  /** Lets the world go on, step by step, until something is so; rejects when it is not so for longer than anything here takes. */
  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = this.clock.now() + longest;
    while (!(await isSo())) {
      if (this.#broken !== undefined) throw this.#broken;
      const [refused] = this.#logQueries.refused;
      if (refused !== undefined) throw new Error(`A log query that is not ours: ${refused}`);
      if (this.clock.now() > deadline)
        throw new Error(`It is not so after ${longest / 60_000} minutes. ${await this.#told()}`);
      await Promise.all(this.patients.map((patient) => this.#goOn(patient)));
      await this.#waits.idle();
      this.clock.setForward(this.clock.now() + step);
      this.#waits.wake(this.clock.now());
    }
  }

  /** The id of the service's first incident. */
  async incident(service: string): Promise<string | undefined> {
    const id = this.#incidents.get(service) ?? (await this.ledger.incidents(service, 0))[0]?.id;
    if (id !== undefined) this.#incidents.set(service, id);
    return id;
  }

  /** The entries of the service's first incident; none before there is one. */
  async entries(service: string): Promise<readonly LedgerEntry[]> {
    const id = await this.incident(service);
    return id === undefined ? [] : this.ledger.entries(id);
  }

  /** How the workflow of the service's first incident ended; undefined while it goes on. */
  async end(service: string): Promise<Answer | undefined> {
    const id = await this.incident(service);
    return id === undefined ? undefined : this.#ended.get(executionName(pipeline, id));
  }

  /** The workflow of the service's first incident dies, wherever it is. */
  async killWorkflow(service: string): Promise<void> {
    this.#workflows.get(executionName(pipeline, (await this.incident(service)) ?? ''))?.kill();
  }

  /** Messages on the topic of the service. */
  async mail(service: string): Promise<readonly Mail[]> {
    return (await this.#mailboxes.get(service)?.read()) ?? [];
  }

  async close(name: string): Promise<void> {
    for (const workflow of this.#workflows.values()) workflow.kill();
    record(this.account, name);
    this.installation.remove();
    rmSync(this.#folder, { recursive: true, force: true });
    await this.account.close();
  }

  /** Puts an event on the bus and runs the functions that the rules bring it to. */
  async tell(event: BusEvent): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (const delivery of await this.bus.put(event)) answers.push(await this.deliver(delivery));
    return answers;
  }

  deliver({ target, event }: Delivery): Promise<Answer> {
    return this.functions.invoke(this.functions.named(target), event);
  }

  async #goOn(patient: Patient): Promise<void> {
    const event = await patient.goOn();
    if (event === undefined) return;
    for (const { error } of await this.tell(event)) if (error !== undefined) throw new Error(error);
  }

  async #run(name: string, payload: unknown): Promise<void> {
    const workflow = this.functions.workflow(payload, (...asked) =>
      this.#watch(...asked).catch((error: unknown) => {
        this.#broken = error;
        throw error;
      }),
    );
    this.#workflows.set(name, workflow);
    this.#ended.set(name, await workflow.answer);
  }

  /** What was decided about each service, and how its workflow ended. */
  async #told(): Promise<string> {
    const each = this.patients.map(async ({ spec: { id }, alarm }) => {
      const decisions = decisionsIn(await this.entries(id)).join('; ');
      return `${id}: ${decisions}; ended ${JSON.stringify(await this.end(id))}; alarm ${alarm.state}.`;
    });
    return (await Promise.all(each)).join('\n');
  }

  /** The name of the execution that waited for the callback, and goes on. */
  async #call(callbackId: string): Promise<string | undefined> {
    for (const [name, workflow] of this.#workflows) if (await workflow.call(callbackId)) return name;
    return undefined;
  }

  async #watch(kind: ActionKind, ref: OrderRef, invoke: () => Promise<Answer>): Promise<Answer> {
    const order = await this.ledger.order(ref);
    if (order === undefined) throw new Error(`There is no order ${JSON.stringify(ref)}.`);
    const patient = this.patient(order.service);
    const { fleet } = patient;
    const before = await stateOf(order, fleet);
    const answer = await invoke();
    patient.isDisturbed = true;
    this.acts.push({ kind, service: order.service, before, after: await stateOf(order, fleet) });
    return answer;
  }
}

function servicesIn(recoveryFile: string) {
  const read = readRecovery(recoveryFile, readFileSync(recoveryFile, 'utf8'));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.value.services;
}
