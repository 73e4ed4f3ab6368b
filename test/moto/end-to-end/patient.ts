import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Task } from '@aws-sdk/client-ecs';
import type { Line } from '../gaps/own-log-query.ts';
import type { Account } from '../harness/account.ts';
import { Fleet } from '../harness/fleet.ts';
import { ErrorAlarm } from './error-alarm.ts';
import type { BusEvent } from './event-bus.ts';
import { oneMinute } from './minute.ts';
import { pipeline } from './names.ts';
import { PublishedMetrics } from './published-metrics.ts';
import { type Illness, Traffic } from './traffic.ts';

/** A service that something will be wrong with. */
export type PatientSpec = {
  readonly id: string;
  readonly tasks: number;
  readonly releases?: readonly { readonly tag: string; readonly ago: number }[];
  /** What it sets in recovery.yaml. */
  readonly policy?: object;
};

/** How long people have used a service before anything is wrong with it. */
const wellFor = 20 * oneMinute;

/** A service with its users: what is done to it in moto shows in what it logs and publishes, and in its alarm. */
export class Patient {
  readonly spec: PatientSpec;
  readonly fleet: Fleet;
  readonly logGroup: string;
  /** What it has logged: a line for each request. */
  readonly log: Line[] = [];
  /** Deployed with Paramedic. */
  readonly alarm: ErrorAlarm;
  readonly #account: Account;
  readonly now: () => number;
  /** Whether ECS's scheduler does its work by itself, and whether there may be some. */
  isScheduled = true;
  isDisturbed = false;
  #traffic: Traffic | undefined;

  private constructor(spec: PatientSpec, fleet: Fleet, logGroup: string, account: Account, now: () => number) {
    this.spec = spec;
    this.fleet = fleet;
    this.logGroup = logGroup;
    this.#account = account;
    this.now = now;
    this.alarm = new ErrorAlarm(account, pipeline, spec.id, now());
  }

  static async admit(account: Account, spec: PatientSpec, now: () => number, beside?: Patient): Promise<Patient> {
    const { id: service, tasks, releases } = spec;
    const fleet = await Fleet.open(
      account,
      { service, tasks, now, ...(releases === undefined ? {} : { releases }) },
      beside?.fleet,
    );
    const logGroupName = `/ecs/${service}`;
    await new CloudWatchLogsClient(account.client('service')).send(new CreateLogGroupCommand({ logGroupName }));
    return new Patient(spec, fleet, logGroupName, account, now);
  }

  /** Its past is there: what it was like before, until something began to go wrong so many minutes ago. */
  async live(ill: Partial<Illness>, minutesAgo: number, before: Partial<Illness> = {}): Promise<void> {
    const now = this.now();
    const metrics = new PublishedMetrics(this.#account, this.fleet.resources);
    this.#traffic = new Traffic(this.fleet, this.log, metrics, now - wellFor);
    this.#traffic.fallIll(before);
    await this.#traffic.goOn(now - minutesAgo * oneMinute);
    this.fallIll(ill);
  }

  fallIll(illness: Partial<Illness>): void {
    this.#traffic?.fallIll(illness);
  }

  /** Lets its world go on until now; answers what CloudWatch tells. */
  async goOn(): Promise<BusEvent | undefined> {
    const traffic = this.#traffic;
    if (traffic === undefined) return undefined;
    if (this.isScheduled && (this.isDisturbed || this.fleet.history.ongoing !== undefined)) {
      this.isDisturbed = false;
      await this.fleet.settle();
    }
    await traffic.goOn(this.now());
    return this.alarm.evaluate(traffic.published, this.now());
  }

  async task(n: number): Promise<Task> {
    const task = (await this.fleet.tasks())[n];
    if (task === undefined) throw new Error(`${this.spec.id} has no task ${n}.`);
    return task;
  }
}
