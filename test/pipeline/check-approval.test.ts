import { describe, expect, it } from 'vitest';
import type { ApprovalRequest } from '../../lambdas/model/approval.ts';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Order } from '../../lambdas/model/order.ts';
import { deregisterTarget } from '../../lambdas/pipeline/act/deregister-target.ts';
import { worldSeen } from '../../lambdas/pipeline/guard/world-seen.ts';
import { perform } from '../../lambdas/pipeline/perform.ts';
import { minutes, now, onTask, order, settings, standing, targetRef, thisIncident } from './build.ts';
import { Desk, withState } from './desk.ts';

const ref = { incidentId: thisIncident, orderId: '1' };
const act = onTask('deregister-target', 1);
const rung = 'sick-target|1|0';
const approval = { requestId: '7', by: 'ann', at: now };
const asked = order(act, { settings: settings({ mode: 'approve' }), approval });
const request: ApprovalRequest = {
  id: '7',
  rung,
  proposals: [act],
  expiresAt: now + minutes(15),
  world: worldSeen(act, standing()),
};

type Told = { readonly kind: LedgerEntry['kind'] } & Readonly<Record<string, unknown>>;
const entry = (told: Told, n: number): LedgerEntry =>
  ({ incident: thisIncident, service: 'checkout', at: now, id: `e${n}`, ...told }) as LedgerEntry;
const requested = (change: Partial<ApprovalRequest> = {}): Told => ({
  kind: 'ApprovalRequested',
  request: { ...request, ...change },
  ruling: { verdict: { kind: 'allow' }, findings: [], bite: 'ask' },
});
const given: Told = { kind: 'ApprovalGiven', requestId: '7', by: 'ann', why: 'yes' };

/** Carries the order out with these entries in its ledger. */
async function performed(pending: Order, told: readonly Told[], world = standing()) {
  const desk = new Desk();
  await desk.order(pending as typeof asked);
  await desk.ledger.append(told.map(entry));
  desk.world = world;
  desk.onChange = () => {
    desk.world = withState(desk.world, targetRef(1).id, 'draining');
  };
  const result = await perform(deregisterTarget, ref, desk.deregisterPorts());
  if (result.kind !== 'done') expect(desk.changes).toEqual([]);
  return result;
}

describe('an order in approve mode', () => {
  it('is carried out with an approval that is in the ledger', async () => {
    expect(await performed(asked, [requested(), given])).toMatchObject({ kind: 'done', receipt: { kind: 'changed' } });
  });

  it('is carried out once more on the approval of the act that ECS took back, and of no other', async () => {
    const again = (repeats: string) =>
      order({ ...act, key: `${act.key}|again 1`, repeats }, { settings: settings({ mode: 'approve' }), approval });
    expect(await performed(again(act.key), [requested(), given])).toMatchObject({ kind: 'done' });
    expect(await performed(again('another'), [requested(), given])).toMatchObject({ reason: 'approval.missing' });
  });

  it.each<[string, string, readonly Told[]]>([
    ['was asked for', 'approval.missing', []],
    ['was given', 'approval.missing', [requested()]],
    ['is for this act', 'approval.missing', [requested({ proposals: [onTask('deregister-target', 2)] }), given]],
    ['is for this rung', 'approval.missing', [requested({ rung: 'another' }), given]],
    ['is for this request', 'approval.missing', [requested({ id: '8' }), { ...given, requestId: '8' }]],
    ['was not a rejection', 'approval.rejected', [requested(), { ...given, kind: 'ApprovalRejected' }]],
    ['stands', 'approval.void', [requested(), given, { kind: 'ApprovalVoided', requestId: '7', says: 'So.' }]],
    ['came in time', 'approval.expired', [requested({ expiresAt: now - 1 }), given]],
  ])('is refused unless the approval %s', async (_, reason, told) => {
    expect(await performed(asked, told)).toMatchObject({ kind: 'refused', reason });
  });

  it('is carried out with an approval of the last millisecond', async () => {
    expect(await performed(asked, [requested({ expiresAt: now }), given])).toMatchObject({ kind: 'done' });
  });

  it('is refused without one, though somebody has approved the act: it must be named', async () => {
    const { approval: _, ...forged } = asked;
    expect(await performed(forged, [requested(), given])).toMatchObject({
      kind: 'refused',
      reason: 'approval.missing',
    });
  });

  it('is refused when the world has changed since', async () => {
    const result = await performed(asked, [requested(), given], standing({ desired: 7 }));
    expect(result).toEqual({ kind: 'refused', reason: 'approval.void', says: '7 tasks are desired, no longer 6.' });
  });

  it('is refused when the approval is voided between the look and the claim', async () => {
    const desk = new Desk();
    await desk.order(asked as typeof asked);
    await desk.ledger.append([requested(), given].map(entry));
    const ports = desk.deregisterPorts();
    const entries = async (incident: string) => {
      const seen = await desk.ledger.entries(incident);
      await desk.ledger.append([entry({ kind: 'ApprovalVoided', requestId: '7', says: 'So.' }, 9)]);
      return seen;
    };
    const { ledger } = desk;
    const watched: typeof ports.ledger = {
      entries,
      order: (...a) => ledger.order(...a),
      recent: (...a) => ledger.recent(...a),
      condemned: (...a) => ledger.condemned(...a),
      incidents: (...a) => ledger.incidents(...a),
      claim: (...a) => ledger.claim(...a),
      withdraw: (...a) => ledger.withdraw(...a),
    };
    const result = await perform(deregisterTarget, ref, { ...ports, ledger: watched });
    expect(result).toMatchObject({ kind: 'refused', reason: 'approval.void' });
    expect(desk.changes).toEqual([]);
  });
});

describe('an order that carries an approval in automatic mode', () => {
  it('is held to it all the same: its rung was asked for', async () => {
    const bold = { ...asked, settings: settings() };
    expect(await performed(bold, [])).toMatchObject({ kind: 'refused', reason: 'approval.missing' });
    expect(await performed(bold, [requested(), given])).toMatchObject({ kind: 'done' });
  });
});

describe('an incident that is not drawn for enforcement', () => {
  it('has no order carried out', async () => {
    const undrawn = order(act, { settings: settings({ enforce: 0 }) });
    expect(await performed(undrawn, [])).toMatchObject({ kind: 'refused', reason: 'mode.not-drawn' });
  });
});
