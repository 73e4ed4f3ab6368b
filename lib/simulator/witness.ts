import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { ChangeName } from '../../lambdas/contract/permissions.ts';
import type { TargetRef } from '../../lambdas/contract/targets.ts';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { Order, OrderRef } from '../../lambdas/model/order.ts';
import type { Changes } from '../../lambdas/ports/changes.ts';
import type { Ledger } from '../../lambdas/ports/ledger.ts';
import type { SimulatedLedger } from './adapters/ledger.ts';
import { unfinishedOrders, unsettledOrders } from './adapters/ledger-answers.ts';
import type { Deed } from './deed.ts';
import type { Service } from './world/service.ts';
import type { World } from './world/world.ts';

/** Stands between the action functions and AWS, and writes down what they change and what was so then. It judges nothing. */
export class Witness {
  readonly deeds: Deed[] = [];
  readonly #world: World;
  readonly #ledger: SimulatedLedger;
  readonly #claims = new Map<string, { readonly at: Instant; readonly ended: boolean }>();

  constructor(world: World, ledger: SimulatedLedger) {
    this.#world = world;
    this.#ledger = ledger;
  }

  /** The ids of the orders that changed the world, as `incident|order`. */
  get changed(): ReadonlySet<string> {
    return new Set(this.deeds.map(({ incident, order }) => `${incident}|${order}`));
  }

  /** The same claims, watched. */
  watchClaims<L extends Pick<Ledger, 'claim'>>(ledger: L): Pick<Ledger, 'claim'> {
    return {
      claim: async (order, at) => {
        const result = await ledger.claim(order, at);
        const status = this.#ledger.opened.find(({ id }) => id === order.incidentId)?.status;
        const ended = status === 'handed-over' || status === 'closed';
        if (result === 'claimed') {
          this.#claims.set(`${order.incidentId}|${order.id}`, { at: this.#world.clock.now(), ended });
        }
        return result;
      },
    };
  }

  /** The same changes, watched. */
  watch(changes: Changes, action: ActionKind, ref: OrderRef): Changes {
    const begun = this.#world.clock.now();
    const see = <T>(
      change: ChangeName,
      subject: string,
      tasks: readonly string[],
      run: () => Promise<T>,
      isChange?: (made: T) => boolean,
    ) => this.#see({ action, change, subject, tasks, begun }, ref, run, isChange);
    return {
      deregisterTargets: (targets) =>
        see('deregisterTargets', names(targets), this.#tasksOf(targets), () => changes.deregisterTargets(targets)),
      registerTargets: (targets) =>
        see('registerTargets', names(targets), this.#tasksOf(targets), () => changes.registerTargets(targets)),
      stopTask: (task, reason) => see('stopTask', task.task, [task.task], () => changes.stopTask(task, reason)),
      forceNewDeployment: (service) =>
        see('forceNewDeployment', service.service, [], () => changes.forceNewDeployment(service)),
      registerTaskDefinition: (copy) => {
        const known = new Set(this.#world.services.flatMap(({ releases }) => releases.active.map(({ arn }) => arn)));
        const register = () => changes.registerTaskDefinition(copy);
        // One that was there already changes nothing.
        return see('registerTaskDefinition', copy.of, [], register, (arn) => !known.has(arn));
      },
      updateService: (service, taskDefinition) =>
        see('updateService', taskDefinition, [], () => changes.updateService(service, taskDefinition)),
      stopServiceDeployment: (deployment) =>
        see('stopServiceDeployment', deployment, [], () => changes.stopServiceDeployment(deployment)),
    };
  }

  async #see<T>(
    asked: Pick<Deed, 'action' | 'change' | 'subject' | 'tasks' | 'begun'>,
    ref: OrderRef,
    run: () => Promise<T>,
    isChange: (made: T) => boolean = () => true,
  ): Promise<T> {
    const { incidentId, orderId } = ref;
    const askedAt = this.#world.clock.now();
    const known = this.#ledger.known(ref);
    const id = known?.order.service ?? 'unknown';
    const service = this.#world.services.find((each) => each.id === id);
    const before = service === undefined ? 0 : healthyIn(service);
    const servingSince =
      asked.change === 'stopTask' && service !== undefined ? givenRequestsSince(service, asked.subject) : null;
    const well = asked.tasks.filter((arn) => {
      const task = service?.fleet.find(arn);
      return task !== undefined && service?.conditions.isWell(task) === true;
    });
    const live = service?.fleet.live.map(({ arn }) => arn) ?? [];
    const protectedSince = protectionOf(service, asked.tasks);
    const written = known && { order: known.order, state: known.state };
    const isAnother = (order: Order): boolean => order.incidentId !== incidentId || order.id !== orderId;
    const unfinished = unfinishedOrders(this.#ledger.of(id)).filter(isAnother);
    const unsettled = unsettledOrders(this.#ledger.of(id)).filter(isAnother);
    const made = await run();
    if (!isChange(made)) return made;
    const claim = this.#claims.get(`${incidentId}|${orderId}`);
    this.deeds.push({
      ...asked,
      askedAt,
      at: this.#world.clock.now(),
      service: id,
      incident: incidentId,
      order: orderId,
      claimedAt: claim?.at ?? null,
      incidentEnded: claim?.ended ?? false,
      written,
      unfinished,
      unsettled,
      healthy: { before, after: service === undefined ? 0 : healthyIn(service) },
      well,
      live,
      protectedSince,
      servingSince,
    });
    return made;
  }

  #tasksOf(targets: readonly TargetRef[]): readonly string[] {
    // Two services may have the same address in different networks: the target group says whose it is.
    return this.#world.services.flatMap(({ fleet }) => {
      const own = targets.filter(({ targetGroup }) => fleet.groups.some(({ arn }) => arn === targetGroup));
      const addresses = new Set(own.map(({ id }) => id));
      return fleet.tasks.filter(({ address }) => addresses.has(address)).map(({ arn }) => arn);
    });
  }
}

const healthyIn = ({ fleet }: Service): number => fleet.tasks.filter((task) => fleet.inService(task)).length;

function protectionOf(service: Service | undefined, tasks: readonly string[]): Instant | null {
  const known = tasks.map((arn) => service?.fleet.find(arn)).filter((task) => task !== undefined);
  const since = known.map((task) => service?.conditions.protectedSince(task) ?? null).filter((at) => at !== null);
  return since.length === 0 ? null : Math.min(...since);
}

/** Since when one of the task's targets has been among those that get requests. */
function givenRequestsSince({ fleet }: Service, arn: string): Instant | null {
  const task = fleet.find(arn);
  const serving = fleet.groups.flatMap((group) => {
    const target = task && group.of(task);
    return target !== undefined && group.routable().includes(target) ? [target.since] : [];
  });
  return serving.length === 0 ? null : Math.min(...serving);
}

const names = (targets: readonly TargetRef[]): string => targets.map(({ id }) => id).join(', ');
