import { shortName } from '../../contract/short-name.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, deny } from './verdicts.ts';

/** A team can mark a release that the one before cannot take over from, as after a migration: it is left in either way. */
export const noRollback: Guardrail = {
  name: 'no-rollback',

  check({ subject }, { standing }) {
    if (!('way' in subject)) return allow;
    const marks = standing.deployments
      .filter(({ taskDefinition }) => taskDefinition === subject.from)
      .map((deployment) => deployment.noRollback);
    const from = shortName(subject.from);
    const why = marks.find((mark) => typeof mark === 'string');
    if (why !== undefined) return deny('release.no-rollback', `${from} is marked as not to be rolled back: ${why}`);
    return marks.includes(false)
      ? allow
      : deny('release.no-rollback', `Whether ${from} may be rolled back could not be read.`);
  },
};
