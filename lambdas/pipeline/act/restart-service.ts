import { isUnderWay, runningDeployment, sameRelease } from '../../contract/releases.ts';
import { shortName } from '../../contract/short-name.ts';
import { routeTo } from '../../contract/ways-back.ts';
import type { DeploymentFact, Standing } from '../../model/facts.ts';
import type { Action } from './action.ts';
import { bringCopy, routeInWords } from './bring-release.ts';
import { deploymentHelps } from './deployment-check.ts';
import { notApplicable, nothingToUndo } from './not-applicable.ts';
import { aidFor } from './shape.ts';

/**
 * Replaces all tasks by fresh ones of the same release, as a rolling deployment does. Where its tags would bring other images,
 * the service goes to a copy of what runs, with these named by digest.
 */
export const restartService: Action<'restart-service'> = {
  kind: 'restart-service',

  propose(diagnosis, _focus, { settings, standing }) {
    const aid = aidFor(standing.shape);
    if (aid.kind !== 'all-actions') return notApplicable('shape.unsupported', aid.says);
    if (diagnosis.kind !== 'worn-out')
      return notApplicable('selection.empty', 'A restart helps only tasks that wore out.');
    const { cluster, service } = settings.resources;
    const running = runningDeployment(standing.deployments);
    const route = running === undefined ? '' : routeInWords(routeTo(running, standing));
    return {
      key: `restart-service|${cluster}|${service}`,
      kind: 'restart-service',
      subject: { service: { cluster, service }, onTopOf: standing.deployments[0]?.id ?? null },
      subjectName: `all ${standing.desired} tasks of ${settings.id}`,
      rationale: `Every task is old and the trouble grew with their age; fresh tasks of the same release begin anew.${route}`,
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

  apply({ subject }, change, standing, order) {
    const running = runningDeployment(standing.deployments);
    const route = running && routeTo(running, standing);
    return running !== undefined && route?.kind === 'copy'
      ? bringCopy(subject.service, running, route, change, order)
      : change.forceNewDeployment(subject.service);
  },

  confirm({ subject }, standing) {
    const restart = restartOf(subject.onTopOf, standing);
    if (restart === undefined) return undefined;
    const copy = restart.copyOf === null ? '' : ` by ${shortName(restart.taskDefinition)}, a copy of it,`;
    return `a new deployment of the same release${copy} ${isUnderWay(restart) ? 'is running' : 'has run'}`;
  },

  drift({ subject }, standing) {
    const [restart, before] = [restartOf(subject.onTopOf, standing), deploymentOf(subject.onTopOf, standing)];
    const asked = before?.rolledBackTo ?? before?.taskDefinition;
    if (restart === undefined || asked === undefined || restart.taskDefinition === asked) return undefined;
    return { asked, runs: restart.taskDefinition, copyOf: restart.copyOf, unpinned: [] };
  },

  undo: nothingToUndo('A restart cannot be taken back: the old tasks are gone.'),
};

const deploymentOf = (id: string | null, { deployments }: Standing): DeploymentFact | undefined =>
  deployments.find((d) => d.id === id);

/** The newest deployment, if it came on top of that one and brought the release that served then. */
function restartOf(onTopOf: string | null, standing: Standing): DeploymentFact | undefined {
  const { deployments } = standing;
  const [newest] = deployments;
  const place = deployments.findIndex((d) => d.id === onTopOf);
  const served = place < 1 ? undefined : runningDeployment(deployments.slice(place));
  return newest !== undefined && served !== undefined && sameRelease(newest, served) ? newest : undefined;
}
