import { simulatedSettings } from '../../../lib/config/settings.ts';
import { VirtualClock } from '../../../lib/simulator/clock.ts';
import type { Mishaps, Scene } from '../../../lib/simulator/faults/fault.ts';
import { faults } from '../../../lib/simulator/faults/faults.ts';
import { Random } from '../../../lib/simulator/random.ts';
import type { Service } from '../../../lib/simulator/world/service.ts';
import type { AccountTraits, ServiceSpec } from '../../../lib/simulator/world/service-spec.ts';
import { World } from '../../../lib/simulator/world/world.ts';

export const start = Date.UTC(2026, 0, 5);
const day = 86_400_000;

/** An account in which nothing happens by itself. */
export const quiet: AccountTraits = {
  deployedBy: 'scripts',
  described: true,
  sidecar: false,
  images: 'ecr',
  reregisters: null,
  passRoles: true,
  forcePassesRoles: true,
  deploymentHistory: 90 * day,
  zoneRebalancing: false,
  healthCheckGrace: 0,
  deregistrationDelay: 300_000,
};

/** Six tasks in three zones at two thirds of their capacity, revision 42 running since three days; unless told otherwise. */
export function specOf(id = 'checkout', overrides: Partial<ServiceSpec> = {}): ServiceSpec {
  const { loadBalancer = id } = overrides;
  return {
    id,
    tasks: 6,
    zones: 3,
    traffic: [{ at: 0, rate: 120 }],
    latency: { p50: 0.04, p99: 0.2 },
    errorRate: 0.001,
    capacityPerTask: 60,
    startup: 45_000,
    revisions: [
      { id: '41', deployed: -7 * day, pinned: false },
      { id: '42', deployed: -3 * day, pinned: false },
    ],
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    loadBalancer,
    crossZone: true,
    listeners: 1,
    account: quiet,
    settings: simulatedSettings(id, {}, { latencyThreshold: 0.4, loadBalancer }),
    ...overrides,
  };
}

/** A fault as a scenario writes it; times in seconds after the start. */
export type Fault = { readonly at: number; readonly until?: number; readonly kind: string } & Readonly<
  Record<string, unknown>
>;

/** An alarm's state change as it was delivered, and when (seconds after the start). */
export type Heard = { readonly at: number; readonly alarm: string; readonly state: string; readonly event: object };

/** What was asked of Paramedic's own surroundings. */
export type Asked = { readonly what: keyof Mishaps; readonly with: unknown };

export class Play {
  readonly clock = new VirtualClock(start);
  readonly world: World;
  readonly heard: Heard[] = [];
  readonly asked: Asked[] = [];

  constructor({
    specs = [specOf()],
    faults: wrong = [],
    seed = 1,
  }: {
    specs?: readonly ServiceSpec[];
    faults?: readonly Fault[];
    seed?: number;
  } = {}) {
    this.world = new World(this.clock, new Random(seed), specs);
    this.world.onEvent((event) => this.heard.push(heard(event, this.seconds)));
    for (const fault of wrong) this.#plan(fault);
    this.world.start();
  }

  get seconds(): number {
    return (this.clock.now() - start) / 1000;
  }

  /** The first service. */
  get service(): Service {
    const [first] = this.world.services;
    if (first === undefined) throw new Error('There is no service.');
    return first;
  }

  until(seconds: number): Promise<void> {
    return this.clock.runUntil(start + seconds * 1000);
  }

  /** Lets time pass, a second at a time, and looks at each. */
  async watch(seconds: number, look: (second: number) => void): Promise<void> {
    for (let second = Math.floor(this.seconds) + 1; second <= seconds; second++) {
      await this.until(second);
      look(second);
    }
  }

  /** When that alarm first went to that state, in seconds after the start. */
  firstHeard(kind: string, state = 'ALARM', service = 'checkout'): number | undefined {
    return this.heard.find((one) => one.alarm === `paramedic/simulated/${service}/${kind}` && one.state === state)?.at;
  }

  #plan({ at, until, kind: name, service = this.service.id, ...fields }: Fault): void {
    const kind = faults.find((one) => one.kind === name);
    if (kind === undefined) throw new Error(`There is no fault ${name}.`);
    const fault = { ...kind.schema.parse(fields), service: service === null ? undefined : String(service), until };
    const scene: Scene = { world: this.world, mishaps: this.#mishaps() };
    this.clock.at(start + at * 1000, () => kind.strike(scene, fault));
    if (until !== undefined) this.clock.at(start + until * 1000, () => kind.end?.(scene, fault));
  }

  #mishaps(): Mishaps {
    const note = (what: keyof Mishaps) => (asked: unknown) => {
      this.asked.push({ what, with: asked });
    };
    return {
      killAt: note('killAt'),
      pause: note('pause'),
      resume: note('resume'),
      pauseUnreadable: note('pauseUnreadable'),
      beforeNext: note('beforeNext'),
      apiFault: (_cause, fault) => note('apiFault')(fault),
      staleReads: note('staleReads'),
      invocationsTwice: note('invocationsTwice'),
      stopWorkflow: note('stopWorkflow'),
      endsUnheard: note('endsUnheard'),
      undo: note('undo'),
      answers: (_cause, answerer) => note('answers')(answerer),
      invocationsLate: note('invocationsLate'),
      killAtRandom: note('killAtRandom'),
    };
  }
}

function heard(event: unknown, at: number): Heard {
  const { detail } = event as { detail: { alarmName: string; state: { value: string } } };
  return { at, alarm: detail.alarmName, state: detail.state.value, event: event as object };
}

/** Tasks in service, and those that run the release of that revision. */
export const inService = ({ fleet }: Service) => fleet.tasks.filter((task) => fleet.inService(task));
