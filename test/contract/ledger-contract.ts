import { beforeEach, describe, expect, it } from 'vitest';
import type { Incident } from '../../lambdas/model/incident.ts';
import type { Ledger } from '../../lambdas/ports/ledger.ts';
import type { OpenIncidents } from '../../lambdas/ports/sweep.ts';
import {
  answered,
  askedFor,
  checkMade,
  completed,
  condemnedRelease,
  handedOver,
  incidentId,
  minute,
  order,
  ordered,
  recovered,
  released,
  signal,
  start,
  voided,
} from './ledger-samples.ts';

/** A ledger to test, with the pause items beside it; the item for everything is there and says running. */
export type LedgerUnderTest = {
  readonly ledger: Ledger;
  readonly openIncidents: OpenIncidents;
  /** `service` null pauses everything. `until` in epoch milliseconds, null for ever. */
  readonly pause: (service: string | null, until: number | null) => Promise<void>;
  /** Takes the item for everything away, as if Paramedic had never been installed. */
  readonly losePauseItem: () => Promise<void>;
};

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);

/** The laws every ledger obeys; each world runs them against its own. */
export function describeLedger(name: string, make: () => Promise<LedgerUnderTest>): void {
  describe(`ledger: ${name}`, () => {
    let under: LedgerUnderTest;
    let ledger: Ledger;
    beforeEach(async () => {
      under = await make();
      ledger = under.ledger;
    });
    const open = (n = 1, at = n): Promise<Incident> => ledger.open(signal(at), incidentId(n), start + at);
    const started = async (incident: Incident, id = 'order-1') => {
      const given = order(incident, id);
      await ledger.append([ordered(given)]);
      return given;
    };
    const idsOf = async (incident: Incident) => (await ledger.entries(incident.id)).map(({ id }) => id);
    const signalsOf = async (incident: Incident) =>
      (await ledger.entries(incident.id)).filter(({ kind }) => kind === 'SignalReceived').length;

    describe('the list of open incidents', () => {
      const list = () => under.openIncidents.list();
      const listed = { incident: incidentId(1), service: 'checkout', openedAt: start + 1, closedAt: null };

      it('is empty before the first incident, and has each with its status while it is open', async () => {
        expect(await list()).toEqual([]);
        const incident = await open();
        expect(await list()).toEqual([{ ...listed, status: 'starting' }]);
        await ledger.markStarted(incident.id);
        expect(await list()).toEqual([{ ...listed, status: 'started' }]);
        await ledger.close(handedOver(incident), 1);
        expect(await list()).toEqual([{ ...listed, status: 'handed-over' }]);
        const end = released(incident);
        await ledger.release(end, 1);
        expect(await list()).toEqual([{ ...listed, status: 'closed', closedAt: end.at }]);
      });

      it('has the newest incident of each service, and one for each service', async () => {
        const first = await open();
        await ledger.close(recovered(first), 1);
        await open(2);
        await ledger.open(signal(3, { service: 'cart', alarm: 'cart' }), incidentId(3), start + 3);
        const found = [...(await list())].sort((one, other) => one.openedAt - other.openedAt);
        expect(found.map(({ incident, service, closedAt }) => [incident, service, closedAt])).toEqual([
          [incidentId(2), 'checkout', null],
          [incidentId(3), 'cart', null],
        ]);
      });

      it('stays as it is when a signal joins, and when nothing is started any more', async () => {
        const incident = await open();
        await ledger.join(signal(2, { alarm: 'other' }));
        await ledger.close(recovered(incident), 2);
        await ledger.markStarted(incident.id);
        expect(await list()).toMatchObject([{ status: 'closed' }]);
      });
    });

    describe('what was heard of alarms', () => {
      it('is the newest change of each alarm of the service, after its incident too', async () => {
        expect(await ledger.heard('checkout')).toEqual({});
        const incident = await open();
        await ledger.join(signal(2, { alarm: 'other' }));
        await ledger.join(signal(5, { alarm: 'other' }));
        const { alarm, at } = signal(1);
        const heard = { [alarm]: at, other: signal(5).at };
        expect(await ledger.heard('checkout')).toEqual(heard);
        await ledger.close(recovered(incident), 3);
        expect(await ledger.heard('checkout')).toEqual(heard);
        expect(await ledger.heard('cart')).toEqual({});
      });
    });

    describe('opening and joining', () => {
      it('has nothing to join before an incident is open', async () => {
        expect(await ledger.join(signal(0))).toEqual({ kind: 'nothing-open' });
        expect(await ledger.incident(incidentId(1))).toBeUndefined();
        expect(await ledger.entries(incidentId(1))).toEqual([]);
      });

      it('opens an incident as starting, with its signal as first entry', async () => {
        const opened = await open();
        expect(opened).toEqual({
          id: incidentId(1),
          service: 'checkout',
          openedAt: start + 1,
          fence: 1,
          status: 'starting',
        });
        expect(await ledger.incident(opened.id)).toEqual(opened);
        const [first, ...rest] = await ledger.entries(opened.id);
        expect(first).toMatchObject({ kind: 'SignalReceived', incident: opened.id, signal: signal(1) });
        expect(rest).toEqual([]);
      });

      it('opens one incident for twenty racing signals and loses none of them', async () => {
        const opened = await Promise.all(
          upTo(20).map((n) => ledger.open(signal(n, { alarm: `a${n}` }), incidentId(n), start)),
        );
        expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
        const [incident] = opened;
        expect(incident && (await signalsOf(incident))).toBe(20);
      });

      it('keeps services apart', async () => {
        const checkout = await open(1);
        const cart = await ledger.open(signal(2, { service: 'cart' }), incidentId(2), start);
        expect(cart.id).not.toBe(checkout.id);
        expect(await ledger.recent('cart', start - minute)).toHaveLength(1);
      });

      it('adds a signal once, however often it comes', async () => {
        const incident = await open();
        const second = signal(minute, { state: 'resolved' });
        expect(await ledger.join(second)).toMatchObject({ kind: 'joined', incident: { id: incident.id } });
        expect(await ledger.join(second)).toMatchObject({ kind: 'duplicate', incident: { id: incident.id } });
        expect(await ledger.join(signal(1))).toMatchObject({ kind: 'duplicate' });
        expect(await signalsOf(incident)).toBe(2);
      });

      it('says that an incident is still starting when a duplicate comes', async () => {
        await open();
        expect(await ledger.join(signal(1))).toMatchObject({ kind: 'duplicate', incident: { status: 'starting' } });
      });

      it('lets a signal that was overtaken by the same alarm change nothing', async () => {
        const incident = await open(1, 2 * minute);
        expect(await ledger.join(signal(minute, { state: 'resolved' }))).toMatchObject({ kind: 'overtaken' });
        expect(await signalsOf(incident)).toBe(1);
      });

      it('lets an older signal of another alarm join', async () => {
        await open(1, 2 * minute);
        expect(await ledger.join(signal(minute, { alarm: 'latency' }))).toMatchObject({ kind: 'joined' });
      });

      it('does not open a second incident for an event that comes again after the first was closed', async () => {
        const first = await open();
        await ledger.close(recovered(first), 1);
        expect(await ledger.join(signal(1))).toMatchObject({ kind: 'duplicate', incident: { status: 'closed' } });
        expect(await ledger.join(signal(0))).toMatchObject({ kind: 'overtaken', incident: { status: 'closed' } });
        expect(await ledger.join(signal(2))).toEqual({ kind: 'nothing-open' });
      });

      it('knows an overtaken event that comes a second time for a duplicate', async () => {
        const incident = await open();
        await ledger.join(signal(minute, { state: 'resolved' }));
        expect(await ledger.join(signal(1))).toMatchObject({ kind: 'duplicate', incident: { id: incident.id } });
      });

      it('refuses to open an incident under an id that was used', async () => {
        await ledger.close(recovered(await open()), 1);
        await expect(ledger.open(signal(2), incidentId(1), start)).rejects.toThrow(
          `An incident ${incidentId(1)} exists already.`,
        );
        expect(await ledger.incidents('checkout', start)).toHaveLength(1);
      });

      it('marks an incident started once and in no other status', async () => {
        const { id } = await open();
        await ledger.markStarted(id);
        await ledger.markStarted(id);
        expect(await ledger.incident(id)).toMatchObject({ status: 'started' });
        await ledger.close(recovered(await open()), 1);
        await ledger.markStarted(id);
        expect(await ledger.incident(id)).toMatchObject({ status: 'closed' });
      });
    });

    describe('entries', () => {
      it('appends what is new and leaves what is there as it is', async () => {
        const incident = await open();
        await ledger.append([checkMade(incident, 'a'), checkMade(incident, 'b')]);
        await ledger.append([{ ...checkMade(incident, 'a'), says: 'Another sentence.' }, checkMade(incident, 'c')]);
        expect((await idsOf(incident)).slice(1)).toEqual(['a', 'b', 'c']);
        expect(await ledger.entries(incident.id)).toContainEqual(checkMade(incident, 'a'));
      });

      it('gives entries in the order they were appended, whatever their time says', async () => {
        const incident = await open();
        await ledger.append([checkMade(incident, 'z', 3 * minute)]);
        await ledger.append([checkMade(incident, 'a', 1 * minute), checkMade(incident, 'm', 2 * minute)]);
        expect((await idsOf(incident)).slice(1)).toEqual(['z', 'a', 'm']);
      });

      it('appends nothing for no entries', async () => {
        await open();
        await expect(ledger.append([])).resolves.toBeUndefined();
      });

      it('loses none of twenty writers that append at once, and writes what they all append once', async () => {
        const incident = await open();
        const same = checkMade(incident, 'same');
        await Promise.all(upTo(20).map((n) => ledger.append([checkMade(incident, `c${n}`), same])));
        const ids = await idsOf(incident);
        expect([...ids].sort()).toEqual([ids[0], ...upTo(20).map((n) => `c${n}`), 'same'].sort());
      });

      it('refuses entries of an incident it does not know, and of two incidents at once', async () => {
        const incident = await open();
        const stranger = { ...incident, id: incidentId(9) };
        await expect(ledger.append([checkMade(stranger, 'a')])).rejects.toThrow(
          `CheckMade belongs to the incident ${incidentId(9)}, which is not in the ledger.`,
        );
        await expect(ledger.append([checkMade(incident, 'a'), checkMade(stranger, 'b')])).rejects.toThrow(
          'cannot be appended in one go',
        );
        expect(await idsOf(incident)).toHaveLength(1);
      });

      it('takes 99 entries in one go, and refuses a hundred rather than writing some of them', async () => {
        const incident = await open();
        const many = upTo(100).map((n) => checkMade(incident, `c${n}`));
        await expect(ledger.append(many)).rejects.toThrow('100 entries are too many to append in one go.');
        expect(await idsOf(incident)).toHaveLength(1);
        await ledger.append(many.slice(1));
        expect(await idsOf(incident)).toHaveLength(100);
      });

      it('refuses an entry too large for it, and keeps none of those beside it', async () => {
        const incident = await open();
        const large = { ...checkMade(incident, 'large'), says: 'é'.repeat(205_000) };
        await expect(ledger.append([checkMade(incident, 'small'), large])).rejects.toThrow(
          /ENTRY#large has \d+ bytes; DynamoDB takes 409600 at most/,
        );
        const end = Object.assign({}, handedOver(incident), { says: large.says });
        await expect(ledger.close(end, 1)).rejects.toThrow('409600 at most');
        expect(await idsOf(incident)).toHaveLength(1);
        expect(await ledger.incident(incident.id)).toMatchObject({ status: 'starting' });
      });

      it('gives back a long history whole and in order', async () => {
        const incident = await open();
        const ids = upTo(12).map((n) => `c${11 - n}`);
        for (const id of ids) await ledger.append([{ ...checkMade(incident, id), says: id.padEnd(200_000, '.') }]);
        expect((await idsOf(incident)).slice(1)).toEqual(ids);
        expect((await ledger.entries(incident.id)).at(-1)).toMatchObject({ says: 'c0'.padEnd(200_000, '.') });
      });

      it('keeps numbers as they are, however small', async () => {
        const incident = await open();
        const tiny = { ...checkMade(incident, 'a'), at: start, pValue: 1e-300 };
        await ledger.append([tiny]);
        expect(await ledger.entries(incident.id)).toContainEqual(tiny);
      });

      it('gives back what was appended, whatever the caller does with it afterwards', async () => {
        const incident = await open();
        const mine = { ...checkMade(incident, 'a') };
        await ledger.append([mine]);
        Object.assign(mine, { says: 'Changed by the caller.' });
        expect(await ledger.entries(incident.id)).toContainEqual(checkMade(incident, 'a'));
      });

      it('remembers entries of incidents opened since a moment, oldest incident first', async () => {
        const first = await open(1, 1);
        await ledger.append([checkMade(first, 'a')]);
        await ledger.close(recovered(first), 1);
        const second = await open(2, 10 * minute);
        await ledger.append([checkMade(second, 'b')]);
        const all = await ledger.recent('checkout', start);
        expect(all.map(({ incident }) => incident)).toEqual([
          ...Array.from({ length: 3 }, () => first.id),
          ...Array.from({ length: 2 }, () => second.id),
        ]);
        expect((await ledger.recent('checkout', start + 5 * minute)).map(({ incident }) => incident)).toEqual([
          second.id,
          second.id,
        ]);
        expect(await ledger.recent('cart', start)).toEqual([]);
      });

      it('remembers condemned releases of every incident of the service', async () => {
        const first = await open(1);
        await ledger.append([condemnedRelease(first, 'condemned')]);
        await ledger.close(recovered(first), 1);
        const second = await open(2);
        await ledger.append([condemnedRelease(second, 'condemned')]);
        expect(await ledger.condemned('checkout')).toEqual([
          condemnedRelease(first, 'condemned'),
          condemnedRelease(second, 'condemned'),
        ]);
        expect(await ledger.condemned('cart')).toEqual([]);
      });

      it('says when incidents were open', async () => {
        const first = await open(1, 1);
        await ledger.close(recovered(first), 1);
        const second = await open(2, 10 * minute);
        expect(await ledger.incidents('checkout', start)).toEqual([
          { id: first.id, openedAt: start + 1, closedAt: start + 5 * minute },
          { id: second.id, openedAt: start + 10 * minute, closedAt: null },
        ]);
      });

      it('keeps a signal that opened nothing without an incident', async () => {
        await ledger.append([
          {
            kind: 'SignalIgnored',
            id: 'ignored',
            incident: '',
            service: 'checkout',
            at: start,
            because: 'nothing-open',
            says: 'Nothing is open.',
          },
        ]);
        expect(await ledger.incidents('checkout', start)).toEqual([]);
      });
    });

    describe('orders and claims', () => {
      it('knows an order while it is pending or started', async () => {
        const incident = await open();
        const ref = { incidentId: incident.id, orderId: 'order-1' };
        expect(await ledger.order(ref)).toBeUndefined();
        const given = await started(incident);
        expect(await ledger.order(ref)).toEqual(given);
        await ledger.claim(given, start);
        expect(await ledger.order(ref)).toEqual(given);
        await ledger.append([completed(given)]);
        expect(await ledger.order(ref)).toBeUndefined();
      });

      it('lets one of twenty racing claims through', async () => {
        const given = await started(await open());
        const claims = await Promise.all(upTo(20).map(() => ledger.claim(given, start)));
        expect(claims.filter((claim) => claim === 'claimed')).toHaveLength(1);
        expect(claims.filter((claim) => claim === 'taken')).toHaveLength(19);
      });

      describe('while an act is in flight', () => {
        const inFlight = async () => {
          const incident = await open();
          const [first, second] = [await started(incident), await started(incident, 'order-2')];
          expect(await ledger.claim(first, start)).toBe('claimed');
          return { incident, first, second };
        };

        it('no other order of the service is claimed, and the same one is taken', async () => {
          const { first, second } = await inFlight();
          expect(await ledger.claim(second, start)).toBe('unsettled');
          expect(await ledger.claim(first, start)).toBe('taken');
          expect(await ledger.claim(second, start + 1000 * minute)).toBe('unsettled');
        });

        it('an unknown result leaves it so, and one that is known does not', async () => {
          const { first, second } = await inFlight();
          await ledger.append([{ ...completed(first), id: 'lost', result: { kind: 'unknown', error: 'no answer' } }]);
          expect(await ledger.claim(second, start)).toBe('unsettled');
          await ledger.append([completed(first)]);
          expect(await ledger.claim(second, start)).toBe('claimed');
        });

        it('the result of another order leaves it so, and so does a signal that joins', async () => {
          const { second } = await inFlight();
          await ledger.append([completed(second)]);
          await ledger.join(signal(minute, { alarm: 'latency' }));
          const third = await started(await open(1), 'order-3');
          expect(await ledger.claim(third, start)).toBe('unsettled');
        });

        it('lets one of two racing orders through', async () => {
          const incident = await open();
          const both = [await started(incident), await started(incident, 'order-2')];
          const claims = await Promise.all(both.map((each) => ledger.claim(each, start)));
          expect([...claims].sort()).toEqual(['claimed', 'unsettled']);
        });

        it('the service is not freed, but may be handed over', async () => {
          const { incident, first } = await inFlight();
          expect(await ledger.close(recovered(incident), 1)).toBe('unsettled');
          expect(await ledger.close(handedOver(incident), 1)).toBe('closed');
          expect(await ledger.release(released(incident), 1)).toBe('unsettled');
          expect(await ledger.incident(incident.id)).toMatchObject({ status: 'handed-over' });
          await ledger.append([completed(first)]);
          expect(await ledger.release(released(incident), 1)).toBe('closed');
        });

        it('a claim by an incident that lost its service is fenced', async () => {
          const { incident, second } = await inFlight();
          await ledger.close(handedOver(incident), 1);
          expect(await ledger.claim(second, start)).toBe('fenced');
        });
      });

      it('turns a pending order down for good', async () => {
        const incident = await open();
        const given = await started(incident);
        const ref = { incidentId: incident.id, orderId: given.id };
        expect(await ledger.withdraw(ref)).toBe(true);
        expect(await ledger.claim(given, start)).toBe('taken');
        expect(await ledger.order(ref)).toBeUndefined();
        expect(await ledger.withdraw(ref)).toBe(false);
      });

      it('does not turn down an order that was begun, or that nobody wrote', async () => {
        const incident = await open();
        const given = await started(incident);
        await ledger.claim(given, start);
        expect(await ledger.withdraw({ incidentId: incident.id, orderId: given.id })).toBe(false);
        expect(await ledger.withdraw({ incidentId: incident.id, orderId: 'never-written' })).toBe(false);
      });

      it('refuses an order that is not in the ledger, or is over', async () => {
        const incident = await open();
        expect(await ledger.claim(order(incident, 'never-written'), start)).toBe('taken');
        const given = await started(incident);
        await ledger.append([completed(given)]);
        expect(await ledger.claim(given, start)).toBe('taken');
      });

      it('takes an order that begins and ends in one append for ended', async () => {
        const given = order(await open());
        await ledger.append([ordered(given), completed(given)]);
        expect(await ledger.order({ incidentId: given.incidentId, orderId: given.id })).toBeUndefined();
        expect(await ledger.claim(given, start)).toBe('taken');
      });

      it('fences an order of an earlier epoch than the one that has the service', async () => {
        const first = await open(1);
        await ledger.close(recovered(first), 1);
        const given = order(await open(2), 'order-1', { fence: first.fence });
        await ledger.append([ordered(given)]);
        expect(await ledger.claim(given, start)).toBe('fenced');
      });

      it('fences an order of an incident that no longer has the service', async () => {
        const first = await open(1);
        const given = await started(first);
        await ledger.close(recovered(first), 1);
        expect(await ledger.claim(given, start)).toBe('fenced');
        const second = await open(2);
        expect(second.fence).toBeGreaterThan(first.fence);
        expect(await ledger.claim(given, start)).toBe('fenced');
      });

      it('fences an order of an incident that was handed over', async () => {
        const incident = await open();
        const given = await started(incident);
        await ledger.close(handedOver(incident), 1);
        expect(await ledger.claim(given, start)).toBe('fenced');
      });

      it('fences an order whose epoch is not the incident’s', async () => {
        const incident = await open();
        const given = order(incident, 'order-1', { fence: incident.fence + 1 });
        await ledger.append([ordered(given)]);
        expect(await ledger.claim(given, start)).toBe('fenced');
      });

      it.each([
        ['everything', null],
        ['the service', 'checkout'],
      ])('refuses while %s is paused, and lets it through when the pause has ended', async (_, paused) => {
        const given = await started(await open());
        await under.pause(paused, start + minute);
        expect(await ledger.claim(given, start + minute - 1)).toBe('paused');
        expect(await ledger.claim(given, start + minute)).toBe('claimed');
      });

      it('refuses during a pause without an end', async () => {
        const given = await started(await open());
        await under.pause(null, null);
        expect(await ledger.claim(given, start + 1000 * minute)).toBe('paused');
      });

      it('does not mind that another service is paused', async () => {
        const given = await started(await open());
        await under.pause('cart', null);
        expect(await ledger.claim(given, start)).toBe('claimed');
      });

      it('refuses when the pause item is not there', async () => {
        const given = await started(await open());
        await under.losePauseItem();
        expect(await ledger.claim(given, start)).toBe('unreadable');
      });
    });

    describe('asking', () => {
      const ref = { incidentId: incidentId(1), requestId: 'request-1' };
      const asked = async (): Promise<Incident> => {
        const incident = await open();
        await ledger.append([askedFor(incident)]);
        return incident;
      };

      it('keeps what was asked and answered, in their order', async () => {
        const incident = await asked();
        expect(await ledger.answer(answered(incident))).toBe('answered');
        expect((await ledger.entries(incident.id)).slice(1)).toEqual([askedFor(incident), answered(incident)]);
      });

      it.each(['ApprovalGiven', 'ApprovalRejected'] as const)('writes no second answer after %s', async (kind) => {
        const incident = await asked();
        await ledger.answer(answered(incident, kind));
        for (const other of ['ApprovalGiven', 'ApprovalRejected'] as const) {
          const again = answered(incident, other, { id: 'another', by: 'bob' });
          expect(await ledger.answer(again)).toBe('stands-no-more');
          expect(await ledger.answer(answered(incident, other))).toBe('stands-no-more');
        }
        expect(await idsOf(incident)).toEqual([expect.any(String), 'asked request-1', 'answer request-1']);
      });

      it('writes the first of twenty answers that race', async () => {
        const incident = await asked();
        const all = upTo(20).map((n) =>
          answered(incident, n % 2 ? 'ApprovalGiven' : 'ApprovalRejected', { id: `answer ${n}`, by: `person ${n}` }),
        );
        const said = await Promise.all(all.map((one) => ledger.answer(one)));
        expect(said.filter((each) => each === 'answered')).toHaveLength(1);
        expect(await ledger.entries(incident.id)).toHaveLength(3);
      });

      it('writes an answer of the last millisecond, and none of the next', async () => {
        const incident = await asked();
        const late = answered(incident, 'ApprovalGiven', { at: start + 16 * minute + 1 });
        expect(await ledger.answer(late)).toBe('stands-no-more');
        expect(await ledger.answer({ ...late, at: start + 16 * minute })).toBe('answered');
      });

      it('writes no answer to what is void, was never asked, or is over', async () => {
        const incident = await asked();
        expect(await ledger.answer(answered(incident, 'ApprovalGiven', { requestId: 'none' }))).toBe('stands-no-more');
        await ledger.append([voided(incident)]);
        expect(await ledger.answer(answered(incident))).toBe('stands-no-more');
        await ledger.append([askedFor(incident, 'request-2')]);
        await ledger.close(handedOver(incident), 1);
        const second = answered(incident, 'ApprovalGiven', { requestId: 'request-2', id: 'answer request-2' });
        expect(await ledger.answer(second)).toBe('stands-no-more');
        expect((await ledger.entries(incident.id)).some(({ kind }) => kind === 'ApprovalGiven')).toBe(false);
      });

      it('tells whom an answer wakes: who was written down last', async () => {
        const incident = await asked();
        expect(await ledger.awaited(incident.id)).toBeUndefined();
        expect(await ledger.awaitWord(ref, 'callback-1')).toBe('waits');
        expect(await ledger.awaitWord(ref, 'callback-2')).toBe('waits');
        expect(await ledger.awaited(incident.id)).toBe('callback-2');
      });

      it('says to whoever would wait that the answer is there, or that the request is void', async () => {
        const incident = await asked();
        await ledger.answer(answered(incident));
        expect(await ledger.awaitWord(ref, 'callback-1')).toBe('answered');
        await ledger.append([voided(incident)]);
        expect(await ledger.awaitWord(ref, 'callback-1')).toBe('answered');
      });

      const approval = { requestId: 'request-1', by: 'ann', at: start + 2 * minute };
      const approvedOrder = async (incident: Incident) => {
        const given = order(incident, 'order-1', { approval });
        await ledger.append([ordered(given)]);
        return given;
      };

      it('lets an order be claimed with its approval', async () => {
        const incident = await asked();
        await ledger.answer(answered(incident));
        const given = await approvedOrder(incident);
        expect(await ledger.order({ incidentId: incident.id, orderId: 'order-1' })).toEqual(given);
        expect(await ledger.claim(given, start)).toBe('claimed');
      });

      it('lets none be claimed whose approval was never given, was a rejection, or is void', async () => {
        const incident = await asked();
        const given = await approvedOrder(incident);
        expect(await ledger.claim(given, start)).toBe('unapproved');
        const unknown = { ...given, approval: { ...approval, requestId: 'none' } };
        expect(await ledger.claim(unknown, start)).toBe('unapproved');
        await ledger.answer(answered(incident, 'ApprovalRejected'));
        expect(await ledger.claim(given, start)).toBe('unapproved');
      });

      it('lets none be claimed whose approval was voided after it was given', async () => {
        const incident = await asked();
        await ledger.answer(answered(incident));
        const given = await approvedOrder(incident);
        await ledger.append([voided(incident)]);
        expect(await ledger.claim(given, start)).toBe('unapproved');
      });

      it('lets a claim and a void that race have it one way or the other', async () => {
        const incident = await asked();
        await ledger.answer(answered(incident));
        const given = await approvedOrder(incident);
        const [claim] = await Promise.all([ledger.claim(given, start), ledger.append([voided(incident)])]);
        expect(['claimed', 'unapproved']).toContain(claim);
        expect(await ledger.claim(given, start)).toBe(claim === 'claimed' ? 'taken' : 'unapproved');
      });
    });

    describe('closing', () => {
      it('frees the service when it has recovered', async () => {
        const incident = await open();
        expect(await ledger.close(recovered(incident), 1)).toBe('closed');
        expect(await ledger.incident(incident.id)).toMatchObject({ status: 'closed' });
        expect((await ledger.entries(incident.id)).at(-1)).toEqual(recovered(incident));
        expect(await ledger.join(signal(minute))).toEqual({ kind: 'nothing-open' });
      });

      it('keeps the service of a handed-over incident, so that later signals join it', async () => {
        const incident = await open();
        await ledger.close(handedOver(incident), 1);
        expect(await ledger.incident(incident.id)).toMatchObject({ status: 'handed-over' });
        expect(await ledger.join(signal(minute))).toMatchObject({ kind: 'joined', incident: { id: incident.id } });
        expect(await ledger.incidents('checkout', start)).toMatchObject([{ closedAt: null }]);
      });

      it('refuses to close while a signal has joined that was not seen', async () => {
        const incident = await open();
        await ledger.join(signal(minute));
        expect(await ledger.close(recovered(incident), 1)).toBe('more-signals');
        expect(await signalsOf(incident)).toBe(2);
        expect(await idsOf(incident)).not.toContain('end');
        expect(await ledger.close(recovered(incident), 2)).toBe('closed');
      });

      it('closes once, however often it is asked', async () => {
        const incident = await open();
        await ledger.close(recovered(incident), 1);
        expect(await ledger.close(recovered(incident), 1)).toBe('closed');
        expect(await ledger.close({ ...handedOver(incident), id: 'another end' }, 1)).toBe('closed');
        expect((await idsOf(incident)).slice(1)).toEqual(['end']);
        expect(await ledger.incident(incident.id)).toMatchObject({ status: 'closed' });
      });

      it('does not free a service that a later incident has', async () => {
        const first = await open(1);
        await ledger.close(recovered(first), 1);
        const second = await open(2);
        await ledger.close(recovered(first), 1);
        expect(await ledger.join(signal(minute))).toMatchObject({ kind: 'joined', incident: { id: second.id } });
      });

      it('releases a handed-over service, unless a signal has joined that was not seen', async () => {
        const incident = await open();
        await ledger.close(handedOver(incident), 1);
        await ledger.join(signal(minute));
        expect(await ledger.release(released(incident), 1)).toBe('more-signals');
        expect(await ledger.release(released(incident), 2)).toBe('closed');
        expect(await ledger.release(released(incident), 2)).toBe('closed');
        expect((await idsOf(incident)).filter((id) => id === 'released')).toHaveLength(1);
        expect(await ledger.incidents('checkout', start)).toMatchObject([{ closedAt: start + 9 * minute }]);
        expect(await ledger.join(signal(2 * minute))).toEqual({ kind: 'nothing-open' });
      });

      it('is ended by one of twenty that race to close it', async () => {
        const incident = await open();
        const ends = upTo(20).map((n) => ({ ...(n % 2 ? handedOver(incident) : recovered(incident)), id: `end ${n}` }));
        const said = await Promise.all(ends.map((end) => ledger.close(end, 1)));
        expect(new Set(said)).toEqual(new Set(['closed']));
        const [, end, ...more] = await ledger.entries(incident.id);
        expect(more).toEqual([]);
        const status = end?.kind === 'HandedOver' ? 'handed-over' : 'closed';
        expect(await ledger.incident(incident.id)).toMatchObject({ status });
      });

      it('lets a claim and a close that race have it one way or the other', async () => {
        const incident = await open();
        const given = await started(incident);
        const [claim, closed] = await Promise.all([ledger.claim(given, start), ledger.close(handedOver(incident), 1)]);
        expect(['claimed', 'fenced']).toContain(claim);
        expect(closed).toBe('closed');
        expect(await ledger.claim(given, start)).toBe('fenced');
      });

      it('loses none of twenty signals that race with a close', async () => {
        const incident = await open();
        const racing = upTo(20).map((n) => signal(minute + n, { alarm: `a${n}` }));
        const [closed, ...joins] = await Promise.all([
          ledger.close(recovered(incident), 1),
          ...racing.map((one) => ledger.join(one)),
        ]);
        const joined = joins.filter(({ kind }) => kind === 'joined').length;
        expect(await signalsOf(incident)).toBe(1 + joined);
        expect(joins.every(({ kind }) => kind === 'joined' || kind === 'nothing-open')).toBe(true);
        expect(closed === 'closed' ? joined : joined > 0).toBe(closed === 'closed' ? 0 : true);
      });
    });
  });
}
