import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { ChangeName } from '../../lambdas/contract/permissions.ts';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { Controls } from '../../lambdas/model/controls.ts';
import type { EntryOf } from '../../lambdas/model/ledger-entry.ts';
import type { Order } from '../../lambdas/model/order.ts';
import type { OrderState } from './adapters/ledger-store.ts';

/** One change an action function asked AWS for. */
export type Deed = {
  readonly at: Instant;
  readonly service: string;
  readonly incident: string;
  readonly order: string;
  readonly action: ActionKind;
  readonly change: ChangeName;
  readonly subject: string;
};

/** What was so at the moment of a deed. */
export type DeedFacts = {
  /** The order as the ledger has it; undefined when it has none. */
  readonly order: { readonly order: Order; readonly state: OrderState } | undefined;
  readonly controls: Controls;
  /** Orders of the service that were begun and have no result yet. */
  readonly unfinished: readonly Order[];
  /** Earlier changes for the same order. */
  readonly earlier: readonly Deed[];
  readonly condemned: readonly EntryOf<'ReleaseCondemned'>[];
  /** Healthy targets that take traffic, before and after the deed; the floor is that of the guardrail. */
  readonly healthy: { readonly before: number; readonly after: number; readonly floor: number };
};

type Promised = (deed: Deed, facts: DeedFacts) => string | undefined;

/** How healthy capacity is taken away by hand; a deployment minds its own. */
const takesOut: ReadonlySet<ChangeName> = new Set(['deregisterTargets', 'stopTask']);

const promised: readonly Promised[] = [
  (_, { controls }) => (controls.kind === 'running' ? undefined : `while changes were stopped (${controls.kind})`),
  ({ action }, { order }) => {
    const settings = order?.order.settings;
    const mode = settings?.actionModes[action] ?? settings?.mode;
    return mode === 'observe' ? 'in observe mode' : undefined;
  },
  (_, { order }) => (order?.state === 'started' ? undefined : `without a claimed order (${order?.state ?? 'none'})`),
  ({ action }, { order }) =>
    order && order.order.proposal.kind !== action ? `for an order to ${order.order.proposal.kind}` : undefined,
  (_, { earlier }) => (earlier.length > 0 ? 'a second time for the same order' : undefined),
  ({ incident, order }, { unfinished }) => {
    const other = unfinished.find(({ incidentId, id }) => incidentId !== incident || id !== order);
    return other ? `while ${other.proposal.kind} on the same service had no result yet` : undefined;
  },
  ({ change, subject }, { condemned }) =>
    change === 'updateService' && condemned.some(({ taskDefinition }) => taskDefinition === subject)
      ? 'to a release that was condemned'
      : undefined,
  ({ change }, { healthy: { before, after, floor } }) =>
    takesOut.has(change) && after < before && after < floor
      ? `leaving ${after} healthy targets where ${floor} must remain`
      : undefined,
];

/** One sentence for each promise that the deed breaks; none for a good one. */
export function brokenBy(deed: Deed, facts: DeedFacts, start: Instant): readonly string[] {
  const seconds = Math.round((deed.at - start) / 1000);
  return promised
    .map((promise) => promise(deed, facts))
    .filter((how) => how !== undefined)
    .map((how) => `At ${seconds} s ${deed.change} was called on ${deed.service} (${deed.subject}) ${how}.`);
}
