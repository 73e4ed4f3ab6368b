import { knownGood, waysAwayFrom } from '../../contract/known-good.ts';
import { shortName } from '../../contract/short-name.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, deny } from './verdicts.ts';

/** A rollback leads to a release known to be good, judged anew; never to one that was rolled back from. */
export const rollbackTargetKnownGood: Guardrail = {
  name: 'rollback-target-known-good',

  check({ subject }, facts) {
    if (!('way' in subject)) return allow;
    const bad = facts.standing.deployments.find(({ id }) => id === subject.deployment);
    const good =
      // AWS rolls back to the images it recorded; an update must lead away from the bad release, to one that can be brought.
      subject.way === 'stop-running' ? knownGood(facts) : bad && waysAwayFrom(bad, facts).ways.map(({ to }) => to);
    return good?.some(({ id }) => id === subject.good)
      ? allow
      : deny(
          'release.not-known-good',
          `${shortName(subject.to)} is not known to be good: ${good?.length ?? 0} other known-good releases are listed.`,
        );
  },
};
