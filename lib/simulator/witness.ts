import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { ChangeName } from '../../lambdas/contract/permissions.ts';
import type { Order, OrderRef } from '../../lambdas/model/order.ts';
import type { Changes } from '../../lambdas/ports/changes.ts';
import type { SimulatedControls } from './adapters/controls.ts';
import type { SimulatedLedger } from './adapters/ledger.ts';
import { brokenBy, type Deed } from './promises.ts';
import type { World } from './world/world.ts';

/** Stands between the action functions and AWS, and writes down what they change and which promise that breaks. */
export class Witness {
  readonly deeds: Deed[] = [];
  readonly violations: string[] = [];
  readonly #world: World;
  readonly #ledger: SimulatedLedger;
  readonly #controls: SimulatedControls;
  readonly #start: number;

  constructor(world: World, ledger: SimulatedLedger, controls: SimulatedControls) {
    this.#world = world;
    this.#ledger = ledger;
    this.#controls = controls;
    this.#start = world.clock.now();
  }

  /** The ids of the orders that changed the world, as `incident|order`. */
  get changed(): ReadonlySet<string> {
    return new Set(this.deeds.map(({ incident, order }) => `${incident}|${order}`));
  }

  /** The same changes, watched. */
  watch(changes: Changes, action: ActionKind, ref: OrderRef): Changes {
    const see = (change: ChangeName, subject: string, run: () => Promise<void>): Promise<void> =>
      this.#see(action, ref, change, subject, run);
    const ids = (targets: readonly { readonly id: string }[]) => targets.map(({ id }) => id).join(', ');
    return {
      deregisterTargets: (targets) => see('deregisterTargets', ids(targets), () => changes.deregisterTargets(targets)),
      registerTargets: (targets) => see('registerTargets', ids(targets), () => changes.registerTargets(targets)),
      stopTask: (task, reason) => see('stopTask', task.task, () => changes.stopTask(task, reason)),
      forceNewDeployment: (service) =>
        see('forceNewDeployment', service.service, () => changes.forceNewDeployment(service)),
      updateService: (service, taskDefinition) =>
        see('updateService', taskDefinition, () => changes.updateService(service, taskDefinition)),
      stopServiceDeployment: (deployment) =>
        see('stopServiceDeployment', deployment, () => changes.stopServiceDeployment(deployment)),
    };
  }

  async #see(
    action: ActionKind,
    { incidentId, orderId }: OrderRef,
    change: ChangeName,
    subject: string,
    run: () => Promise<void>,
  ): Promise<void> {
    const order = this.#ledger.known({ incidentId, orderId });
    const service = order?.order.service ?? 'unknown';
    const now = this.#world.clock.now();
    const deed = { at: now, service, incident: incidentId, order: orderId, action, change, subject };
    const facts = {
      order,
      // The fence has read the pause a moment before; nothing can lie between fence and change but the way to AWS.
      controls: this.#controls.state(service, now, wayToAws),
      unfinished: this.#ledger.unfinished(service),
      earlier: this.deeds.filter((earlier) => earlier.incident === incidentId && earlier.order === orderId),
      condemned: await this.#ledger.condemned(service),
    };
    const before = this.#healthy(service);
    await run();
    this.deeds.push(deed);
    const healthy = {
      before,
      after: this.#healthy(service),
      floor: order ? floorOf(order.order, this.#world.service(service).scheduler.desired) : 0,
    };
    this.violations.push(...brokenBy(deed, { ...facts, healthy }, this.#start));
  }

  /** Tasks that are healthy and take traffic. */
  #healthy(service: string): number {
    const { fleet } = this.#world.service(service);
    return fleet.tasks.filter((task) => fleet.inService(task)).length;
  }
}

/** How old a pause must be, in ms, for the change that was on its way to have known of it. */
const wayToAws = 2000;

function floorOf({ settings }: Order, desired: number): number {
  const { count, share } = settings.limits.minHealthyTargets;
  return Math.max(count, Math.ceil(share * desired));
}
