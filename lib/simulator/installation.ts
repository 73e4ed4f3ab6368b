import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { ListedOwnAlarm } from '../../lambdas/contract/own-alarm-list.ts';
import type { MessageLimit } from '../../lambdas/contract/settings.ts';
import type { OrderRef } from '../../lambdas/model/order.ts';
import type { Outbox } from '../../lambdas/ports/notifier.ts';
import type {
  ActionPorts,
  Ids,
  LookPorts,
  OperatorPorts,
  RecoverPorts,
  SignalPorts,
  StopPorts,
  SweepPorts,
  WorkflowEndedPorts,
} from '../../lambdas/ports/ports.ts';
import type { Executions } from '../../lambdas/ports/sweep.ts';
import type { WorkflowStarter } from '../../lambdas/ports/workflow.ts';
import { simulatedAlarms } from './adapters/alarms.ts';
import { listenersOf, simulatedAudience } from './adapters/audience.ts';
import { SimulatedCallbacks } from './adapters/callbacks.ts';
import { simulatedChanges } from './adapters/changes.ts';
import { SimulatedControls } from './adapters/controls.ts';
import { simulatedControlsWriter } from './adapters/controls-writer.ts';
import { SimulatedFleet } from './adapters/fleet.ts';
import { simulatedGuardReads } from './adapters/guard-reads.ts';
import { simulatedImages } from './adapters/images.ts';
import { SimulatedLedger } from './adapters/ledger.ts';
import { simulatedMetrics } from './adapters/metrics.ts';
import { SimulatedNotifier } from './adapters/notifier.ts';
import { simulatedOpenIncidents } from './adapters/open-incidents.ts';
import { simulatedOperationLog } from './adapters/operation-log.ts';
import { simulatedOutbox } from './adapters/outbox.ts';
import { PastReads } from './adapters/past-reads.ts';
import { simulatedServices } from './adapters/services.ts';
import { publishedSettings } from './adapters/settings.ts';
import { simulatedTargets } from './adapters/targets.ts';
import { simulatedTaskLogs } from './adapters/task-logs.ts';
import { Api } from './api.ts';
import type { VirtualClock } from './clock.ts';
import { Counted } from './counted.ts';
import { Deaths } from './fate.ts';
import { inputsOf } from './inputs-of.ts';
import { callsGoThrough } from './process.ts';
import type { Random } from './random.ts';
import { Witness } from './witness.ts';
import type { World } from './world/world.ts';

/** Paramedic's stores and its eyes and hands in a simulated account: all that its functions share. */
export class Installation {
  readonly pipeline = 'simulated';
  readonly world: World;
  readonly clock: VirtualClock;
  readonly controls: SimulatedControls;
  readonly ledger: SimulatedLedger;
  readonly fleet: SimulatedFleet;
  readonly notifier: SimulatedNotifier;
  readonly callbacks: SimulatedCallbacks;
  readonly deaths: Deaths;
  readonly memory: PastReads;
  readonly api: Api;
  readonly witness: Witness;
  readonly counted: Counted;
  readonly #random: Random;
  readonly #look: LookPorts;
  readonly #measure: Pick<RecoverPorts, 'metrics' | 'taskLogs'>;
  readonly #ended: Omit<WorkflowEndedPorts, keyof LookPorts> & Pick<RecoverPorts, 'fleet'>;
  readonly #outbox: Outbox;
  readonly #ids: Ids;
  readonly #operator: Pick<StopPorts, 'controls' | 'log'>;
  /** The teams' own alarms that are signals of a service, as they are published. */
  readonly #ownAlarms: readonly ListedOwnAlarm[];

  constructor(world: World, random: Random, messages: MessageLimit) {
    const { clock } = world;
    this.world = world;
    this.clock = clock;
    this.#random = random.fork('functions');
    this.controls = new SimulatedControls(clock);
    this.ledger = new SimulatedLedger(this.controls);
    this.fleet = new SimulatedFleet(this.ledger, world.services.length);
    this.notifier = new SimulatedNotifier(clock, (topic) => listenersOf(world, topic));
    this.callbacks = new SimulatedCallbacks(clock);
    this.api = new Api(clock, random.fork('api'));
    this.deaths = new Deaths(random.fork('deaths'));
    this.memory = new PastReads(world, random.fork('past reads'));
    this.counted = new Counted(clock);
    this.witness = new Witness(world, this.ledger);
    this.#operator = { controls: simulatedControlsWriter(this.controls, clock), log: simulatedOperationLog() };
    this.#outbox = simulatedOutbox(messages);
    this.#ownAlarms = world.services.flatMap(({ id: service, spec }) =>
      spec.settings.signals.map((signal) => ({ ...signal, service })),
    );
    this.#ids = idsFrom(random.fork('ids'));
    this.#look = {
      clock,
      targets: simulatedTargets(world, this.memory),
      services: simulatedServices(world, this.memory),
      images: simulatedImages(world),
      audience: simulatedAudience(world),
      controls: this.controls,
      ...simulatedGuardReads(world),
    };
    this.#measure = { metrics: simulatedMetrics(world), taskLogs: simulatedTaskLogs(world) };
    this.#ended = {
      settings: publishedSettings(world.services.map(({ spec }) => spec.settings)),
      ledger: this.ledger,
      notifier: this.notifier,
      outbox: this.#outbox,
      operatorApi: 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/live',
      fleet: this.fleet,
    };
  }

  /** What the deployed rules make of an event: one that is a signal of several services comes for each of them. */
  inputsOf(event: unknown): readonly unknown[] {
    return inputsOf(event, this.pipeline, this.#ownAlarms);
  }

  signalPorts(workflows: WorkflowStarter): SignalPorts {
    const { clock, ledger } = this;
    return callsGoThrough({ clock, ids: this.#ids, settings: this.#ended.settings, ledger, workflows }, this.api.way);
  }

  operatorPorts(workflows: WorkflowStarter): OperatorPorts {
    const { clock, ledger, callbacks } = this;
    const { log } = this.#operator;
    return callsGoThrough({ clock, ids: this.#ids, ledger, callbacks, log, workflows }, this.api.way);
  }

  stopPorts(): StopPorts {
    const { clock, fleet } = this;
    const { settings } = this.#ended;
    return callsGoThrough({ clock, settings, fleet, ...this.#operator }, this.api.way);
  }

  /** The tail of a new id. */
  newId(): string {
    return this.#ids.next();
  }

  recoverPorts(): RecoverPorts {
    return callsGoThrough({ ...this.#look, ...this.#measure, ...this.#ended }, this.api.way);
  }

  workflowEndedPorts(): WorkflowEndedPorts {
    return callsGoThrough({ ...this.#look, ...this.#ended }, this.api.way);
  }

  sweepPorts(workflows: WorkflowStarter, executions: Executions): SweepPorts {
    const ports: SweepPorts = {
      ...this.#look,
      ...this.#ended,
      ledger: this.ledger,
      ids: this.#ids,
      workflows,
      executions,
      alarms: simulatedAlarms(this.world),
      outbox: this.#outbox,
      ownAlarms: { all: async () => this.#ownAlarms },
      openIncidents: simulatedOpenIncidents(this.ledger),
      counts: this.counted,
    };
    return callsGoThrough(ports, this.api.way);
  }

  actionPorts<K extends ActionKind>(kind: K, ref: OrderRef): ActionPorts<K> {
    const change = this.witness.watch(simulatedChanges(this.world, kind), kind, ref);
    const { ledger } = this;
    const watched: ActionPorts<K>['ledger'] = {
      entries: (...asked) => ledger.entries(...asked),
      recent: (...asked) => ledger.recent(...asked),
      condemned: (...asked) => ledger.condemned(...asked),
      incidents: (...asked) => ledger.incidents(...asked),
      order: (...asked) => ledger.order(...asked),
      withdraw: (...asked) => ledger.withdraw(...asked),
      ...this.witness.watchClaims(ledger),
    };
    return callsGoThrough({ ...this.#look, ledger: watched, fleet: this.fleet, change }, this.api.way);
  }

  /** A whole number of milliseconds, from the run's own randomness. */
  readonly millisBetween = (low: number, high: number): number => Math.round(this.#random.between(low, high));
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

const idsFrom = (random: Random): Ids => ({
  next: () => Array.from({ length: 8 }, () => letters[random.uint32() % letters.length]).join(''),
});
