import { describe, expect, it } from 'vitest';
import type { Symptoms } from '../../lambdas/model/facts.ts';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Message } from '../../lambdas/model/message.ts';
import type { ActResult, Order } from '../../lambdas/model/order.ts';
import { recover } from '../../lambdas/pipeline/recover.ts';
import { type Toolkit, toolkit } from '../../lambdas/pipeline/toolkit.ts';
import type { RecoverPorts } from '../../lambdas/ports/ports.ts';
import type { PublishedSettings } from '../../lambdas/ports/sight.ts';
import { evidence, minutes, now, seconds, settings, sickTarget, sickTask, targetRef, thisIncident } from './build.ts';
import { Desk, signal, withState } from './desk.ts';
import { deskPorts, straightWorkflow } from './straight-workflow.ts';

async function opened(change: Partial<RecoverPorts> = {}) {
  const desk = new Desk();
  await desk.ledger.open(signal(), thisIncident, now);
  const ports = deskPorts(desk, change);
  return { desk, ports, ...straightWorkflow(desk, ports) };
}

const only = <K extends LedgerEntry['kind']>(desk: Desk, kind: K) =>
  desk.ledger.all.filter((each) => each.kind === kind);

describe('an incident of a service whose configuration is no use', () => {
  const topic = settings().topic;
  const because = 'The configuration of checkout is invalid: settings.version is 2; it must be one of 1.';
  const published = (of: PublishedSettings | undefined) => ({ of: async () => of });

  it.each([
    ['missing', undefined, 'The service "checkout" has no configuration.'],
    ['invalid', { kind: 'invalid', topic: null, because }, because],
  ] as const)('is handed over when it is %s, and frees the service at once', async (_, found, says) => {
    const { desk, workflow } = await opened({ settings: published(found) });
    expect(await recover(workflow, { incidentId: thisIncident })).toBe('handed-over');
    expect(only(desk, 'HandedOver')).toMatchObject([{ reason: 'settings.missing', says }]);
    expect(only(desk, 'ServiceReleased')).toMatchObject([
      { says: expect.stringContaining('a new signal opens a new one') },
    ]);
    expect((await desk.ledger.incident(thisIncident))?.status).toBe('closed');
    expect(await desk.ledger.join(signal({ id: 'later', at: now + 1 }))).toEqual({ kind: 'nothing-open' });
  });

  it('is told of where its topic can still be read, again until that works', async () => {
    const sent: Message[] = [];
    let tries = 0;
    const send = async (message: Message) => {
      if (tries++ < 4) throw new Error('SNS is down');
      sent.push(message);
    };
    const invalid = published({ kind: 'invalid', topic, because });
    const { workflow, desk } = await opened({ settings: invalid, notifier: { send } });
    await recover(workflow, { incidentId: thisIncident });
    expect(sent).toMatchObject([
      { topic, kind: 'handed-over', severity: 'critical', service: 'checkout', status: 'trigger' },
    ]);
    expect(sent[0]?.subject).toBe('checkout: NEEDS YOU - its configuration is invalid, nothing done');
    const said = sent[0]?.body.replaceAll(/\s+/g, ' ');
    expect(said).toContain(because);
    expect(said).toContain('Threshold Crossed');
    expect(said).toContain('paramedic/test/checkout/errors');
    expect((await desk.ledger.incident(thisIncident))?.status).toBe('closed');
  });

  it('goes on with the configuration it began with when another one that is invalid is published', async () => {
    let reads = 0;
    const of = async (): Promise<PublishedSettings> =>
      reads++ === 0 ? { kind: 'valid', settings: settings() } : { kind: 'invalid', topic, because };
    const { desk, workflow } = await opened({ settings: { of } });
    await desk.ledger.join(signal({ id: 'ok', state: 'resolved', at: now }));
    expect(await recover(workflow, { incidentId: thisIncident })).toBe('recovered');
  });
});

describe('an incident in which a task was taken out', () => {
  const knowing: Toolkit = {
    ...toolkit,
    hypotheses: [
      { kind: 'sick-target', weigh: () => ({ ...sickTarget(sickTask(1)), because: [evidence({ source: 'ledger' })] }) },
    ],
  };
  type Answer = (desk: Desk, order: Order) => Promise<ActResult> | ActResult;
  const happened: Answer = ({ at }) => ({ kind: 'done', receipt: { kind: 'changed', at, seen: 'so' } });
  const dies: Answer = () => ({ kind: 'unknown', error: 'The function ended before it answered.' });

  /**
   * What was ordered, each with its second, as far as so many functions answer; ECS registers a target again so long after it was
   * taken out. And when the log was asked.
   */
  async function treated(answers: readonly Answer[], registersAfter = Number.POSITIVE_INFINITY) {
    const logs: number[] = [];
    const read = async () => {
      logs.push((desk.at - now) / 1000);
      return null;
    };
    const recent = async (): Promise<Symptoms> => ({ until: desk.at, minutes: 1, groups: [], service: { cpu: [10] } });
    const { desk, workflow, operations } = await opened({ metrics: { recent }, taskLogs: { read } });
    const orders: string[] = [];
    let outAt = Number.POSITIVE_INFINITY;
    const enough = new Error('enough');
    const play: typeof workflow = {
      ...workflow,
      sleep: async (name, duration) => {
        await workflow.sleep(name, duration);
        if (desk.at - outAt >= registersAfter) desk.world = withState(desk.world, targetRef(1).id, 'initial');
      },
      act: async (_, kind, ref) => {
        const order = await desk.ledger.order(ref);
        const answer = answers[orders.length];
        orders.push(`${(desk.at - now) / 1000} ${kind}${order?.proposal.repeats === undefined ? '' : ' again'}`);
        if (order === undefined || answer === undefined) throw enough;
        if (kind === 'deregister-target' && answer === happened) {
          desk.world = withState(desk.world, targetRef(1).id, 'draining');
          outAt = desk.at;
        }
        return answer(desk, order);
      },
    };
    await recover(play, { incidentId: thisIncident }, knowing).catch((error: unknown) => {
      if (error !== enough) throw error;
    });
    return { desk, orders, logs, operations };
  }
  const results = (desk: Desk) => only(desk, 'ActionCompleted').map((entry) => 'result' in entry && entry.result);

  it('looks every few seconds whether ECS has registered it again, and then does not wait to act', async () => {
    const { orders, operations } = await treated([happened, happened], seconds(12));
    expect(orders).toEqual(['0 deregister-target', '16 deregister-target again', '16 replace-task']);
    expect(operations.filter((name) => /^(wait|look)/.test(name))).toEqual([
      'wait 2, 1',
      'look in wait 2, 1',
      'wait 2, 2',
      'look in wait 2, 2',
      'wait 2, 3',
      'look in wait 2, 3',
    ]);
  });

  it('asks no log while it may come back any second, nor before the log can tell of what was done', async () => {
    expect((await treated([happened, happened], seconds(12))).logs).toEqual([0]);
    const { logs } = await treated([happened], minutes(4));
    expect(logs.slice(0, 3)).toEqual([0, 121, 151]);
  });

  it('goes on when it cannot look', async () => {
    let blind = false;
    const recent = async () => ({ until: made.desk.at, minutes: 1, groups: [], service: { cpu: [10] } });
    const made = await opened({ metrics: { recent } });
    const health = async () => {
      if (blind) throw new Error('throttled');
      return made.desk.world.targets;
    };
    const { workflow, operations } = straightWorkflow(made.desk, { ...made.ports, targets: { health } });
    const play: typeof workflow = {
      ...workflow,
      step: (name, body) => {
        blind = name.startsWith('look in');
        return workflow.step(name, body);
      },
      act: async () => {
        made.desk.world = withState(made.desk.world, targetRef(1).id, 'draining');
        return { kind: 'done', receipt: { kind: 'changed', at: made.desk.at, seen: 'so' } };
      },
    };
    await recover(play, { incidentId: thisIncident }, knowing);
    expect(operations.filter((name) => name.startsWith('look in wait 2,'))).toHaveLength(6);
    expect(only(made.desk, 'HandedOver')).not.toMatchObject([{ reason: 'world.unreadable' }]);
  });

  it('takes it out once more at once when the function that stops its task finds it back', async () => {
    const back: Answer = (desk) => {
      desk.world = withState(desk.world, targetRef(1).id, 'healthy');
      return { kind: 'refused', reason: 'target.came-back', says: 'It is back.' };
    };
    const { orders } = await treated([happened, happened, back, happened], seconds(12));
    expect(orders).toEqual([
      '0 deregister-target',
      '16 deregister-target again',
      '16 replace-task',
      '16 deregister-target again',
      '16 replace-task',
    ]);
  });

  it('turns an order down whose function ended before it began it, and gives it again', async () => {
    const { orders, desk } = await treated([happened, happened, dies], seconds(12));
    expect(orders.slice(2)).toEqual(['16 replace-task', '31 deregister-target again']);
    expect(results(desk)).toMatchObject([{ kind: 'done' }, { kind: 'done' }, { reason: 'order.withdrawn' }]);
    expect(desk.fleet.record.verified).toEqual([]);
  });

  it('does not turn down what was begun: only looking tells what became of that', async () => {
    const begins: Answer = async (desk, order) => {
      await desk.ledger.claim(order, desk.at);
      return dies(desk, order);
    };
    const { orders, desk } = await treated([begins]);
    expect(orders).toEqual(['0 deregister-target', '151 deregister-target']);
    expect(results(desk)).toMatchObject([{ kind: 'unknown' }, { kind: 'refused', reason: 'order.expired' }]);
  });
});

describe('an incident that never ends', () => {
  it('is handed over when its laps are spent, and the reason says that', async () => {
    const symptoms = { until: now, minutes: 0, groups: [], service: {} };
    const patient = settings({ timing: { lap: { seconds: 1 }, incidentWithin: { days: 2 } } });
    const { desk, workflow } = await opened({
      settings: { of: async () => ({ kind: 'valid', settings: patient }) },
      metrics: { recent: async () => symptoms },
    });
    await recover(workflow, { incidentId: thisIncident }, { ...toolkit, handsOver: false });
    expect(only(desk, 'HandedOver')).toMatchObject([{ reason: 'laps.spent' }]);
  });

  it('is handed over as unreadable when nothing can be seen', async () => {
    const blind = { health: () => Promise.reject(new Error('throttled')) };
    const { desk, workflow } = await opened({ targets: blind });
    await recover(workflow, { incidentId: thisIncident });
    expect(only(desk, 'HandedOver')).toMatchObject([{ reason: 'world.unreadable' }]);
  });
});
