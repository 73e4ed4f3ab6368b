import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { Standing, TargetFact } from '../../lambdas/model/facts.ts';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Order } from '../../lambdas/model/order.ts';
import type { Signal } from '../../lambdas/model/signal.ts';
import { guard } from '../../lambdas/pipeline/guard/guard.ts';
import type { ActionPorts, LookPorts } from '../../lambdas/ports/ports.ts';
import type { PublishedSettings } from '../../lambdas/ports/sight.ts';
import { SimulatedControls } from '../../lib/simulator/adapters/controls.ts';
import { SimulatedFleet } from '../../lib/simulator/adapters/fleet.ts';
import { SimulatedLedger } from '../../lib/simulator/adapters/ledger.ts';
import { guardFacts, now, settings, standing, thisIncident } from './build.ts';

/** A world that stands still but for what a test does to it, with the real laws of the ledger. */
export class Desk {
  readonly clock = { now: (): Instant => this.at };
  readonly controls = new SimulatedControls(this.clock);
  readonly ledger = new SimulatedLedger(this.controls);
  readonly fleet = new SimulatedFleet(this.ledger, 10);
  readonly changes: string[] = [];
  at: Instant = now;
  world: Standing;
  onChange: (change: string) => void = () => {};

  constructor(world: Standing = standing()) {
    this.world = world;
  }

  look(): LookPorts & { readonly fleet: SimulatedFleet } {
    return {
      fleet: this.fleet,
      clock: this.clock,
      controls: this.controls,
      targets: { health: async () => this.world.targets },
      services: { describe: async () => this.world },
      images: { resolve: async () => this.world.resolves, gone: async () => this.world.imagesGone },
      audience: { confirmed: async () => this.world.listeners ?? 0 },
      routing: { groups: async () => this.world.routing ?? [] },
      protection: { of: async () => this.world.protection },
      stacks: { status: async () => this.world.stack },
      scaling: { activities: async () => this.world.scaling ?? [] },
    };
  }

  deregisterPorts(): ActionPorts<'deregister-target'> {
    const deregisterTargets = async (targets: readonly { readonly id: string; readonly port: number }[]) => {
      const said = `deregister ${targets.map(({ id, port }) => `${id}:${port}`).join(' ')}`;
      this.changes.push(said);
      this.onChange(said);
    };
    return { ...this.look(), ledger: this.ledger, change: { deregisterTargets } };
  }

  /** Opens an incident and writes the order into the ledger as `recover` does. */
  async order(order: Order): Promise<void> {
    await this.ledger.open(signal(), thisIncident, this.at);
    const ruling = guard(order.proposal, guardFacts());
    await this.append({ kind: 'ActionStarted', id: `${order.id}.started`, order, ruling });
  }

  append(
    entry: Pick<LedgerEntry, 'id'> &
      Omit<Extract<LedgerEntry, { kind: 'ActionStarted' }>, 'incident' | 'service' | 'at'>,
  ): Promise<void> {
    return this.ledger.append([{ ...entry, incident: thisIncident, service: 'checkout', at: this.at }]);
  }
}

export const signal = (change: Partial<Signal> = {}): Signal => ({
  id: `paramedic/test/checkout/errors@${now}`,
  service: 'checkout',
  kind: 'errors',
  alarm: 'paramedic/test/checkout/errors',
  state: 'firing',
  at: now,
  source: 'cloudwatch-alarm',
  says: 'Threshold Crossed',
  ...change,
});

export const withState = (world: Standing, id: string, state: TargetFact['state']): Standing => ({
  ...world,
  targets: world.targets.map((fact) => (fact.target.id === id ? { ...fact, state } : fact)),
});

export const configured = (...all: readonly ServiceSettings[]) => ({
  of: async (service: string): Promise<PublishedSettings | undefined> => {
    const found = (all.length === 0 ? [settings()] : all).find(({ id }) => id === service);
    return found && { kind: 'valid', settings: found };
  },
});
