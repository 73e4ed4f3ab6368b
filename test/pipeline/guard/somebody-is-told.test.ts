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
});
