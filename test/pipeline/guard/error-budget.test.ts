import { describe, expect, it } from 'vitest';
import { type ActVerified, newFleetRecord } from '../../../lambdas/contract/fleet-record.ts';
import { errorBudget } from '../../../lambdas/pipeline/guard/error-budget.ts';
import { guard } from '../../../lambdas/pipeline/guard/guard.ts';
import { noted, pardon } from '../../../lambdas/pipeline/guard/verified-acts.ts';
import { whyWithheld } from '../../../lambdas/pipeline/guard/withheld.ts';
import { act, fleet, guardFacts, history, hours, minutes, now, onTask } from '../build.ts';

const proposal = onTask('deregister-target', 1);
const result = (failed: boolean, at = now - minutes(1)): ActVerified => ({
  incident: 'i',
  order: '1',
  service: 'cart',
  at,
  failed,
});
/** At least four within a day, of which half may fail. */
const facts = (...verified: readonly ActVerified[]) =>
  guardFacts({ fleet: fleet({ record: { ...newFleetRecord, verified } }) });
const [bad, good] = [result(true), result(false)];

describe('error-budget', () => {
  it('takes the bite when more than half of at least four acts have failed lately, and says the figures', () => {
    const spent = facts(bad, bad, bad, good);
    const ruling = guard(proposal, spent, [errorBudget]);
    expect(ruling).toMatchObject({ verdict: { kind: 'allow' }, bite: 'withhold' });
    expect(whyWithheld(ruling)).toEqual({
      reason: 'budget.spent',
      says: '3 of 4 acts verified within 24 h have failed; 50 % may.',
    });
  });

  it('leaves it while half of them have helped, or there are fewer', () => {
    for (const enough of [facts(bad, bad, good, good), facts(bad, bad, bad), facts()]) {
      const ruling = guard(proposal, enough, [errorBudget]);
      expect(ruling.bite).toBe('enforce');
      expect(whyWithheld(ruling)).toEqual({ reason: 'mode.observe', says: '' });
    }
  });

  it('forgets what failed longer ago than its time', () => {
    const [just, over] = [result(true, now - hours(24) + 1), result(true, now - hours(24))];
    expect(errorBudget.check(proposal, facts(just, just, just, just)).kind).toBe('deny');
    expect(errorBudget.check(proposal, facts(just, just, just, over)).kind).toBe('allow');
  });

  it('lets what was begun be completed, and ways back go', () => {
    const spent = facts(bad, bad, bad, bad);
    const helped = history({ acts: [act(proposal, now, { check: 'helped' })] });
    expect(guard(proposal, { ...spent, history: helped }, [errorBudget]).bite).toBe('enforce');
    expect(guard(proposal, { ...spent, undoes: '1' }, [errorBudget]).bite).toBe('enforce');
  });

  it('is over when a person lets Paramedic go on, one act at a time', () => {
    const record = { ...newFleetRecord, pace: 4, verified: [bad, bad, bad, bad] };
    expect(pardon(record)).toEqual(newFleetRecord);
  });

  it('leaves it to others to hold while it cannot be read', () => {
    expect(errorBudget.check(proposal, guardFacts({ fleet: { kind: 'unreadable', because: 'no' } })).kind).toBe(
      'allow',
    );
  });

  it('keeps the newest hundred results', () => {
    const many = Array.from({ length: 100 }, () => good);
    expect(noted(many, bad)).toHaveLength(100);
    expect(noted(many, bad)[0]).toBe(bad);
    expect(noted(many.slice(1), bad)).toHaveLength(100);
  });
});
