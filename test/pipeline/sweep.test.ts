import { describe, expect, it } from 'vitest';
import type { ReasonCode } from '../../lambdas/contract/reasons.ts';
import type { FiringAlarm } from '../../lambdas/model/firing-alarm.ts';
import type { Message } from '../../lambdas/model/message.ts';
import { receive } from '../../lambdas/pipeline/receive.ts';
import { asEvent } from '../../lambdas/pipeline/sweep/as-event.ts';
import { sweepLimits } from '../../lambdas/pipeline/sweep/limits.ts';
import { sweep } from '../../lambdas/pipeline/sweep.ts';
import type { SweepPorts } from '../../lambdas/ports/ports.ts';
import type { ExecutionState } from '../../lambdas/ports/sweep.ts';
import { simulatedOpenIncidents } from '../../lib/simulator/adapters/open-incidents.ts';
import { simulatedOutbox } from '../../lib/simulator/adapters/outbox.ts';
import { done, hours, minutes, now, onTask, order, settings, target, targetRef, task, thisIncident } from './build.ts';
import { configured, Desk, signal, withState } from './desk.ts';
import { message } from './notify/build.ts';
import { errorsAlarm, firing, toCheckout } from './sweep/build.ts';

/** A desk whose alarms, executions and mute rules a test can turn. */
function sweeping(desk = new Desk()) {
  const state = {
    firing: [] as readonly FiringAlarm[],
    muted: [] as readonly string[],
    execution: { kind: 'running' } as ExecutionState,
    started: [] as string[],
    sent: [] as Message[],
    counted: {} as Record<string, number>,
    asked: [] as unknown[],
  };
  let tail = 0;
  const ports: SweepPorts = {
    ...desk.look(),
    ids: { next: () => `tail${String(tail++).padStart(4, '0')}` },
    settings: configured(),
    ledger: desk.ledger,
    notifier: { send: async (message) => void state.sent.push(message) },
    outbox: simulatedOutbox(),
    operatorApi: 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/live',
    workflows: { start: async ({ incidentId }) => void state.started.push(incidentId) },
    alarms: {
      firing: async (query) => {
        state.asked.push(query);
        const asked = (name: string) =>
          'prefix' in query ? name.startsWith(query.prefix) : query.names.includes(name);
        return state.firing.filter(({ name }) => asked(name));
      },
      muted: async (name) => state.muted.includes(name),
    },
    ownAlarms: { all: async () => [{ service: 'checkout', alarm: 'shop-slow', match: 'exact', kind: 'latency' }] },
    openIncidents: simulatedOpenIncidents(desk.ledger),
    executions: { stateOf: async () => state.execution },
    counts: {
      count: (metric, value) => {
        state.counted[metric] = (state.counted[metric] ?? 0) + value;
      },
    },
  };
  const run = (change: Partial<SweepPorts> = {}) => sweep({ ...ports, ...change }, 'test');
  const status = async () => (await desk.ledger.incident(thisIncident))?.status;
  const open = (ago = minutes(30)) => desk.ledger.open(signal({ at: now - ago }), thisIncident, now - ago);
  return { desk, state, ports, run, status, open };
}

describe('a sweep', () => {
  it('finds nothing to do in a quiet world, and the heart beats', async () => {
    const { state, run } = sweeping();
    expect(await run()).toEqual({ pickedUp: 0, outside: 0, failed: [] });
    expect(state.counted).toEqual({ heartbeat: 1 });
    expect(state.asked).toEqual([{ prefix: 'paramedic/test/' }, { names: ['shop-slow'] }]);
  });

  it('opens the incident of an alarm nobody heard of, with the very signal of its event', async () => {
    const { desk, state, ports, run } = sweeping();
    state.firing = [firing(errorsAlarm)];
    expect(await run()).toMatchObject({ pickedUp: 1, failed: [] });
    expect(state.started).toHaveLength(1);
    expect(desk.ledger.all).toMatchObject([
      {
        kind: 'SignalReceived',
        signal: { id: `${errorsAlarm}@${now - minutes(5)}`, kind: 'errors', service: 'checkout' },
      },
    ]);
    const late = asEvent(toCheckout());
    expect(await receive(late, ports, 'test')).toMatchObject({ ignored: 'duplicate' });
    expect(await run()).toMatchObject({ pickedUp: 0 });
    expect(state.counted).toEqual({ heartbeat: 2, signalsPickedUp: 1 });
  });

  it("takes a team's own alarm for what its list says", async () => {
    const { desk, state, run } = sweeping();
    state.firing = [firing('shop-slow')];
    await run();
    expect(desk.ledger.all).toMatchObject([
      { kind: 'SignalReceived', signal: { alarm: 'shop-slow', kind: 'latency' } },
    ]);
  });

  it('lets a second alarm join the open incident', async () => {
    const { desk, state, run, open } = sweeping();
    await open();
    state.firing = [firing('paramedic/test/checkout/latency')];
    await run();
    expect(desk.ledger.opened).toHaveLength(1);
    expect(desk.ledger.all).toHaveLength(2);
  });

  it('leaves a muted alarm alone until its mute ends', async () => {
    const { desk, state, run } = sweeping();
    state.firing = [firing(errorsAlarm)];
    state.muted = [errorsAlarm];
    expect(await run()).toMatchObject({ pickedUp: 0, failed: [] });
    expect(desk.ledger.all).toEqual([]);
    state.muted = [];
    expect(await run()).toMatchObject({ pickedUp: 1 });
  });

  it('leaves an alarm alone when it cannot tell whether it is muted, says so, and the heart does not beat', async () => {
    const { desk, state, ports, run } = sweeping();
    state.firing = [firing(errorsAlarm)];
    const muted = () => Promise.reject(new Error('throttled'));
    const { failed } = await run({ alarms: { ...ports.alarms, muted } });
    expect(failed).toEqual([`pick up ${errorsAlarm}: throttled`]);
    expect(desk.ledger.all).toEqual([]);
    expect(state.counted).toEqual({});
  });

  it('does its other parts when the alarms cannot be read, and when the incidents cannot', async () => {
    const { state, ports, run, open } = sweeping();
    await open();
    const firingFails = () => Promise.reject(new Error('denied'));
    expect(await run({ alarms: { ...ports.alarms, firing: firingFails } })).toMatchObject({
      failed: ['look for alarms: denied'],
    });
    expect(state.started).toHaveLength(1);
    state.firing = [firing('paramedic/test/checkout/latency')];
    const list = () => Promise.reject(new Error('no table'));
    expect(await run({ openIncidents: { list } })).toMatchObject({
      pickedUp: 1,
      failed: ['look for incidents: no table'],
    });
    expect(state.counted).toEqual({ signalsPickedUp: 1 });
  });

  it('starts the workflow of an incident that is not known to run', async () => {
    const { state, run, status, open } = sweeping();
    await open(minutes(2));
    await run();
    expect([state.started, await status()]).toEqual([[thisIncident], 'started']);
  });

  it('hands over the incident of a workflow that died unheard, frees its service and tells of it once', async () => {
    const { desk, state, run, status, open } = sweeping();
    await open();
    await desk.ledger.markStarted(thisIncident);
    await run();
    expect(await status()).toBe('started');
    state.execution = { kind: 'ended', at: now - minutes(6), how: 'FAILED' };
    await run();
    expect(await status()).toBe('closed');
    desk.at += minutes(6);
    await run();
    expect(state.sent).toMatchObject([{ kind: 'handed-over', body: expect.stringContaining('FAILED') }]);
  });

  it('tells again of a hand-over nobody could be told of', async () => {
    const { desk, state, run, open } = sweeping();
    await open();
    await desk.ledger.markStarted(thisIncident);
    state.execution = { kind: 'ended', at: now - minutes(6), how: 'FAILED' };
    const send = () => Promise.reject(new Error('SNS is down'));
    expect((await run({ notifier: { send } })).failed).toHaveLength(1);
    desk.at += minutes(5);
    expect((await run()).failed).toEqual([]);
    expect(state.sent).toHaveLength(1);
  });

  describe('of a handed-over incident without a workflow', () => {
    const handedOver = async (ago = minutes(30), desk = new Desk(), reason: ReasonCode = 'plan.exhausted') => {
      const all = sweeping(desk);
      await all.open(ago);
      const entry = { incident: thisIncident, service: 'checkout', at: now - ago } as const;
      const end = { ...entry, kind: 'HandedOver', id: 'end', reason, says: '' } as const;
      await all.desk.ledger.close({ ...end, notDone: [], leftUndone: [] }, 1);
      all.state.execution = { kind: 'ended', at: now - minutes(6), how: 'SUCCEEDED' };
      return all;
    };

    const acting = async () => {
      const desk = new Desk();
      desk.at = now - minutes(30);
      const given = order(onTask('deregister-target', 1));
      await desk.order(given);
      await desk.ledger.claim(given, desk.at);
      desk.at = now;
      return desk;
    };

    it('frees the service once none of its alarms fires', async () => {
      const { state, run, status } = await handedOver();
      state.firing = [firing(errorsAlarm, { since: now - minutes(30) })];
      await run();
      expect(await status()).toBe('handed-over');
      state.firing = [];
      await run();
      expect(await status()).toBe('closed');
      expect(state.sent).toEqual([]);
    });

    it('keeps the service while an act is in flight, settles that and frees it with the next sweep', async () => {
      const desk = await acting();
      const { state, run, status } = await handedOver(minutes(30), desk);
      const unread = { targets: { health: () => Promise.reject(new Error('no answer')) } };
      expect((await run(unread)).failed).not.toEqual([]);
      expect(await status()).toBe('handed-over');
      desk.world = withState(desk.world, targetRef(1).id, 'draining');
      await run();
      expect(await status()).toBe('handed-over');
      await run();
      expect(await status()).toBe('closed');
      expect(state.sent).toEqual([]);
    });

    it('settles at once what a workflow that died had in flight, though its alarms fire', async () => {
      const desk = await acting();
      const { state, run, status } = await handedOver(minutes(30), desk, 'workflow.died');
      state.firing = [firing(errorsAlarm, { since: now - minutes(30) })];
      desk.world = withState(desk.world, targetRef(1).id, 'draining');
      await run();
      expect(await status()).toBe('closed');
      expect(state.sent).toMatchObject([{ kind: 'handed-over' }]);
    });

    it('frees the service after four days, whatever its alarms say', async () => {
      const { state, run, status } = await handedOver(hours(97));
      state.firing = [firing(errorsAlarm, { since: now - hours(97) })];
      await run();
      expect(await status()).toBe('closed');
    });
  });

  describe('after an incident in which Paramedic acted', () => {
    const left = async () => {
      const desk = new Desk();
      await desk.order(order(onTask('deregister-target', 1)));
      const all = sweeping(desk);
      const entry = { incident: thisIncident, service: 'checkout', at: now } as const;
      await desk.ledger.append([
        { ...entry, kind: 'IncidentOpened', id: 'opened', settings: settings(), openedAt: now },
        { ...entry, kind: 'ActionCompleted', id: '1.result', orderId: '1', result: done(now) },
      ]);
      await desk.ledger.close({ ...entry, kind: 'RecoveryConfirmed', id: 'end', because: [], says: '' }, 1);
      const tasks = [task(1, { startedAt: now - hours(1) }), task(2, { startedAt: now - hours(1) })];
      desk.world = { ...desk.world, tasks, targets: [target(2)] };
      return all;
    };

    it('tells once of a task that runs outside, and again when it is another', async () => {
      const { desk, state, run } = await left();
      expect(await run()).toMatchObject({ outside: 1, failed: [] });
      desk.at += minutes(1);
      await run();
      expect(state.sent).toMatchObject([
        { kind: 'tasks-outside', severity: 'warning', dedupKey: thisIncident, status: 'update' },
      ]);
      expect(state.counted).toMatchObject({ tasksOutside: 2 });
      desk.at += minutes(1);
      desk.world = { ...desk.world, targets: [target(1)] };
      await run();
      expect(state.sent).toHaveLength(2);
    });

    it('is silent when it is in the load balancer again, and tells when it is out once more', async () => {
      const { desk, state, run } = await left();
      await run();
      const { targets } = desk.world;
      for (const next of [[target(1), target(2)], targets]) {
        desk.at += minutes(1);
        desk.world = { ...desk.world, targets: next };
        await run();
      }
      expect(state.sent).toHaveLength(2);
    });

    it('tells again until somebody could be told', async () => {
      const { desk, state, run } = await left();
      const send = () => Promise.reject(new Error('SNS is down'));
      await run({ notifier: { send } });
      desk.at += minutes(1);
      await run();
      expect(state.sent).toHaveLength(1);
    });
  });

  describe('of topics for which something waits', () => {
    const [shop, platform] = ['arn:shop', 'arn:platform'];
    const waiting = async () => {
      const all = sweeping();
      for (const [topic, id] of [
        [shop, 'a'],
        [platform, 'b'],
      ] as const) {
        const { topic: _topic, body: _body, ...line } = message(id);
        await all.ports.outbox.update(topic, (record) => ({ record: { ...record, pending: [line] }, result: null }));
      }
      return all;
    };

    it('sends each the summary that is due, once', async () => {
      const { desk, state, run } = await waiting();
      expect(await run()).toMatchObject({ failed: [] });
      desk.at += minutes(1);
      await run();
      expect(state.sent).toMatchObject([
        { kind: 'summary', topic: shop, dedupKey: 'incident-a' },
        { kind: 'summary', topic: platform, dedupKey: 'incident-b' },
      ]);
    });

    it('sends one though another could not be published to, says so, and the heart does not beat', async () => {
      const { state, ports, run } = await waiting();
      const send = (each: Message) =>
        each.topic === shop ? Promise.reject(new Error('SNS is down')) : ports.notifier.send(each);
      expect(await run({ notifier: { send } })).toMatchObject({
        failed: [`send the summary of ${shop}: SNS is down`],
      });
      expect(state.sent).toMatchObject([{ topic: platform }]);
      expect(state.counted).toEqual({});
    });

    it('sends it though nothing else could be looked for', async () => {
      const { state, ports, run } = await waiting();
      const list = () => Promise.reject(new Error('no table'));
      const firing = () => Promise.reject(new Error('denied'));
      await run({ openIncidents: { list }, alarms: { ...ports.alarms, firing } });
      expect(state.sent).toHaveLength(2);
    });
  });

  it('compares no tasks where Paramedic did nothing', async () => {
    const { desk, run, open } = sweeping();
    await open();
    const entry = { incident: thisIncident, service: 'checkout', at: now } as const;
    await desk.ledger.close({ ...entry, kind: 'RecoveryConfirmed', id: 'end', because: [], says: '' }, 1);
    const describe = () => Promise.reject(new Error('not asked'));
    expect(await run({ services: { describe } })).toMatchObject({ outside: 0, failed: [] });
  });

  it('asks for own alarms ten times at most', async () => {
    const { state, run } = sweeping();
    const prefix = (n: number) => ({ service: 'checkout', alarm: `p${n}`, match: 'prefix', kind: 'errors' }) as const;
    await run({ ownAlarms: { all: async () => Array.from({ length: 30 }, (_, n) => prefix(n)) } });
    expect(state.asked).toHaveLength(1 + sweepLimits.ownQueries);
  });
});
