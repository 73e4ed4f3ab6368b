import type { ActionKind, FunctionName } from '../../lambdas/contract/names.ts';
import type { Start } from '../../lambdas/model/incident.ts';
import type { ActResult, OrderRef } from '../../lambdas/model/order.ts';
import { abandon } from '../../lambdas/pipeline/abandon.ts';
import type { Action } from '../../lambdas/pipeline/act/action.ts';
import { deregisterTarget } from '../../lambdas/pipeline/act/deregister-target.ts';
import { registerTarget } from '../../lambdas/pipeline/act/register-target.ts';
import { replaceTask } from '../../lambdas/pipeline/act/replace-task.ts';
import { restartService } from '../../lambdas/pipeline/act/restart-service.ts';
import { rollBackDeployment } from '../../lambdas/pipeline/act/roll-back-deployment.ts';
import { perform } from '../../lambdas/pipeline/perform.ts';
import { receive } from '../../lambdas/pipeline/receive.ts';
import { recover } from '../../lambdas/pipeline/recover.ts';
import type { Toolkit } from '../../lambdas/pipeline/toolkit.ts';
import { simulatedStarter } from './adapters/workflow-starter.ts';
import type { Installation } from './installation.ts';
import { Process } from './process.ts';
import { type Checkpoint, NotDeterministic, SimulatedWorkflow } from './workflow.ts';

/** Lambda tries an asynchronous invocation again after one and after two more minutes (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html). */
const asyncRetries = [60_000, 120_000] as const;

type Perform = (ref: OrderRef, process: Process) => Promise<ActResult>;

/** The deployed functions, wired to the simulated account exactly as `lambdas/handlers` wires them to AWS. */
export class Functions {
  /** What three attempts could not deal with, and what now waits in a net for a person to replay it. */
  readonly netted: unknown[] = [];
  /** Where the functions did what their runtime does not bear, one sentence each. */
  readonly failures: string[] = [];
  readonly #installed: Installation;
  readonly #toolkit: Toolkit;
  readonly #workflows = simulatedStarter((start) => {
    this.#run(start).catch((error: unknown) => {
      this.failures.push(`The workflow of ${start.incidentId} failed: ${sentence(error)}`);
    });
  });
  readonly #warm = new Set<string>();
  readonly #actions: Readonly<Record<ActionKind, Perform>> = {
    'deregister-target': this.#action(deregisterTarget),
    'register-target': this.#action(registerTarget),
    'replace-task': this.#action(replaceTask),
    'restart-service': this.#action(restartService),
    'roll-back-deployment': this.#action(rollBackDeployment),
  };

  constructor(installed: Installation, toolkit: Toolkit) {
    this.#installed = installed;
    this.#toolkit = toolkit;
  }

  /** EventBridge delivers one event; Lambda retries, then gives it to the on-failure destination. Never rejects. */
  async onSignal(event: unknown): Promise<void> {
    const { clock, pipeline } = this.#installed;
    const ports = this.#installed.signalPorts(this.#workflows);
    for (const wait of [...asyncRetries, null]) {
      await this.#begin('on-signal');
      const process = this.#process('on-signal');
      try {
        const end = await Promise.race([process.died, receive(structuredClone(event), process.sees(ports), pipeline)]);
        if (end !== 'died') return;
      } catch {
        // Lambda tries again, or gives the event to the net.
      }
      if (wait !== null) await clock.sleep(wait);
    }
    this.netted.push(event);
  }

  /** Lambda's side of a durable run: starts it again after each death until it ends. */
  async #run(start: Start): Promise<void> {
    const { clock } = this.#installed;
    const journal: Checkpoint[] = [];
    const outside = { clock, journal, invoke: this.#invocations() };
    const count = { calls: 0 };
    for (;;) {
      await this.#begin('recover');
      const process = new Process('recover', this.#installed.deaths.fate, count);
      const workflow = new SimulatedWorkflow(outside, process, this.#installed.recoverPorts());
      try {
        const end = await Promise.race([process.died, recover(workflow, start, this.#toolkit)]);
        if (end !== 'died') return;
      } catch (error) {
        if (error instanceof NotDeterministic) this.failures.push(`recover is not deterministic: ${error.message}.`);
        return this.#ended(start, sentence(error));
      }
      await clock.sleep(this.#installed.millisBetween(1000, 2000));
    }
  }

  /** A durable execution that failed is reported, and its incident is handed over. */
  async #ended({ incidentId }: Start, because: string): Promise<void> {
    const { clock } = this.#installed;
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

  async #invoke(kind: ActionKind, ref: OrderRef): Promise<ActResult> {
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
      const ports = this.#installed.actionPorts(action.kind, ref);
      return perform(action, ref, process.sees(ports), this.#toolkit.guardrails);
    };
  }

  #process(name: FunctionName): Process {
    return new Process(name, this.#installed.deaths.fate);
  }

  /** A function's first start takes about a second, later ones a few milliseconds. */
  async #begin(name: FunctionName): Promise<void> {
    const cold = !this.#warm.has(name);
    this.#warm.add(name);
    const { clock, millisBetween } = this.#installed;
    await clock.sleep(cold ? millisBetween(800, 1300) : millisBetween(10, 40));
  }
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
