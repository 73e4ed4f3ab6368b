import type { ActionKind, FunctionName } from '../../lambdas/contract/names.ts';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { Start } from '../../lambdas/model/incident.ts';
import type { Answer, Operation } from '../../lambdas/model/operation.ts';
import type { ActResult, OrderRef } from '../../lambdas/model/order.ts';
import { abandon } from '../../lambdas/pipeline/abandon.ts';
import type { Action } from '../../lambdas/pipeline/act/action.ts';
import { deregisterTarget } from '../../lambdas/pipeline/act/deregister-target.ts';
import { registerTarget } from '../../lambdas/pipeline/act/register-target.ts';
import { replaceTask } from '../../lambdas/pipeline/act/replace-task.ts';
import { restartService } from '../../lambdas/pipeline/act/restart-service.ts';
import { rollBackDeployment } from '../../lambdas/pipeline/act/roll-back-deployment.ts';
import { rollForwardDeployment } from '../../lambdas/pipeline/act/roll-forward-deployment.ts';
import { operate, pauseOrResume } from '../../lambdas/pipeline/operate.ts';
import { perform } from '../../lambdas/pipeline/perform.ts';
import { receive } from '../../lambdas/pipeline/receive.ts';
import { recover } from '../../lambdas/pipeline/recover.ts';
import type { Toolkit } from '../../lambdas/pipeline/toolkit.ts';
import { simulatedStarter } from './adapters/workflow-starter.ts';
import { AnsweringPeople } from './answering-people.ts';
import type { Installation } from './installation.ts';
import { Process } from './process.ts';
import type { Random } from './random.ts';
import { actionWithout, claimConditionIn, guardrailsWithout, portsWithout, type Safeguard } from './safeguards.ts';
import { Sweeps } from './sweeps.ts';
import { type Checkpoint, NotDeterministic, SimulatedWorkflow } from './workflow.ts';

/** Lambda tries an asynchronous invocation again after one and after two more minutes (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html). */
const asyncRetries = [60_000, 120_000] as const;

/** An event that was delivered to Paramedic. */
export type Heard = { readonly at: Instant; readonly event: unknown };

type Perform = (ref: OrderRef, process: Process) => Promise<ActResult>;

/** The deployed functions, wired to the simulated account exactly as `lambdas/handlers` wires them to AWS. */
export class Functions {
  /** What three attempts could not deal with, and what now waits in a net for a person to replay it. */
  readonly netted: unknown[] = [];
  /** Where the functions did what their runtime does not bear, one sentence each. */
  readonly failures: string[] = [];
  /** Every event that was delivered. */
  readonly heard: Heard[] = [];
  /** Those who answer proposals. */
  readonly people: AnsweringPeople;
  readonly #installed: Installation;
  readonly #toolkit: Toolkit;
  readonly #sweeps: Sweeps;
  readonly #missing: Safeguard | null;
  /** Which function begins late (null: any), by so many ms at most; and the share of action functions that run twice. */
  late: { readonly function: string | null; readonly by: number } | null = null;
  twice = 0;
  /** Nobody hears that a workflow has ended. */
  endsUnheard = false;
  readonly #starter = simulatedStarter((start) => {
    this.#run(start).catch((error: unknown) => {
      this.failures.push(`The workflow of ${start.incidentId} failed: ${sentence(error)}`);
    });
  });
  /** Processes of workflows that go on, by incident. */
  readonly #workflows = new Map<string, Process>();
  readonly #warm = new Set<string>();
  readonly #actions: Readonly<Record<ActionKind, Perform>> = {
    'deregister-target': this.#action(deregisterTarget),
    'register-target': this.#action(registerTarget),
    'replace-task': this.#action(replaceTask),
    'restart-service': this.#action(restartService),
    'roll-back-deployment': this.#action(rollBackDeployment),
    'roll-forward-deployment': this.#action(rollForwardDeployment),
  };

  constructor(installed: Installation, toolkit: Toolkit, missing: Safeguard | null = null) {
    this.#installed = installed;
    this.#toolkit = toolkit;
    this.#missing = missing;
    this.#sweeps = new Sweeps(installed, this.#starter);
    installed.ledger.unchecked = claimConditionIn(missing);
    this.people = new AnsweringPeople(installed.clock, (operation, by) => this.operate(operation, by));
    installed.ledger.onEntry = (entry) => this.people.hear(entry);
  }

  /** EventBridge delivers one event; Lambda retries, then gives it to the on-failure destination. Never rejects. */
  async onSignal(event: unknown): Promise<void> {
    const { clock, pipeline } = this.#installed;
    this.heard.push({ at: clock.now(), event });
    const ports = this.#installed.signalPorts(this.#starter);
    const payload = JSON.stringify(event);
    for (const wait of [...asyncRetries, null]) {
      await this.#begin('on-signal');
      const process = this.#process('on-signal');
      try {
        const end = await Promise.race([process.died, receive(JSON.parse(payload), process.sees(ports), pipeline)]);
        if (end !== 'died') return;
      } catch {
        // Lambda tries again, or gives the event to the net.
      }
      if (wait !== null) await clock.sleep(wait);
    }
    this.netted.push(event);
  }

  /** Begun by the schedule. */
  async sweep(random: Random): Promise<void> {
    if (this.#missing !== 'sweep') await this.#sweeps.sweep(random);
  }

  /** A person asks for the undo of the service's newest incident; asks again when nothing answers. Never rejects. */
  async undoNewest(service: string): Promise<void> {
    const { clock, ledger, millisBetween } = this.#installed;
    await clock.sleep(millisBetween(100, 300));
    const newest = ledger.opened.findLast((incident) => incident.service === service);
    if (newest === undefined) return;
    const operation = { kind: 'undo', incident: newest.id, why: 'it was not wanted' } as const;
    for (const wait of [...asyncRetries, null]) {
      try {
        await this.operate(operation, 'a person');
        return;
      } catch {
        // The person is told that it did not work, and tries again.
      }
      if (wait !== null) await clock.sleep(wait);
    }
  }

  /** A person stops the workflow of the service's open incident (https://docs.aws.amazon.com/lambda/latest/api/API_StopDurableExecution.html). */
  async stopWorkflow(service: string): Promise<void> {
    const { clock, ledger, millisBetween } = this.#installed;
    await clock.sleep(millisBetween(100, 300));
    for (const { id: incidentId, service: of } of ledger.opened) {
      const process = this.#workflows.get(incidentId);
      if (of !== service || process === undefined) continue;
      this.#workflows.delete(incidentId);
      process.stop();
      this.#sweeps.workflowEnded({ incidentId }, 'STOPPED');
      void this.#ended({ incidentId }, 'It was stopped by a person.');
    }
  }

  /** A person asks something of Paramedic, as a request of its own. Rejects when the function dies over it. */
  async operate(operation: Operation, by: string): Promise<Answer> {
    const stops = operation.kind === 'pause' || operation.kind === 'resume';
    const name = stops ? 'stop' : 'operate';
    await this.#begin(name);
    const process = new Process(name, this.#installed.deaths.fate);
    const id = this.#installed.newId();
    const carried = stops
      ? pauseOrResume({ id, by, operation }, process.sees(this.#installed.stopPorts()))
      : operate({ id, by, operation }, process.sees(this.#installed.operatorPorts(this.#starter)));
    const answer = await Promise.race([process.died, carried]);
    if (answer === 'died') throw new Error('The function ended before it answered.');
    return answer;
  }

  /** Lambda's side of a durable run: starts it again after each death until it ends. */
  async #run(start: Start): Promise<void> {
    const { clock } = this.#installed;
    const journal: Checkpoint[] = [];
    const outside = { clock, journal, invoke: this.#invocations(), callbacks: this.#installed.callbacks };
    const count = { calls: 0 };
    for (;;) {
      await this.#begin('recover');
      const process = new Process('recover', this.#installed.deaths.fate, count);
      this.#workflows.set(start.incidentId, process);
      const workflow = new SimulatedWorkflow(outside, process, this.#installed.recoverPorts());
      try {
        const end = await Promise.race([process.died, recover(workflow, start, this.#toolkit)]);
        const stopped = !this.#workflows.delete(start.incidentId);
        if (end !== 'died' && !stopped) this.#sweeps.workflowEnded(start, 'SUCCEEDED');
        if (end !== 'died' || stopped) return;
      } catch (error) {
        if (!this.#workflows.delete(start.incidentId)) return;
        this.#sweeps.workflowEnded(start, 'FAILED');
        if (error instanceof NotDeterministic) this.failures.push(`recover is not deterministic: ${error.message}.`);
        return this.#ended(start, sentence(error));
      }
      await clock.sleep(this.#installed.millisBetween(1000, 2000));
    }
  }

  /** A durable execution that failed is reported, and its incident is handed over. */
  async #ended({ incidentId }: Start, because: string): Promise<void> {
    const { clock } = this.#installed;
    if (this.endsUnheard) return;
    await clock.sleep(this.#installed.millisBetween(1000, 3000));
    for (const wait of [...asyncRetries, null]) {
      try {
        return await abandon(incidentId, because, this.#installed.workflowEndedPorts());
      } catch {
        if (wait !== null) await clock.sleep(wait);
      }
    }
    this.netted.push({ incidentId });
  }

  /** Chained invocations of one run: whoever asks again under the same name gets the same answer. */
  #invocations(): (name: string, kind: ActionKind, ref: OrderRef) => Promise<ActResult> {
    const known = new Map<string, Promise<ActResult>>();
    return (name, kind, ref) => {
      const answer = known.get(name) ?? this.#invoke(kind, ref);
      known.set(name, answer);
      return answer;
    };
  }

  /** The answer of the first of them counts, as Lambda keeps one for a chained invocation. */
  #invoke(kind: ActionKind, ref: OrderRef): Promise<ActResult> {
    if (this.twice > 0 && this.#installed.millisBetween(0, 1_000_000) < 1_000_000 * this.twice)
      void this.#once(kind, ref);
    return this.#once(kind, ref);
  }

  async #once(kind: ActionKind, ref: OrderRef): Promise<ActResult> {
    await this.#begin(kind);
    const process = this.#process(kind);
    try {
      const end = await Promise.race([process.died, this.#actions[kind](ref, process)]);
      return end === 'died' ? { kind: 'unknown', error: 'The function ended before it answered.' } : end;
    } catch (error) {
      return { kind: 'unknown', error: sentence(error) };
    }
  }

  #action<K extends ActionKind>(action: Action<K>): Perform {
    return (ref, process) => {
      const missing = this.#missing;
      const ports = portsWithout(missing, this.#installed.actionPorts(action.kind, ref));
      const guardrails = guardrailsWithout(missing, this.#toolkit.guardrails);
      return perform(actionWithout(missing, action), ref, process.sees(ports), guardrails);
    };
  }

  #process(name: FunctionName): Process {
    return new Process(name, this.#installed.deaths.fate);
  }

  /** A function's first start takes about a second, later ones a few milliseconds. */
  async #begin(name: FunctionName | 'stop' | 'operate'): Promise<void> {
    const cold = !this.#warm.has(name);
    this.#warm.add(name);
    const { clock, millisBetween } = this.#installed;
    await clock.sleep(cold ? millisBetween(800, 1300) : millisBetween(10, 40));
    const { late } = this;
    if (late !== null && (late.function ?? name) === name) await clock.sleep(millisBetween(0, late.by));
  }
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
