import { describe, expect, it } from 'vitest';
import { newFleetRecord } from '../../lambdas/contract/fleet-record.ts';
import type { Check } from '../../lambdas/model/incident.ts';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { ActResult } from '../../lambdas/model/order.ts';
import { reserve } from '../../lambdas/pipeline/guard/in-flight.ts';
import { settleFleet } from '../../lambdas/pipeline/settle-fleet.ts';
import { now, onTask, order, settings, thisIncident } from './build.ts';
import { Desk } from './desk.ts';

const given = order(onTask('deregister-target', 1));
const facts = { id: '1', incident: thisIncident, service: 'checkout', at: now, orderId: given.id } as const;
const checked = (check: Check): LedgerEntry => ({ ...facts, kind: 'CheckMade', check, says: '' });
const completed = (result: ActResult): LedgerEntry => ({ ...facts, kind: 'ActionCompleted', result });

/** What all services know once this was written of the one act in flight. */
async function settled(entry: LedgerEntry) {
  const { fleet } = new Desk();
  fleet.record = reserve({ ...newFleetRecord, pace: 2 }, given, now);
  await settleFleet(fleet, [entry], settings().fleet, now);
  const { pace, inFlight, verified } = fleet.record;
  return { pace, inFlight: inFlight.length, verified: verified.map(({ failed }) => failed) };
}

describe('an act in flight', () => {
  it('doubles the pace when it helped, and sets it back when it did not', async () => {
    expect(await settled(checked('helped'))).toEqual({ pace: 4, inFlight: 0, verified: [false] });
    for (const check of ['no-change', 'worse', 'cannot-tell'] as const)
      expect(await settled(checked(check))).toEqual({ pace: 1, inFlight: 0, verified: [true] });
  });

  it('says neither when ECS took it back: its place is free, as if it had never been', async () => {
    expect(await settled(checked('came-back'))).toEqual({ pace: 2, inFlight: 0, verified: [] });
  });

  it('was none when it was turned down before its function began it', async () => {
    const refused = (reason: 'order.withdrawn' | 'order.expired') => completed({ kind: 'refused', reason, says: '' });
    expect(await settled(refused('order.withdrawn'))).toEqual({ pace: 2, inFlight: 0, verified: [] });
    expect(await settled(refused('order.expired'))).toEqual({ pace: 1, inFlight: 0, verified: [true] });
  });

  it('stays in flight while nobody knows', async () => {
    expect(await settled(completed({ kind: 'unknown', error: '' }))).toEqual({ pace: 2, inFlight: 1, verified: [] });
  });
});
