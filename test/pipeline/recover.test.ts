import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Message } from '../../lambdas/model/message.ts';
import { recover } from '../../lambdas/pipeline/recover.ts';
import { toolkit } from '../../lambdas/pipeline/toolkit.ts';
import type { RecoverPorts } from '../../lambdas/ports/ports.ts';
import type { PublishedSettings } from '../../lambdas/ports/sight.ts';
import { now, settings, thisIncident } from './build.ts';
import { Desk, signal } from './desk.ts';
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
