import { isUnderWay } from '../../contract/releases.ts';
import type { DeploymentFact, Standing } from '../../model/facts.ts';
import type { Action } from './action.ts';
import { deploymentHelps } from './deployment-check.ts';
import { notApplicable, nothingToUndo } from './not-applicable.ts';
import { aidFor } from './shape.ts';

/** Replaces all tasks by fresh ones of the same release, as a rolling deployment does. */
export const restartService: Action<'restart-service'> = {
  kind: 'restart-service',

  propose(diagnosis, _focus, { settings, standing }) {
    const aid = aidFor(standing.shape);
    if (aid.kind !== 'all-actions') return notApplicable('shape.unsupported', aid.says);
    if (diagnosis.kind !== 'worn-out')
      return notApplicable('selection.empty', 'A restart helps only tasks that wore out.');
    const { cluster, service } = settings.resources;
    return {
      key: `restart-service|${cluster}|${service}`,
      kind: 'restart-service',
      subject: { service: { cluster, service }, onTopOf: standing.deployments[0]?.id ?? null },
      subjectName: `all ${standing.desired} tasks of ${settings.id}`,
      rationale: 'Every task is old and the trouble grew with their age; fresh tasks of the same release begin anew.',
      because: diagnosis.because,
      expects: deploymentHelps(settings),
      wayBack: { kind: 'none', says: 'The old tasks are gone; the release stays the same.' },
    };
  },

  recheck({ subject }, { standing }) {
    const [newest] = standing.deployments;
    if ((newest?.id ?? null) === subject.onTopOf) return { kind: 'go' };
    return restartOf(subject.onTopOf, standing) !== undefined
      ? { kind: 'already-so' }
      : { kind: 'changed', reason: 'world.changed', because: 'Another release was deployed in the meantime.' };
  },

  apply: ({ subject }, change) => change.forceNewDeployment(subject.service),

  confirm({ subject }, standing) {
    const restart = restartOf(subject.onTopOf, standing);
    return restart && `a new deployment of the same release ${isUnderWay(restart) ? 'is running' : 'has run'}`;
  },

  undo: nothingToUndo('A restart cannot be taken back: the old tasks are gone.'),
};

/** The newest deployment, if it came on top of that one and brought the same task definition. */
function restartOf(onTopOf: string | null, standing: Standing): DeploymentFact | undefined {
  const [newest] = standing.deployments;
  const before = standing.deployments.find((d) => d.id === onTopOf);
  const isRestart = newest !== before && newest?.taskDefinition === before?.taskDefinition;
  return isRestart ? newest : undefined;
}
