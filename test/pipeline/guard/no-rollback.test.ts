import { describe, expect, it } from 'vitest';
import type { DeploymentFact } from '../../../lambdas/model/facts.ts';
import { noRollback } from '../../../lambdas/pipeline/guard/no-rollback.ts';
import { deployment, everyProposal, guardFacts, hours, now, rollBack, standing } from '../build.ts';
import { says } from './expect-verdict.ts';

const ways = ['stop-running', 'update-service'] as const;
const why = 'orders are stored in a new format';
const before = deployment(42, now - hours(72), { noRollback: 'never look back' });
const check = (way: (typeof ways)[number], ...marks: readonly DeploymentFact['noRollback'][]) => {
  const deployments = marks.map((mark, i) => deployment(43, now - hours(i + 1), { noRollback: mark }));
  return noRollback.check(
    rollBack(deployment(43, now - hours(1)), deployment(42, now - hours(72)), way),
    guardFacts({ standing: standing({ deployments: [...deployments, before] }) }),
  );
};
const allow = { kind: 'allow' };

describe('no-rollback', () => {
  it.each(ways)('refuses to roll a marked release back by %s, and quotes why', (way) => {
    says(check(way, why), 'deny', 'release.no-rollback', `checkout:43 is marked as not to be rolled back: ${why}`);
  });

  it.each(ways)('allows %s from one that is not marked, wherever it leads', (way) => {
    expect(check(way, false)).toEqual(allow);
  });

  it.each(ways)('refuses %s when that cannot be told', (way) => {
    says(check(way, null), 'deny', 'release.no-rollback', 'Whether checkout:43 may be rolled back could not be read.');
    says(check(way), 'deny', 'release.no-rollback', 'could not be read');
  });

  it('takes what any deployment of the task definition tells', () => {
    expect(check('update-service', null, false)).toEqual(allow);
    expect(check('update-service', false, null)).toEqual(allow);
    expect(check('update-service', false, why)).toMatchObject({ kind: 'deny' });
  });

  it('leaves every other act alone', () => {
    const facts = guardFacts({ standing: standing({ deployments: [before] }) });
    const { 'roll-back-deployment': _, ...others } = everyProposal;
    for (const proposal of Object.values(others)) expect(noRollback.check(proposal, facts)).toEqual(allow);
  });
});
