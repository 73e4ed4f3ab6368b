import { knownGood, waysAwayFrom } from '../../contract/known-good.ts';
import { shortName } from '../../contract/short-name.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, deny } from './verdicts.ts';

/** A rollback leads to a release known to be good, judged anew; never to one that was rolled back from. */
export const rollbackTargetKnownGood: Guardrail = {
  name: 'rollback-target-known-good',

  check({ subject }, facts) {
    if (!('way' in subject)) return allow;
    const good =
      // AWS rolls back to the images it recorded; UpdateService resolves tags anew and must lead away from the bad images.
      subject.way === 'stop-running'
        ? knownGood(facts)
        : waysAwayFrom({ taskDefinition: subject.from, digests: subject.digests }, facts);
    return good.some((d) => d.taskDefinition === subject.to)
      ? allow
      : deny(
          'release.not-known-good',
          `${shortName(subject.to)} is not known to be good: ${good.length} other known-good releases are listed.`,
        );
  },
};
