import { fold } from '../../../lambdas/pipeline/record/evolve.ts';
import type { KeptIncident } from '../adapters/ledger-store.ts';
import type { Invariant } from './invariant.ts';

/** The entries of an incident, replayed from the beginning, give the state that the ledger keeps beside them. */
export const ledgerReplay: Invariant = {
  name: 'ledger-replay',

  broken: ({ incidents }) =>
    incidents.flatMap((kept) =>
      differences(kept).map((what) => ({
        at: kept.entries.at(-1)?.at ?? kept.incident.openedAt,
        says: `The ledger of ${kept.incident.id}, replayed, does not give its state: ${what}.`,
      })),
    ),
};

const outcomes = { starting: null, started: null, 'handed-over': 'handed-over', closed: undefined } as const;

function differences({ incident, entries, signals, orders, closedAt }: KeptIncident): readonly string[] {
  const state = fold(JSON.parse(JSON.stringify(entries)) as typeof entries);
  const outcome = outcomes[incident.status];
  const isFree = state.outcome === 'recovered' || entries.some(({ kind }) => kind === 'ServiceReleased');
  const attempted = new Set(state.attempts.map(({ order }) => order.id));
  const refused = new Set(
    entries.flatMap((entry) =>
      entry.kind === 'ActionCompleted' && entry.result.kind === 'refused' ? [entry.orderId] : [],
    ),
  );
  const ended = new Set(entries.flatMap((entry) => (entry.kind === 'ActionCompleted' ? [entry.orderId] : [])));
  return [
    ...(state.signalsSeen === signals ? [] : [`${state.signalsSeen} signals, not ${signals}`]),
    ...(outcome === undefined || state.outcome === outcome ? [] : [`the outcome ${state.outcome}, not ${outcome}`]),
    ...(isFree === (closedAt !== null) ? [] : [`its service is ${isFree ? 'free' : 'kept'}`]),
    ...orders
      .filter(({ order }) => !attempted.has(order.id) && !refused.has(order.id))
      .map(({ order }) => `the order ${order.id} is missing`),
    ...orders
      .filter(({ order, state }) => ended.has(order.id) && state !== 'ended')
      .map(({ order, state }) => `the order ${order.id} is ${state}`),
  ];
}
