import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FleetRecord, newFleetRecord } from '../../../lambdas/contract/fleet-record.ts';
import type { Order } from '../../../lambdas/model/order.ts';
import { giveBack, inFlightAt, paceAt, reserve, settle, settleAll } from '../../../lambdas/pipeline/guard/in-flight.ts';
import { minutes, now, onTask, order, settings } from '../build.ts';

const limits = settings().fleet;
const orderOf = (incidentId: string, change: Partial<Order> = {}): Order =>
  order(onTask('deregister-target', 1), { incidentId, ...change });
const refOf = (incidentId: string) => ({ incidentId, orderId: '1' });
const verified = (record: FleetRecord, incident: string, failed: boolean, at = now): FleetRecord =>
  settle(reserve(record, orderOf(incident), at), refOf(incident), failed, limits, at);
const seen = (...failed: readonly boolean[]): FleetRecord =>
  failed.reduce((record, each, n) => verified(record, `i${n}`, each), newFleetRecord);

/** The order expires after 2 minutes, expects something within 5, and waits out 5 of not being able to look. */
const longest = minutes(12);

describe('an act in flight', () => {
  it('takes a place once, however often it is asked for', () => {
    const once = reserve(newFleetRecord, orderOf('a'), now);
    expect(once.inFlight).toEqual([
      { incident: 'a', order: '1', service: 'checkout', since: now, until: now + longest, wayBack: false },
    ]);
    expect(reserve(once, orderOf('a'), now + 1)).toBe(once);
    expect(reserve(once, orderOf('a', { id: '2' }), now).inFlight).toHaveLength(2);
    expect(reserve(once, orderOf('b'), now).inFlight).toHaveLength(2);
  });

  it('gives its place back as if it had never been', () => {
    const taken = reserve(newFleetRecord, orderOf('a'), now);
    expect(giveBack(taken, refOf('a'))).toEqual(newFleetRecord);
    expect(giveBack(taken, refOf('b'))).toBe(taken);
  });

  it('counts until its time is over, and not beyond', () => {
    const taken = reserve(newFleetRecord, orderOf('a'), now);
    expect(inFlightAt(taken, now + longest - 1)).toHaveLength(1);
    expect(inFlightAt(taken, now + longest)).toEqual([]);
  });

  it('has failed when its time is over, and nobody has spoken', () => {
    const taken = reserve(seen(false), orderOf('a'), now);
    expect(paceAt(taken, limits, now + longest - 1)).toBe(2);
    expect(paceAt(taken, limits, now + longest)).toBe(1);
    const next = reserve(taken, orderOf('b'), now + longest);
    expect(next).toMatchObject({ pace: 1, resets: 1, inFlight: [{ incident: 'b' }] });
    expect(next.verified[0]).toMatchObject({ incident: 'a', failed: true, at: now + longest });
  });

  it('what is done once more fails nothing, and doubles nothing', () => {
    const repeated = order({ ...onTask('deregister-target', 1), repeats: 'the first' }, { incidentId: 'a' });
    const taken = reserve(seen(false), repeated, now);
    expect(taken.inFlight).toMatchObject([{ incident: 'a', wayBack: true }]);
    for (const failed of [true, false])
      expect(settle(taken, refOf('a'), failed, limits, now)).toMatchObject({ pace: 2, resets: 0, inFlight: [] });
  });

  it('a way back that is never heard of again fails nothing', () => {
    const taken = reserve(seen(false), orderOf('a', { undoes: '0' }), now);
    expect(paceAt(taken, limits, now + longest)).toBe(2);
    expect(reserve(taken, orderOf('b'), now + longest)).toMatchObject({ pace: 2, resets: 0 });
  });
});

describe('the pace', () => {
  it('is one, two, then four as acts are verified, and never more than is set', () => {
    expect([seen(), seen(false), seen(false, false), seen(false, false, false)].map(({ pace }) => pace)).toEqual([
      1, 2, 4, 4,
    ]);
    expect(paceAt(seen(false, false), { ...limits, velocity: { most: 3 } }, now)).toBe(3);
  });

  it('does not fall when a service that allows less is verified', () => {
    const taken = reserve(seen(false, false), orderOf('a'), now);
    expect(settle(taken, refOf('a'), false, { ...limits, velocity: { most: 1 } }, now).pace).toBe(4);
  });

  it('is one again after the first that fails, which is told of once until something helps', () => {
    expect(seen(false, false, true)).toMatchObject({ pace: 1, resets: 1 });
    expect(seen(true)).toMatchObject({ pace: 1, resets: 1 });
    expect(seen(true, true)).toMatchObject({ pace: 1, resets: 1 });
    expect(seen(true, false, true)).toMatchObject({ pace: 1, resets: 2 });
  });

  it('is not moved by what holds no place: settling twice is settling once', () => {
    const once = seen(false);
    expect(settle(once, refOf('i0'), false, limits, now)).toBe(once);
    expect(settle(once, refOf('i0'), true, limits, now)).toBe(once);
  });

  it('is not moved by a way back, whatever became of it', () => {
    for (const failed of [true, false]) {
      const taken = reserve(seen(false), orderOf('a', { undoes: '0' }), now);
      expect(settle(taken, refOf('a'), failed, limits, now)).toEqual(seen(false));
    }
  });

  it('falls when an incident ends before its act was verified', () => {
    const taken = reserve(reserve(seen(false), orderOf('a'), now), orderOf('b'), now);
    const ended = settleAll(taken, 'a', limits, now);
    expect(ended).toMatchObject({ pace: 1, resets: 1, inFlight: [{ incident: 'b' }] });
    expect(settleAll(ended, 'a', limits, now)).toBe(ended);
  });

  it('is at least one and at most what is set, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (failed, most) => {
        const record = seen(...failed);
        const pace = paceAt(record, { ...limits, velocity: { most } }, now);
        expect(pace).toBeGreaterThanOrEqual(1);
        expect(pace).toBeLessThanOrEqual(most);
        if (failed.at(-1) === true) expect(pace).toBe(1);
      }),
    );
  });
});

describe('the demotion', () => {
  const strict = { ...limits, errorBudget: { share: 0.5, atLeast: 2, within: { hours: 1 } } };
  const fail = (record: FleetRecord, incident: string) =>
    settle(reserve(record, orderOf(incident), now), refOf(incident), true, strict, now);

  it('is counted once, when the budget is spent', () => {
    const one = fail(newFleetRecord, 'a');
    const two = fail(one, 'b');
    expect([one, two, fail(two, 'c')].map(({ demotions }) => demotions)).toEqual([0, 1, 1]);
  });
});
