import { describe, expect, it } from 'vitest';
import { receive } from '../../lambdas/pipeline/receive.ts';
import type { SignalPorts } from '../../lambdas/ports/ports.ts';
import { now } from './build.ts';
import { configured, Desk } from './desk.ts';

type State = 'ALARM' | 'OK';
const stamp = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

const event = (state: State = 'ALARM', at = now, alarmName = 'paramedic/test/checkout/errors') => ({
  version: '0',
  id: 'c4c1c1c9-6542-e61b-6ef0-8c4d36933a92',
  'detail-type': 'CloudWatch Alarm State Change',
  source: 'aws.cloudwatch',
  account: '123456789012',
  time: new Date(at).toISOString(),
  region: 'eu-central-1',
  resources: [`arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${alarmName}`],
  detail: {
    alarmName,
    previousState: { value: state === 'ALARM' ? 'OK' : 'ALARM', reason: '', timestamp: stamp(at - 60_000) },
    state: { value: state, reason: 'Threshold Crossed', timestamp: stamp(at) },
    configuration: { metrics: [] },
  },
});

function hearing(desk: Desk) {
  const started: string[] = [];
  let tail = 0;
  const ports: SignalPorts = {
    clock: desk.clock,
    ids: { next: () => `tail${String(tail++).padStart(4, '0')}` },
    settings: configured(),
    ledger: desk.ledger,
    workflows: {
      start: async ({ incidentId }) => {
        started.push(incidentId);
      },
    },
  };
  return { ports, started };
}

describe('receive', () => {
  it('opens an incident named after its time, and starts its workflow', async () => {
    const { ports, started } = hearing(new Desk());
    const received = await receive(event(), ports, 'test');
    expect(received).toEqual({ incidentId: '20260105-120000-tail0000', opened: true });
    expect(started).toEqual(['20260105-120000-tail0000']);
  });

  it('lets a second alarm join the open incident', async () => {
    const { ports, started } = hearing(new Desk());
    await receive(event(), ports, 'test');
    const second = await receive(event('ALARM', now + 1000, 'paramedic/test/checkout/latency'), ports, 'test');
    expect(second).toMatchObject({ opened: false, incidentId: '20260105-120000-tail0000' });
    expect(started).toHaveLength(1);
  });

  it('ignores the same event delivered twice', async () => {
    const { ports } = hearing(new Desk());
    await receive(event(), ports, 'test');
    expect(await receive(event(), ports, 'test')).toMatchObject({ ignored: 'duplicate' });
  });

  it('ignores an event that was overtaken', async () => {
    const { ports } = hearing(new Desk());
    await receive(event('ALARM', now), ports, 'test');
    await receive(event('OK', now + 120_000), ports, 'test');
    expect(await receive(event('ALARM', now + 60_000), ports, 'test')).toMatchObject({ ignored: 'overtaken' });
  });

  it('starts the workflow again while it is not known to run', async () => {
    const { ports, started } = hearing(new Desk());
    const broken = { ...ports, workflows: { start: () => Promise.reject(new Error('throttled')) } };
    await expect(receive(event(), broken, 'test')).rejects.toThrow('throttled');
    await receive(event(), ports, 'test');
    expect(started).toEqual(['20260105-120000-tail0000']);
  });

  it('has nothing to do with an OK event when nothing is open', async () => {
    const { ports } = hearing(new Desk());
    expect(await receive(event('OK'), ports, 'test')).toMatchObject({ ignored: 'nothing-open' });
  });

  it('opens nothing for a service that is not configured', async () => {
    const { ports, started } = hearing(new Desk());
    const gone = event('ALARM', now, 'paramedic/test/gone/errors');
    expect(await receive(gone, ports, 'test')).toMatchObject({ ignored: 'unknown-service', service: 'gone' });
    expect(started).toEqual([]);
  });

  it('opens an incident for a service whose configuration is invalid, so that somebody hears of it', async () => {
    const { ports, started } = hearing(new Desk());
    const invalid = { of: async () => ({ kind: 'invalid', topic: null, because: 'It is.' }) as const };
    expect(await receive(event(), { ...ports, settings: invalid }, 'test')).toMatchObject({ opened: true });
    expect(started).toHaveLength(1);
  });

  it('lets an error in reading the configuration through, so that the event is tried again', async () => {
    const { ports } = hearing(new Desk());
    const blind = { ...ports, settings: { of: () => Promise.reject(new Error('throttled')) } };
    await expect(receive(event(), blind, 'test')).rejects.toThrow('throttled');
  });

  it("takes a team's own alarm for what its service lists it as", async () => {
    const { ports } = hearing(new Desk());
    const wrapped = { paramedic: { service: 'checkout', kind: 'latency' }, event: event('ALARM', now, 'CheckoutSlow') };
    expect(await receive(wrapped, ports, 'test')).toMatchObject({ opened: true });
  });

  it('does not trust a wrapping with a service that is none', async () => {
    const { ports } = hearing(new Desk());
    const wrapped = { paramedic: { service: '../*', kind: 'latency' }, event: event('ALARM', now, 'CheckoutSlow') };
    expect(await receive(wrapped, ports, 'test')).toMatchObject({ understood: false });
  });

  it('frees the service of a handed-over incident once its last alarm is OK', async () => {
    const desk = new Desk();
    const { ports } = hearing(desk);
    await receive(event(), ports, 'test');
    const incident = '20260105-120000-tail0000';
    await desk.ledger.close(
      {
        kind: 'HandedOver',
        id: 'end',
        incident,
        service: 'checkout',
        at: now,
        reason: 'plan.exhausted',
        says: '',
        notDone: [],
        leftUndone: [],
      },
      1,
    );
    await receive(event('ALARM', now + 1000, 'paramedic/test/checkout/latency'), ports, 'test');
    await receive(event('OK', now + 60_000), ports, 'test');
    expect((await desk.ledger.incident(incident))?.status).toBe('handed-over');
    await receive(event('OK', now + 61_000, 'paramedic/test/checkout/latency'), ports, 'test');
    expect((await desk.ledger.incident(incident))?.status).toBe('closed');
  });

  it('loses none of twenty signals that race for one service', async () => {
    const desk = new Desk();
    const { ports } = hearing(desk);
    const events = Array.from({ length: 20 }, (_, n) => event('ALARM', now + n, `paramedic/test/checkout/own-${n}x`));
    const received = await Promise.all(events.map((each) => receive(each, ports, 'test')));
    expect(received.filter((each) => 'opened' in each && each.opened).length).toBeGreaterThan(0);
    expect(new Set(received.map((each) => ('incidentId' in each ? each.incidentId : each.ignored))).size).toBe(1);
    const entries = await desk.ledger.entries('20260105-120000-tail0000');
    expect(entries.filter(({ kind }) => kind === 'SignalReceived')).toHaveLength(20);
  });
});
