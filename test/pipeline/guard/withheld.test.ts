import { describe, expect, it } from 'vitest';
import type { Finding, Ruling, Verdict } from '../../../lambdas/model/verdict.ts';
import { takesTheBite, whyWithheld } from '../../../lambdas/pipeline/guard/withheld.ts';

const finding = (guardrail: string, verdict: Verdict): Finding => ({ guardrail, verdict });
const spent = finding('error-budget', { kind: 'deny', reason: 'budget.spent', says: '3 of 4 acts failed.' });
const waits = finding('velocity-budget', { kind: 'hold', reason: 'budget.spent', until: 0, says: 'It waits.' });
const denied = finding('ban', { kind: 'deny', reason: 'action.banned', says: 'It is banned.' });
const ruling = (findings: readonly Finding[], more: Partial<Ruling> = {}): Ruling => ({
  verdict: { kind: 'allow' },
  bite: 'withhold',
  findings,
  ...more,
});

describe('an act that is allowed and withheld', () => {
  it('is withheld by a spent error budget, and by no other denial and no hold', () => {
    expect([spent, waits, denied].map(takesTheBite)).toEqual([true, false, false]);
  });

  it('says the figures of the spent budget, wherever the finding stands', () => {
    const why = { reason: 'budget.spent', says: '3 of 4 acts failed.' };
    expect(whyWithheld(ruling([waits, denied, spent]))).toEqual(why);
    expect(whyWithheld(ruling([spent], { withheldFor: 'approval.rejected' }))).toEqual(why);
  });

  it('says what it was withheld for otherwise, and the mode where nothing else is known', () => {
    expect(whyWithheld(ruling([denied], { withheldFor: 'approval.expired' }))).toEqual({
      reason: 'approval.expired',
      says: '',
    });
    expect(whyWithheld(ruling([waits]))).toEqual({ reason: 'mode.observe', says: '' });
  });
});
