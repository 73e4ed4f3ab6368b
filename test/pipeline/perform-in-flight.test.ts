import { describe, expect, it } from 'vitest';
import { NotDone } from '../../lambdas/contract/not-done.ts';
import { deregisterTarget } from '../../lambdas/pipeline/act/deregister-target.ts';
import { reserve } from '../../lambdas/pipeline/guard/in-flight.ts';
import { perform } from '../../lambdas/pipeline/perform.ts';
import { now, onTask, order, targetRef, thisIncident } from './build.ts';
import { Desk, withState } from './desk.ts';

const ref = { incidentId: thisIncident, orderId: '1' };
const wanted = order(onTask('deregister-target', 1));
const elsewhere = order(onTask('deregister-target', 1), { incidentId: 'another', service: 'cart' });

async function desk(pending = wanted): Promise<Desk> {
  const made = new Desk();
  await made.order(pending);
  made.onChange = () => {
    made.world = withState(made.world, targetRef(1).id, 'draining');
  };
  return made;
}
const inFlight = (made: Desk) => made.fleet.record.inFlight.map(({ incident, order: id }) => `${incident} ${id}`);
const broken = () => Promise.reject(new Error('the table does not answer'));

describe('the place of an act among all services', () => {
  it('is taken before the change, and kept until it is verified', async () => {
    const made = await desk();
    let whenChanged: readonly string[] = [];
    const { onChange } = made;
    made.onChange = (change) => {
      whenChanged = inFlight(made);
      onChange(change);
    };
    expect(await perform(deregisterTarget, ref, made.deregisterPorts())).toMatchObject({ kind: 'done' });
    expect([whenChanged, inFlight(made)]).toEqual([[`${thisIncident} 1`], [`${thisIncident} 1`]]);
  });

  it('is refused while another service has it', async () => {
    const made = await desk();
    await made.fleet.update((record) => ({ record: reserve(record, elsewhere, now), result: null }));
    const result = await perform(deregisterTarget, ref, made.deregisterPorts());
    expect(result).toMatchObject({ kind: 'refused', reason: 'velocity.spent' });
    expect([made.changes, inFlight(made)]).toEqual([[], ['another 1']]);
  });

  it('is refused when another service takes it after the guardrails have looked', async () => {
    const made = await desk();
    const ports = made.deregisterPorts();
    const result = await perform(deregisterTarget, ref, {
      ...ports,
      fleet: {
        read: () => made.fleet.read(),
        update: async (change) => {
          made.fleet.record = reserve(made.fleet.record, elsewhere, now);
          return made.fleet.update(change);
        },
      },
    });
    expect(result).toMatchObject({ kind: 'refused', reason: 'velocity.spent' });
    expect([made.changes, inFlight(made)]).toEqual([[], ['another 1']]);
  });

  it('is given back when the claim fails', async () => {
    const made = await desk();
    const ports = made.deregisterPorts();
    const ledger = new Proxy(made.ledger, {
      get: (target, key) => {
        if (key === 'claim') return async () => 'unsettled';
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const result = await perform(deregisterTarget, ref, { ...ports, ledger });
    expect(result).toMatchObject({ kind: 'refused', reason: 'intent.unsettled' });
    expect([made.changes, inFlight(made)]).toEqual([[], []]);
  });

  it('is given back when AWS rejects the change, and kept when nobody knows', async () => {
    for (const [error, kept] of [
      [new NotDone('no'), []],
      [new Error('timed out'), [`${thisIncident} 1`]],
    ] as const) {
      const made = await desk();
      await perform(deregisterTarget, ref, {
        ...made.deregisterPorts(),
        change: { deregisterTargets: () => Promise.reject(error) },
      });
      expect(inFlight(made)).toEqual(kept);
    }
  });

  it('stays with the first of two runs for one order', async () => {
    const made = await desk();
    await perform(deregisterTarget, ref, made.deregisterPorts());
    made.world = withState(made.world, targetRef(1).id, 'healthy');
    await perform(deregisterTarget, ref, made.deregisterPorts());
    expect([made.changes.length, inFlight(made)]).toEqual([1, [`${thisIncident} 1`]]);
  });

  it('stops an act while it can be neither read nor written, but no way back', async () => {
    for (const fleet of [
      { read: broken, update: broken },
      { read: new Desk().fleet.read.bind(new Desk().fleet), update: broken },
    ]) {
      const act = await desk();
      expect(await perform(deregisterTarget, ref, { ...act.deregisterPorts(), fleet })).toMatchObject({
        kind: 'refused',
        reason: 'fleet.unreadable',
      });
      const back = await desk({ ...wanted, undoes: '0' });
      expect(await perform(deregisterTarget, ref, { ...back.deregisterPorts(), fleet })).toMatchObject({
        kind: 'done',
      });
    }
  });
});
