import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { somebodyIsTold } from '../../../lambdas/pipeline/guard/somebody-is-told.ts';
import { everyProposal, guardFacts, standing } from '../build.ts';
import { says } from './expect-verdict.ts';

describe('somebody-is-told', () => {
  it.each(Object.entries(everyProposal))('needs one confirmed subscription for %s', (_, proposal) => {
    const check = (listeners: number | null) =>
      somebodyIsTold.check(proposal, guardFacts({ standing: standing({ listeners }) }));
    expect(check(1)).toEqual({ kind: 'allow' });
    says(check(0), 'deny', 'nobody.told', '0 confirmed', 'at least 1');
    says(check(null), 'deny', 'nobody.told', 'could not be read');
  });

  it('never allows an act without a confirmed subscription', () => {
    const listening = fc.option(fc.nat({ max: 5 }));
    const property = fc.property(listening, fc.constantFrom(...Object.values(everyProposal)), (listeners, proposal) => {
      const verdict = somebodyIsTold.check(proposal, guardFacts({ standing: standing({ listeners }) }));
      expect(verdict.kind).toBe((listeners ?? 0) > 0 ? 'allow' : 'deny');
    });
    fc.assert(property);
  });
});
