import { describe, expect, it } from 'vitest';
import type { Incident } from '../../lambdas/model/incident.ts';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import { watchUntilQuiet } from '../../lambdas/pipeline/watch.ts';
import { hours, minutes, now, settings, thisIncident } from './build.ts';
import { Desk, signal } from './desk.ts';
import { deskPorts, straightWorkflow } from './straight-workflow.ts';

const quiet = signal({ id: 'ok', state: 'resolved', at: now + hours(30) });

/** An incident that was handed over at noon, half an hour after it opened. */
async function handedOver() {
  const desk = new Desk();
  const incident: Incident = await desk.ledger.open(signal(), thisIncident, now - minutes(30));
  const facts = { incident: thisIncident, service: 'checkout', at: now };
  const end: LedgerEntry = {
    ...facts,
    kind: 'HandedOver',
    id: 'end',
    reason: 'plan.exhausted',
    says: '',
    notDone: [],
    leftUndone: [],
  };
  await desk.ledger.close(end, 1);
  return { desk, incident };
}

const released = (desk: Desk) => desk.ledger.all.find(({ kind }) => kind === 'ServiceReleased');

describe('the watch of a handed-over incident', () => {
  it('lasts three and a half days in few operations, and then frees the service and says so', async () => {
    const { desk, incident } = await handedOver();
    const { workflow, operations } = straightWorkflow(desk, deskPorts(desk));
    await watchUntilQuiet(workflow, incident, settings());
    expect(desk.at - incident.openedAt).toBe(hours(84));
    expect(operations.length).toBeLessThan(300);
    expect(released(desk)).toMatchObject({
      says: expect.stringContaining('were not OK for three and a half days'),
      at: desk.at,
    });
    expect((await desk.ledger.incident(thisIncident))?.status).toBe('closed');
  });

  it('looks as often as configured at first, later a tenth of the time apart, and every hour in the end', async () => {
    const { desk, incident } = await handedOver();
    const looks: number[] = [];
    const recent = async () => {
      looks.push(desk.at - now);
      throw new Error('not measured');
    };
    const { workflow } = straightWorkflow(desk, deskPorts(desk, { metrics: { recent } }));
    await watchUntilQuiet(workflow, incident, settings());
    expect(looks.slice(0, 10)).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50].map(minutes));
    const pauses = looks.map((at, i) => at - (looks[i - 1] ?? 0));
    expect(pauses.every((pause, i) => pause <= Math.max(minutes(5), (looks[i - 1] ?? 0) / 10 + 1000))).toBe(true);
    expect(Math.max(...pauses)).toBe(hours(1));
  });

  it('stays bounded however often somebody wants to look', async () => {
    const { desk, incident } = await handedOver();
    const { workflow, operations } = straightWorkflow(desk, deskPorts(desk));
    await watchUntilQuiet(workflow, incident, settings({ timing: { watchEvery: { seconds: 1 } } }));
    expect(operations.length).toBeLessThan(500);
  });

  it('ends when the alarms are OK', async () => {
    const { desk, incident } = await handedOver();
    const symptoms = { until: now, minutes: 0, groups: [], service: {} };
    const recent = async () => {
      if (desk.at >= now + hours(30)) await desk.ledger.join(quiet);
      return symptoms;
    };
    const { workflow } = straightWorkflow(desk, deskPorts(desk, { metrics: { recent } }));
    await watchUntilQuiet(workflow, incident, settings());
    expect(desk.at).toBeLessThan(now + hours(32));
    expect(released(desk)).toMatchObject({ says: 'All alarms of the service are OK.' });
  });

  it('ends when somebody else has freed the service, and bears a ledger that cannot be read', async () => {
    const { desk, incident } = await handedOver();
    let reads = 0;
    const ledger = Object.assign(Object.create(desk.ledger), {
      incident: async () => {
        if (reads++ === 0) throw new Error('throttled');
        return { ...incident, status: 'closed' };
      },
    });
    const { workflow, operations } = straightWorkflow(desk, deskPorts(desk, { ledger }));
    await watchUntilQuiet(workflow, incident, settings());
    expect(operations).toEqual(['watch', 'watch 1', 'look 1', 'watch 2', 'look 2']);
  });
});
