import { beforeAll, describe, expect, it } from 'vitest';
import type { EntryOf, LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Order } from '../../lambdas/model/order.ts';
import { actionsOf } from '../../lib/simulator/actions-of.ts';
import { simulate, startOfTime } from '../../lib/simulator/simulate.ts';
import { scenarioFrom } from '../scenarios/play-all.ts';

/** One task is taken out and replaced. */
const text = `
name: test
duration: 18m
services:
  checkout:
    tasks: 4
    traffic: 80/s
    capacityPerTask: 60/s
    account: { reregisters: never, sidecar: false }
faults:
  - { at: 2m, kind: error-task, service: checkout, tasks: 1, rate: 60% }
`;

const startIn = (ledger: readonly LedgerEntry[]): EntryOf<'ActionStarted'> => {
  const found = ledger.find((entry) => entry.kind === 'ActionStarted');
  if (found === undefined) throw new Error('Nothing was ordered.');
  return found;
};

describe('the actions of a run', () => {
  let ledger: readonly LedgerEntry[];
  let out: EntryOf<'ActionStarted'>;
  beforeAll(async () => {
    ({ ledger } = await simulate(scenarioFrom('test.yaml', text), { seed: 1 }));
    out = startIn(ledger);
  });

  const id = (order: Pick<Order, 'id'>): string => `${out.incident}|${order.id}`;
  /** The same order once more, but for what is given. */
  const again = (given: Partial<Order> = {}, incident = out.incident): EntryOf<'ActionStarted'> => ({
    ...out,
    incident,
    at: out.at + 60_000,
    order: { ...out.order, id: 'again', ...given },
  });
  const told = (changed: readonly string[], ...more: readonly LedgerEntry[]) =>
    actionsOf([...ledger, ...more], new Set(changed), startOfTime).map(
      ({ kind, times, enforced }) => `${times} × ${kind}${enforced ? '' : ', not done'}`,
    );

  it('are one for all orders of a rung that do the same to the same, however often they were done', () => {
    expect(told([id(out.order)])).toEqual(['1 × deregister-target', '1 × replace-task, not done']);
    expect(told([id(out.order)], again())).toEqual(['2 × deregister-target', '1 × replace-task, not done']);
    expect(told([id({ id: 'again' })], again())[0]).toBe('2 × deregister-target');
    expect(told([], again())[0]).toBe('2 × deregister-target, not done');
  });

  it('have the time of the first order and the check of the last', () => {
    const check: LedgerEntry = {
      ...again(),
      kind: 'CheckMade',
      orderId: 'again',
      check: 'no-change',
      says: '',
    } as never;
    const [first] = actionsOf([...ledger, again(), check], new Set(), startOfTime);
    expect(first).toMatchObject({ at: (out.at - startOfTime) / 1000, times: 2, check: 'no-change' });
  });

  it('are others in another rung or incident, and for another task', () => {
    expect(told([], again({ rung: 'another' }))).toHaveLength(3);
    expect(told([], again({}, 'another'))).toHaveLength(3);
    const { subject } = out.order.proposal;
    const other = { ...subject, task: { cluster: '', task: 'another' } } as Order['proposal']['subject'];
    expect(told([], again({ proposal: { ...out.order.proposal, subject: other } as Order['proposal'] }))).toHaveLength(
      3,
    );
  });
});
