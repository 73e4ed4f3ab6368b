import { describe, expect, it } from 'vitest';
import { type InFlight, newFleetRecord } from '../../../lambdas/contract/fleet-record.ts';
import { guard } from '../../../lambdas/pipeline/guard/guard.ts';
import { velocityBudget } from '../../../lambdas/pipeline/guard/velocity-budget.ts';
import { act, fleet, guardFacts, history, now, onTask, seconds, thisIncident } from '../build.ts';

const proposal = onTask('deregister-target', 1);
const flying = (service: string, change: Partial<InFlight> = {}): InFlight => ({
  incident: service,
  order: '1',
  service,
  since: now,
  until: now + 1,
  wayBack: false,
  ...change,
});
const facts = (pace: number, ...inFlight: readonly InFlight[]) =>
  guardFacts({ fleet: fleet({ record: { ...newFleetRecord, pace, inFlight } }) });

describe('velocity-budget', () => {
  it('lets one act go on when nothing is in flight', () => {
    expect(velocityBudget.check(proposal, facts(1)).kind).toBe('allow');
  });

  it('holds for a lap while as many are in flight on other services as may be, and names them', () => {
    expect(velocityBudget.check(proposal, facts(2, flying('cart'), flying('search')))).toEqual({
      kind: 'hold',
      reason: 'velocity.spent',
      until: now + seconds(30),
      says: '2 acts on other services (cart, search) not verified yet; 2 may be at a time.',
    });
    expect(velocityBudget.check(proposal, facts(2, flying('cart'))).kind).toBe('allow');
  });

  it('names a service once, however many of its acts are in flight', () => {
    expect(velocityBudget.check(proposal, facts(1, flying('cart'), flying('cart', { order: '2' })))).toMatchObject({
      says: '2 acts on other services (cart) not verified yet; 1 may be at a time.',
    });
  });

  it('counts ways back, but neither its own acts nor those whose time is over', () => {
    expect(velocityBudget.check(proposal, facts(1, flying('cart', { wayBack: true }))).kind).toBe('hold');
    expect(velocityBudget.check(proposal, facts(1, flying('checkout', { incident: thisIncident }))).kind).toBe('allow');
    expect(velocityBudget.check(proposal, facts(1, flying('cart', { until: now, wayBack: true }))).kind).toBe('allow');
  });

  it('stops neither a way back nor what completes a rung that helped', () => {
    const full = facts(1, flying('cart'));
    const withAct = (check: 'helped' | null) => ({
      ...full,
      history: history({ acts: [act(proposal, now, { check })] }),
    });
    expect(guard(proposal, { ...full, undoes: '1' }, [velocityBudget]).verdict.kind).toBe('allow');
    expect(velocityBudget.check(proposal, withAct('helped')).kind).toBe('allow');
    expect(velocityBudget.check(proposal, withAct(null)).kind).toBe('hold');
  });

  it('holds while it cannot be read what goes on elsewhere', () => {
    const blind = guardFacts({ fleet: { kind: 'unreadable', because: 'the table does not answer' } });
    expect(velocityBudget.check(proposal, blind)).toEqual({
      kind: 'hold',
      reason: 'fleet.unreadable',
      until: now + seconds(30),
      says: 'What goes on in other services could not be read: the table does not answer',
    });
  });
});
