import { describe, expect, it } from 'vitest';
import { brokenBy, type Deed, type DeedFacts } from '../../lib/simulator/promises.ts';
import { condemnedRelease, incidentId, order, start } from '../contract/ledger-samples.ts';

const incident = { id: incidentId(1), service: 'checkout', openedAt: start, fence: 1, status: 'started' } as const;
const deed: Deed = {
  at: start + 90_000,
  service: 'checkout',
  incident: incident.id,
  order: 'order-1',
  action: 'deregister-target',
  change: 'deregisterTargets',
  subject: '10.0.0.1',
};
const facts: DeedFacts = {
  order: { order: order(incident), state: 'started' },
  controls: { kind: 'running' },
  unfinished: [order(incident)],
  earlier: [],
  condemned: [],
  healthy: { before: 6, after: 5, floor: 3 },
};
const broken = (changed: Partial<DeedFacts>, done: Partial<Deed> = {}) =>
  brokenBy({ ...deed, ...done }, { ...facts, ...changed }, start);

describe('promises', () => {
  it('are kept by a claimed order that leaves enough', () => {
    expect(broken({})).toEqual([]);
  });

  it('are broken by a change during a pause', () => {
    const controls = { kind: 'paused', scope: 'everything', by: 'ann', why: 'a test', until: null } as const;
    expect(broken({ controls })).toEqual([
      'At 90 s deregisterTargets was called on checkout (10.0.0.1) while changes were stopped (paused).',
    ]);
  });

  it('are broken by a change in observe mode', () => {
    const observed = order(incident);
    const settings = { ...observed.settings, mode: 'observe' as const };
    expect(broken({ order: { order: { ...observed, settings }, state: 'started' } })).toHaveLength(1);
  });

  it.each([
    ['no order', undefined],
    ['an order that is not claimed', { order: order(incident), state: 'pending' as const }],
    ['an order that is over', { order: order(incident), state: 'ended' as const }],
  ])('are broken by a change with %s', (_, given) => {
    expect(broken({ order: given })).toEqual([expect.stringContaining('without a claimed order')]);
  });

  it('are broken by a change for another kind of order', () => {
    expect(broken({}, { action: 'replace-task' })).toEqual([expect.stringContaining('for an order to deregister')]);
  });

  it('are broken by the same change twice for one order', () => {
    expect(broken({ earlier: [deed] })).toEqual([expect.stringContaining('a second time')]);
  });

  it('are broken by a change while another has no result yet', () => {
    expect(broken({ unfinished: [order(incident), order(incident, 'order-0')] })).toHaveLength(1);
  });

  it('are broken by a rollback to a condemned release', () => {
    const release = condemnedRelease(incident, 'condemned');
    const done = { change: 'updateService', subject: release.taskDefinition } as const;
    expect(broken({ condemned: [release] }, done)).toEqual([expect.stringContaining('condemned')]);
  });

  it('are broken by leaving fewer healthy targets than must remain', () => {
    expect(broken({ healthy: { before: 3, after: 2, floor: 3 } })).toEqual([expect.stringContaining('leaving 2')]);
  });

  it('are kept by a change that takes no healthy target, however few there are', () => {
    expect(broken({ healthy: { before: 2, after: 2, floor: 3 } })).toEqual([]);
  });
});
