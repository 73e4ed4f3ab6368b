import { describe, expect, it } from 'vitest';
import { NotDone } from '../../lambdas/contract/not-done.ts';
import { deregisterTarget } from '../../lambdas/pipeline/act/deregister-target.ts';
import { replaceTask } from '../../lambdas/pipeline/act/replace-task.ts';
import { perform } from '../../lambdas/pipeline/perform.ts';
import { minutes, now, onTask, order, settings, targetRef, thisIncident } from './build.ts';
import { Desk, withState } from './desk.ts';

const ref = { incidentId: thisIncident, orderId: '1' };
const sick = targetRef(1).id;
const wanted = order(onTask('deregister-target', 1));

/** A desk with the order in its ledger, where a deregistered target drains at once. */
async function desk(pending = wanted): Promise<Desk> {
  const made = new Desk();
  await made.order(pending);
  made.onChange = () => {
    made.world = withState(made.world, sick, 'draining');
  };
  return made;
}

describe('perform', () => {
  it('makes the one change of its order and says what it saw of it', async () => {
    const made = await desk();
    const result = await perform(deregisterTarget, ref, made.deregisterPorts());
    expect(result).toMatchObject({ kind: 'done', receipt: { kind: 'changed' } });
    expect(made.changes).toEqual([`deregister ${sick}:8080`]);
  });

  it('changes nothing without an order in the ledger, whoever calls', async () => {
    const made = new Desk();
    const result = await perform(deregisterTarget, ref, made.deregisterPorts());
    expect(result).toMatchObject({ kind: 'refused', reason: 'order.unknown' });
    expect(made.changes).toEqual([]);
  });

  it('refuses an order that is for another action', async () => {
    const made = await desk();
    const ports = {
      ...made.look(),
      ledger: made.ledger,
      change: { stopTask: async () => expect.fail('it was stopped') },
    };
    expect(await perform(replaceTask, ref, ports)).toMatchObject({ kind: 'refused', reason: 'order.unknown' });
  });

  it('carries an order out once: a second call changes nothing, and does not say that nothing was changed', async () => {
    const made = await desk();
    await perform(deregisterTarget, ref, made.deregisterPorts());
    made.world = withState(made.world, sick, 'healthy');
    const again = await perform(deregisterTarget, ref, made.deregisterPorts());
    expect(again).toEqual({ kind: 'unknown', error: 'The order was begun before.' });
    expect(made.changes).toHaveLength(1);
  });

  it('judges the load that was measured before the order by the tasks that are there now', async () => {
    const load = { at: now, requests: null, cpu: { most: 320, newest: 320 } };
    const made = await desk(order(onTask('deregister-target', 1), { load }));
    expect(await perform(deregisterTarget, ref, made.deregisterPorts())).toMatchObject({ kind: 'done' });
    const fewer = await desk(order(onTask('deregister-target', 1), { load }));
    fewer.world = withState(withState(fewer.world, targetRef(2).id, 'initial'), targetRef(3).id, 'initial');
    const result = await perform(deregisterTarget, ref, fewer.deregisterPorts());
    expect(result).toMatchObject({ kind: 'refused', reason: 'load.survivors' });
    expect(fewer.changes).toEqual([]);
  });

  it('refuses an order whose load was not measured', async () => {
    const made = await desk(order(onTask('deregister-target', 1), { load: null }));
    const result = await perform(deregisterTarget, ref, made.deregisterPorts());
    expect(result).toMatchObject({ kind: 'refused', reason: 'load.unknown' });
  });

  it('refuses an order past its expiry', async () => {
    const made = await desk();
    made.at = wanted.expiresAt + 1;
    expect(await perform(deregisterTarget, ref, made.deregisterPorts())).toMatchObject({ reason: 'order.expired' });
    expect(made.changes).toEqual([]);
  });

  it('looks again: what is so already is not done', async () => {
    const made = await desk();
    made.world = withState(made.world, sick, 'draining');
    const result = await perform(deregisterTarget, ref, made.deregisterPorts());
    expect(result).toMatchObject({ kind: 'done', receipt: { kind: 'already-so' } });
    expect(made.changes).toEqual([]);
  });

  it('refuses when the task is gone meanwhile', async () => {
    const made = await desk();
    made.world = { ...made.world, tasks: made.world.tasks.slice(1) };
    expect(await perform(deregisterTarget, ref, made.deregisterPorts())).toMatchObject({ kind: 'refused' });
    expect(made.changes).toEqual([]);
  });

  it('guards again on fresh facts: targets that were lost meanwhile stop it', async () => {
    const made = await desk();
    made.world = { ...made.world, targets: made.world.targets.slice(0, 2) };
    const result = await perform(deregisterTarget, ref, made.deregisterPorts());
    expect(result).toMatchObject({ kind: 'refused', reason: 'targets.too-few-healthy' });
    expect(made.changes).toEqual([]);
  });

  it('refuses while a person has paused Paramedic', async () => {
    const made = await desk();
    made.controls.pause('checkout', { by: 'on-call', why: 'maintenance', until: null });
    const result = await perform(deregisterTarget, ref, made.deregisterPorts());
    expect(result).toMatchObject({ kind: 'refused', reason: 'controls.paused' });
  });

  it('does not say that nothing was changed when another run of it has begun the order', async () => {
    const made = await desk();
    await perform(deregisterTarget, ref, made.deregisterPorts());
    made.world = withState(made.world, sick, 'healthy');
    made.controls.pause(null, { by: 'ann', why: 'a test', until: null });
    const again = await perform(deregisterTarget, ref, made.deregisterPorts());
    expect(again).toEqual({ kind: 'unknown', error: 'The order was begun before.' });
  });

  it('turns a refused order down for good', async () => {
    const made = await desk();
    made.controls.pause(null, { by: 'ann', why: 'a test', until: null });
    expect(await perform(deregisterTarget, ref, made.deregisterPorts())).toMatchObject({ kind: 'refused' });
    made.controls.resume(null);
    expect(await perform(deregisterTarget, ref, made.deregisterPorts())).toMatchObject({ reason: 'order.unknown' });
    expect(made.changes).toEqual([]);
  });

  it('is stopped by the claim itself when the pause comes after the last look', async () => {
    const made = await desk();
    const ports = made.deregisterPorts();
    const result = await perform(deregisterTarget, ref, {
      ...ports,
      ledger: {
        order: (asked) => made.ledger.order(asked),
        condemned: (service) => made.ledger.condemned(service),
        incidents: (service, since) => made.ledger.incidents(service, since),
        entries: (incident) => made.ledger.entries(incident),
        recent: (service, since) => made.ledger.recent(service, since),
        withdraw: (asked) => made.ledger.withdraw(asked),
        claim: (asked, at) => {
          made.controls.pause(null, { by: 'on-call', why: 'now', until: null });
          return made.ledger.claim(asked, at);
        },
      },
    });
    expect(result).toMatchObject({ kind: 'refused', reason: 'controls.paused' });
    expect(made.changes).toEqual([]);
  });

  it('changes nothing in observe mode, even with an order', async () => {
    const made = await desk(order(onTask('deregister-target', 1), { settings: settings({ mode: 'observe' }) }));
    expect(await perform(deregisterTarget, ref, made.deregisterPorts())).toMatchObject({ reason: 'mode.observe' });
    expect(made.changes).toEqual([]);
  });

  it('refuses when the world cannot be read', async () => {
    const made = await desk();
    const targets = { health: () => Promise.reject(new Error('throttled')) };
    const result = await perform(deregisterTarget, ref, { ...made.deregisterPorts(), targets });
    expect(result).toMatchObject({ kind: 'refused', reason: 'world.unreadable' });
    expect(made.changes).toEqual([]);
  });

  it('does not know the result when the answer of the change is lost', async () => {
    const made = await desk();
    made.onChange = () => {
      throw new Error('socket hang up');
    };
    const result = await perform(deregisterTarget, ref, made.deregisterPorts());
    expect(result).toEqual({ kind: 'unknown', error: 'socket hang up' });
    expect(made.changes).toHaveLength(1);
  });

  it('is refused, and knows that nothing was done, when AWS rejects the change', async () => {
    const made = await desk();
    made.onChange = () => {
      throw new NotDone('AccessDenied: not authorized to perform DeregisterTargets');
    };
    const result = await perform(deregisterTarget, ref, made.deregisterPorts());
    expect(result).toMatchObject({ kind: 'refused', reason: 'change.rejected' });
  });

  it('does not take an answer of 200 for a change: it must be seen', async () => {
    const made = await desk();
    made.onChange = () => {};
    expect(await perform(deregisterTarget, ref, made.deregisterPorts())).toMatchObject({ kind: 'unknown' });
    expect(made.changes).toHaveLength(1);
  });

  it('is refused by the fence when another incident has the service', async () => {
    const made = await desk(order(onTask('deregister-target', 1), { fence: 7 }));
    made.at = now + minutes(1);
    expect(await perform(deregisterTarget, ref, made.deregisterPorts())).toMatchObject({ reason: 'order.fenced' });
  });
});
