import { beforeEach, describe, expect, it } from 'vitest';
import type { Check } from '../../lambdas/model/incident.ts';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Order } from '../../lambdas/model/order.ts';
import { requestUndo } from '../../lambdas/pipeline/request-undo.ts';
import type { UndoPorts } from '../../lambdas/ports/ports.ts';
import { deployment, done, hours, now, onTask, order, rollBack, thisIncident } from './build.ts';
import { Desk, signal } from './desk.ts';

const person = 'arn:aws:sts::123456789012:assumed-role/OnCall/alex';
const undo = (incident = thisIncident) => ({ kind: 'undo', incident, why: 'it was not that' }) as const;
const rollback = {
  ...rollBack(deployment(42, now - hours(1)), deployment(41, now - hours(168))),
  wayBack: { kind: 'if-worse', says: 'Forward again.' },
} as const;

let desk: Desk;
let started: string[];
let tail: number;
const ports = (): UndoPorts => ({
  clock: desk.clock,
  ids: { next: () => `newone0${tail++}` },
  ledger: desk.ledger,
  workflows: { start: async ({ incidentId }) => void started.push(incidentId) },
});
const entries = (incident: string) => desk.ledger.entries(incident);
const requests = async (incident: string) => (await entries(incident)).filter(({ kind }) => kind === 'UndoRequested');

async function acted(made: Order, check: Check = 'helped'): Promise<void> {
  await desk.order(made);
  const facts = { incident: thisIncident, service: 'checkout', at: now };
  await desk.ledger.append([
    { ...facts, kind: 'ActionCompleted', id: `${made.id}.result`, orderId: made.id, result: done(now) },
    { ...facts, kind: 'CheckMade', id: `${made.id}.check`, orderId: made.id, check, says: '' },
  ]);
}

async function ended(kind: 'RecoveryConfirmed' | 'HandedOver'): Promise<void> {
  const facts = { id: 'end', incident: thisIncident, service: 'checkout', at: now, says: 'It is over.' };
  const entry: LedgerEntry =
    kind === 'HandedOver'
      ? { ...facts, kind, reason: 'plan.exhausted', notDone: [], leftUndone: [] }
      : { ...facts, kind, because: [] };
  await desk.ledger.close(entry, 1);
}

beforeEach(() => {
  desk = new Desk();
  started = [];
  tail = 0;
});

describe('a request to take back', () => {
  it('is left to the incident while it is under way', async () => {
    await acted(order(rollback));
    const answer = await requestUndo(undo(), person, ports());
    expect(answer).toEqual({
      kind: 'done',
      says: `Paramedic takes back in the incident ${thisIncident}: roll-back-deployment something.`,
    });
    expect(await requests(thisIncident)).toMatchObject([
      { by: person, why: 'it was not that', of: thisIncident, orders: [{ id: '1' }] },
    ]);
    expect(started).toEqual([]);
  });

  it.each(['RecoveryConfirmed', 'HandedOver'] as const)('opens an incident of its own after %s', async (kind) => {
    await acted(order(rollback));
    await ended(kind);
    expect(await requestUndo(undo(), person, ports())).toMatchObject({ kind: 'done' });
    const [id = ''] = started;
    expect(id).toMatch(/-newone0\d$/);
    expect(await desk.ledger.incident(id)).toMatchObject({ service: 'checkout', fence: 2, status: 'started' });
    expect(await requests(id)).toMatchObject([{ of: thisIncident, orders: [{ id: '1' }] }]);
    expect((await entries(id))[0]).toMatchObject({ signal: { source: 'operator', state: 'resolved' } });
  });

  it('is given to an incident that has come since', async () => {
    await acted(order(rollback));
    await ended('RecoveryConfirmed');
    const later = await desk.ledger.open(signal({ id: 'later', at: now + 1 }), '20260105-130000-laterone', now + 1);
    expect(await requestUndo(undo(), person, ports())).toMatchObject({ kind: 'done' });
    expect(await requests(later.id)).toHaveLength(1);
  });

  it('is made once', async () => {
    await acted(order(rollback));
    await ended('RecoveryConfirmed');
    await requestUndo(undo(), person, ports());
    expect(await requestUndo(undo(), 'another', ports())).toEqual({
      kind: 'refused',
      says: `${person} has asked for it already: it was not that`,
    });
    expect(started).toHaveLength(1);
  });

  it('names the newest act first, and not what is taken back already', async () => {
    await acted(order(onTask('deregister-target', 1), { id: '1' }));
    await acted(order(onTask('register-target', 1), { id: '2', undoes: '1' }));
    await acted(order(onTask('deregister-target', 2), { id: '3' }));
    await acted(order(rollback, { id: '4' }));
    await requestUndo(undo(), person, ports());
    expect(await requests(thisIncident)).toMatchObject([{ orders: [{ id: '4' }, { id: '3' }] }]);
  });

  it('is refused for an incident that is not there', async () => {
    expect(await requestUndo(undo('20260105-120000-nosuchid'), person, ports())).toEqual({
      kind: 'refused',
      says: 'There is no incident 20260105-120000-nosuchid.',
    });
  });

  it('is refused where nothing was changed', async () => {
    await desk.ledger.open(signal(), thisIncident, now);
    const { says } = await requestUndo(undo(), person, ports());
    expect(says).toBe(`In the incident ${thisIncident} nothing was changed, so there is nothing to take back.`);
  });

  it('is refused for a task that was taken out and has been replaced since', async () => {
    await acted(order(onTask('deregister-target', 1)));
    const wayBack = { kind: 'by-itself', says: 'The scheduler starts another task.' } as const;
    await acted(order({ ...onTask('replace-task', 1), wayBack }, { id: '2' }));
    expect(await requestUndo(undo(), person, ports())).toEqual({
      kind: 'refused',
      says: `Nothing of the incident ${thisIncident} can be taken back (any more). deregister-target something: Its task has been replaced since. replace-task something: The scheduler starts another task.`,
    });
    expect(await requests(thisIncident)).toEqual([]);
  });

  it('is refused where every act says that there is no way back', async () => {
    const wayBack = { kind: 'by-itself', says: 'The scheduler starts another task.' } as const;
    await acted(order({ ...onTask('replace-task', 1), wayBack }));
    expect(await requestUndo(undo(), person, ports())).toEqual({
      kind: 'refused',
      says: `Nothing of the incident ${thisIncident} can be taken back (any more). replace-task something: The scheduler starts another task.`,
    });
    expect(await requests(thisIncident)).toEqual([]);
  });
});
