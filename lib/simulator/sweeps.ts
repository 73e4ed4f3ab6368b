import type { Start } from '../../lambdas/model/incident.ts';
import { sweep } from '../../lambdas/pipeline/sweep.ts';
import type { ExecutionState, Executions } from '../../lambdas/ports/sweep.ts';
import type { WorkflowStarter } from '../../lambdas/ports/workflow.ts';
import type { Installation } from './installation.ts';
import { Process } from './process.ts';
import type { Random } from './random.ts';

/** The sweeps that the schedule begins, and what they are told of the workflows. */
export class Sweeps {
  readonly #installed: Installation;
  readonly #starter: WorkflowStarter;
  /** How workflows ended that did. */
  readonly #ends = new Map<string, Extract<ExecutionState, { kind: 'ended' }>>();
  readonly #executions: Executions = {
    stateOf: async (incidentId) => {
      await this.#starter.start({ incidentId });
      return this.#ends.get(incidentId) ?? { kind: 'running' };
    },
  };
  #underWay = false;

  constructor(installed: Installation, starter: WorkflowStarter) {
    this.#installed = installed;
    this.#starter = starter;
  }

  workflowEnded({ incidentId }: Start, how: string): void {
    this.#ends.set(incidentId, { kind: 'ended', at: this.#installed.clock.now(), how });
  }

  /** The schedule begins a sweep, unless one is under way: no two run at once. What it fails on, the next one does. */
  async sweep(random: Random): Promise<void> {
    if (this.#underWay) return;
    this.#underWay = true;
    const { clock, pipeline } = this.#installed;
    // With a chance of its own, so that what it does not find goes on as without it.
    await clock.sleep(Math.round(random.between(10, 40)));
    const process = new Process('sweep', this.#installed.deaths.fate);
    const ports = this.#installed.sweepPorts(this.#starter, this.#executions);
    await Promise.race([process.died, sweep(process.sees(ports), pipeline)]).catch(() => {});
    this.#underWay = false;
  }
}
