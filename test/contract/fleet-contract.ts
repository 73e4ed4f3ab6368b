import { beforeEach, describe, expect, it } from 'vitest';
import { type FleetRecord, newFleetRecord } from '../../lambdas/contract/fleet-record.ts';
import type { Fleet } from '../../lambdas/ports/fleet.ts';
import type { Ledger } from '../../lambdas/ports/ledger.ts';
import {
  completed,
  handedOver,
  incidentId,
  minute,
  order,
  ordered,
  recovered,
  released,
  signal,
  start,
} from './ledger-samples.ts';

export type FleetUnderTest = { readonly ledger: Ledger; readonly fleet: Fleet };

const place = { loadBalancer: 'app/shop/1', cluster: 'arn:cluster/shop', dependsOn: ['cart'] };
const faster = (record: FleetRecord) => ({ record: { ...record, pace: record.pace + 1 }, result: record.pace });

/** The laws of what all services share; each world runs them against its own. */
export function describeFleet(name: string, make: () => Promise<FleetUnderTest>): void {
  describe(`fleet: ${name}`, () => {
    let ledger: Ledger;
    let fleet: Fleet;
    beforeEach(async () => {
      ({ ledger, fleet } = await make());
    });
    const only = async () => (await fleet.read()).incidents;

    it('begins with an empty record and no incident', async () => {
      expect(await fleet.read()).toEqual({ record: newFleetRecord, incidents: [] });
    });

    it('loses none of twenty changes at once, and lets each see those before it', async () => {
      const seen = await Promise.all(Array.from({ length: 20 }, () => fleet.update(faster)));
      expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
      expect((await fleet.read()).record.pace).toBe(21);
    });

    it('gives the result of a change that changes nothing', async () => {
      expect(await fleet.update((record) => ({ record, result: 'as it was' }))).toBe('as it was');
      expect((await fleet.read()).record).toEqual(newFleetRecord);
    });

    it('tells of the newest incident of each service, from the moment it is open', async () => {
      await ledger.open(signal(1), incidentId(1), start + 1, place);
      await ledger.open(signal(2, { service: 'cart' }), incidentId(2), start + 2);
      const known = { closedAt: null, actedAt: null };
      const cart = { ...known, service: 'cart', incident: incidentId(2), openedAt: start + 2, place: null };
      const checkout = { ...known, service: 'checkout', incident: incidentId(1), openedAt: start + 1, place };
      expect(new Set(await only())).toEqual(new Set([checkout, cart]));
    });

    it('says when one was acted on and when it has freed its service; a later one keeps when it was acted on', async () => {
      const first = await ledger.open(signal(1), incidentId(1), start, place);
      const given = order(first, 'order-1');
      await ledger.append([ordered(given)]);
      expect(await only()).toMatchObject([{ actedAt: null }]);
      await ledger.claim(given, start + 7);
      expect(await only()).toMatchObject([{ actedAt: start + 7, closedAt: null }]);
      await ledger.append([completed(given)]);
      const end = recovered(first);
      await ledger.close(end, 1);
      expect(await only()).toMatchObject([{ incident: incidentId(1), closedAt: end.at }]);
      await ledger.open(signal(10 * minute), incidentId(2), start + 10 * minute, place);
      expect(await only()).toMatchObject([{ incident: incidentId(2), closedAt: null, actedAt: start + 7 }]);
    });

    it('an incident that was handed over is open until its service is free', async () => {
      const incident = await ledger.open(signal(1), incidentId(1), start, place);
      await ledger.close(handedOver(incident), 1);
      expect(await only()).toMatchObject([{ closedAt: null }]);
      const end = released(incident);
      await ledger.release(end, 1);
      expect(await only()).toMatchObject([{ closedAt: end.at }]);
    });

    it('a claim that was refused is no act', async () => {
      const incident = await ledger.open(signal(1), incidentId(1), start, place);
      expect(await ledger.claim(order(incident, 'never-written'), start + 7)).toBe('taken');
      expect(await only()).toMatchObject([{ actedAt: null }]);
    });
  });
}
