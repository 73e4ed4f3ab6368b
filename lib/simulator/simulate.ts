import type { Mode } from '../../lambdas/contract/settings.ts';
import { metricMinute } from '../../lambdas/contract/time.ts';
import { toolkit, toolkitWithout } from '../../lambdas/pipeline/toolkit.ts';
import { VirtualClock } from './clock.ts';
import type { Scene } from './faults/fault.ts';
import { faults } from './faults/faults.ts';
import { Functions } from './functions.ts';
import { Installation } from './installation.ts';
import { mishapsOf } from './mishaps.ts';
import type { PlayOptions } from './play-options.ts';
import { Random } from './random.ts';
import type { RunResult } from './result.ts';
import { resultOf } from './result-of.ts';
import { type RunRecord, recordOf } from './run-record.ts';
import { isSafeguard, toolkitWithoutWait } from './safeguards.ts';
import type { Scenario } from './scenario.ts';
import type { ServiceSpec } from './world/service-spec.ts';
import { World } from './world/world.ts';

/** Every run begins on the same Monday at midnight. */
export const startOfTime = Date.UTC(2026, 0, 5);

/** Plays a scenario to its end: the world, its faults, what AWS does by itself, and Paramedic in it. */
export async function simulate(scenario: Scenario, options: PlayOptions): Promise<RunResult> {
  const play = new Play(scenario, options);
  await play.until(scenario.duration);
  return play.result();
}

/** A scenario that is being played; time goes on only when it is told to. */
export class Play {
  readonly scenario: Scenario;
  readonly options: PlayOptions;
  readonly world: World;
  readonly installation: Installation;
  readonly functions: Functions;
  readonly startedAt = startOfTime;
  readonly #clock = new VirtualClock(startOfTime);

  constructor(scenario: Scenario, options: PlayOptions) {
    const { seed, mode, without } = options;
    const specs = mode ? scenario.services.map((spec) => inMode(spec, mode)) : scenario.services;
    const random = new Random(seed);
    this.scenario = scenario;
    this.options = options;
    this.world = new World(this.#clock, random.fork('world'), specs);
    this.installation = new Installation(this.world, random.fork('paramedic'), scenario.messages);
    this.functions = new Functions(
      this.installation,
      toolkitFor(without),
      without !== undefined && isSafeguard(without) ? without : null,
    );
    if (without !== 'paramedic')
      this.world.onEvent((event) => {
        for (const input of this.installation.inputsOf(event)) void this.functions.onSignal(input);
      });
    if (without !== 'paramedic') this.#sweepEveryMinute(random.fork('sweep'));
    this.#plan({ world: this.world, mishaps: mishapsOf(this.installation, this.functions) });
    this.world.start();
  }

  /** Lets time go on up to this many ms after the start. */
  until(millis: number): Promise<void> {
    return this.#clock.runUntil(startOfTime + millis);
  }

  result(): RunResult {
    return resultOf(this);
  }

  /** What the invariants are judged by. */
  get record(): RunRecord {
    return recordOf(this);
  }

  /** The schedule begins at a second of its own. */
  #sweepEveryMinute(random: Random): void {
    const sweep = (at: number): void =>
      this.#clock.at(at, () => {
        void this.functions.sweep(random);
        sweep(at + metricMinute);
      });
    sweep(startOfTime + Math.round(random.between(0, metricMinute)));
  }

  #plan(scene: Scene): void {
    for (const fault of this.scenario.faults) {
      const kind = faults.find(({ kind }) => kind === fault.kind);
      if (!kind) throw new Error(`There is no fault of the kind ${fault.kind}.`);
      this.#clock.at(startOfTime + fault.at, () => kind.strike(scene, fault));
      if (fault.until !== undefined) this.#clock.at(startOfTime + fault.until, () => kind.end?.(scene, fault));
    }
  }
}

const inMode = (spec: ServiceSpec, mode: Mode): ServiceSpec => ({
  ...spec,
  settings: { ...spec.settings, mode, actionModes: {} },
});

function toolkitFor(without: string | undefined) {
  if (without === undefined || without === 'paramedic') return toolkit;
  if (isSafeguard(without)) return toolkitWithoutWait(without, toolkit);
  const rest = toolkitWithout(without);
  if (!rest) throw new Error(`Nothing is called "${without}".`);
  return rest;
}
