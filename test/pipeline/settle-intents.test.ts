import { describe, expect, it } from 'vitest';
import { newFleetRecord } from '../../lambdas/contract/fleet-record.ts';
import { abandon } from '../../lambdas/pipeline/abandon.ts';
import { reserve } from '../../lambdas/pipeline/guard/in-flight.ts';
import type { WorkflowEndedPorts } from '../../lambdas/ports/ports.ts';
import { simulatedOutbox } from '../../lib/simulator/adapters/outbox.ts';
import { minutes, now, onTask, order, seconds, settings, targetRef, thisIncident } from './build.ts';
import { configured, Desk, withState } from './desk.ts';

const given = order(onTask('deregister-target', 1));

/** An incident whose workflow died while its act was in flight, and nobody heard the end of that. */
async function died(): Promise<{ readonly desk: Desk; readonly ports: WorkflowEndedPorts; readonly told: string[] }> {
  const desk = new Desk();
  await desk.order(given);
  const entry = { incident: thisIncident, service: 'checkout', at: now } as const;
  await desk.ledger.append([{ ...entry, kind: 'IncidentOpened', id: 'opened', settings: settings(), openedAt: now }]);
  await desk.ledger.claim(given, now);
  const told: string[] = [];
  const ports: WorkflowEndedPorts = {
    ...desk.look(),
    ledger: desk.ledger,
    settings: configured(),
    notifier: { send: async ({ subject }) => void told.push(subject) },
    outbox: simulatedOutbox(),
    operatorApi: 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/live',
  };
  return { desk, ports, told };
}
const statusOf = async (desk: Desk) => (await desk.ledger.incident(thisIncident))?.status;
const settled = async (desk: Desk) =>
  (await desk.ledger.entries(thisIncident)).flatMap((entry) =>
    entry.kind === 'ActionCompleted' ? [entry.result.kind] : [],
  );

describe('an act whose end nobody has heard', () => {
  it('is seen to be done: that is written down, and the service is free', async () => {
    const { desk, ports } = await died();
    desk.world = withState(desk.world, targetRef(1).id, 'draining');
    await abandon(thisIncident, 'It failed.', ports);
    expect([await settled(desk), await statusOf(desk)]).toEqual([['done'], 'closed']);
  });

  it('keeps the service while it may still be done, though people are told', async () => {
    const { desk, ports, told } = await died();
    desk.at = given.expiresAt + seconds(30);
    desk.world = { ...desk.world, at: desk.at };
    await expect(abandon(thisIncident, 'It failed.', ports)).rejects.toThrow('was done is not known yet');
    expect([await settled(desk), await statusOf(desk)]).toEqual([[], 'handed-over']);
    expect(told).toHaveLength(1);
    desk.at += 1;
    await abandon(thisIncident, 'It failed.', ports);
    expect([await settled(desk), await statusOf(desk)]).toEqual([['refused'], 'closed']);
    expect(told).toHaveLength(1);
  });

  it('keeps the service for as long as the world cannot be read', async () => {
    const { desk, ports } = await died();
    desk.at = now + minutes(600);
    const blind = { ...ports, targets: { health: () => Promise.reject(new Error('no answer')) } };
    await expect(abandon(thisIncident, 'It failed.', blind)).rejects.toThrow('no answer');
    expect(await statusOf(desk)).toBe('handed-over');
  });

  it('has failed as far as all other services are concerned', async () => {
    const { desk, ports } = await died();
    desk.fleet.record = reserve({ ...newFleetRecord, pace: 4 }, given, now);
    desk.world = withState(desk.world, targetRef(1).id, 'draining');
    await abandon(thisIncident, 'It failed.', ports);
    expect(desk.fleet.record).toMatchObject({ pace: 1, resets: 1, inFlight: [], verified: [{ failed: true }] });
  });
});
