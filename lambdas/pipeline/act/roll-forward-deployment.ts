import { isUnderWay, runningDeployment, sameRelease } from '../../contract/releases.ts';
import { shortName } from '../../contract/short-name.ts';
import { routeTo } from '../../contract/ways-back.ts';
import type { DeploymentFact, Standing } from '../../model/facts.ts';
import type { Recheck, Subjects } from '../../model/proposal.ts';
import type { Action } from './action.ts';
import { bringRelease, driftFrom } from './bring-release.ts';
import { changed } from './changed.ts';
import { notApplicable, nothingToUndo } from './not-applicable.ts';
import { aidFor } from './shape.ts';

type Subject = Subjects['roll-forward-deployment'];

/**
 * The way back of `roll-back-deployment`, and nothing else: the release that was taken back comes again. While the rollback still
 * runs, AWS stops it and goes back to what was before, which nothing has to be registered for.
 */
export const rollForwardDeployment: Action<'roll-forward-deployment'> = {
  kind: 'roll-forward-deployment',

  propose: () => notApplicable('selection.empty', 'Rolling forward is the way back of rolling back only.'),

  recheck({ subject }, { standing }) {
    const aid = aidFor(standing.shape);
    return aid.kind === 'all-actions' ? recheck(subject, standing) : changed(aid.says, 'shape.unsupported');
  },

  apply({ subject }, change, standing, order) {
    const rollback = runningRollback(subject, standing);
    return rollback !== undefined
      ? change.stopServiceDeployment(rollback.id)
      : bringRelease(subject.service, deploymentOf(subject.deployment, standing), change, standing, order);
  },

  confirm({ subject }, standing) {
    const [newest] = standing.deployments;
    if (newest === undefined) return undefined;
    const to = shortName(subject.to);
    if (isStopped(subject, newest, standing)) return `AWS is going forward again to ${to}`;
    const comes = isRelease(newest, subject.deployment, standing) && newest.status !== 'rolling-back';
    if (!comes || !(isUnderWay(newest) || newest.status === 'successful')) return undefined;
    const copy = newest.taskDefinition === subject.to ? '' : ` by ${shortName(newest.taskDefinition)}, a copy of it`;
    return `the service is going forward to ${to}${copy}`;
  },

  drift({ subject }, standing) {
    const drift = driftFrom(subject.to, deploymentOf(subject.deployment, standing), standing);
    // What is asked for runs again.
    return drift?.runs === subject.to ? undefined : drift;
  },

  undo: nothingToUndo('It is itself a way back.'),
};

function recheck(subject: Subject, standing: Standing): Recheck {
  const { deployments } = standing;
  const [newest] = deployments;
  if (newest === undefined) return changed('AWS lists no deployment of the service.');
  if (isStopped(subject, newest, standing)) return { kind: 'already-so' };
  const runs = isUnderWay(newest) ? newest : runningDeployment(deployments);
  if (newest.status !== 'rolling-back' && isRelease(runs, subject.deployment, standing)) return { kind: 'already-so' };
  if (runningRollback(subject, standing) !== undefined) return { kind: 'go' };
  if (isUnderWay(newest)) return changed(`A deployment of ${shortName(newest.taskDefinition)} is running.`);
  if (!isRelease(runs, subject.good, standing)) return changed(`${shortName(subject.from)} is not what runs any more.`);
  const release = deploymentOf(subject.deployment, standing);
  if (release === undefined) return changed(`AWS does not list ${shortName(subject.to)} any more.`);
  const route = routeTo(release, standing);
  return route.kind === 'none' ? changed(route.says, route.reason) : { kind: 'go' };
}

/** The rollback that is to be taken back, while it is not finished. */
function runningRollback(subject: Subject, standing: Standing): DeploymentFact | undefined {
  const [newest] = standing.deployments;
  const runs = newest?.status === 'pending' || newest?.status === 'in-progress';
  return runs && isRelease(newest, subject.good, standing) ? newest : undefined;
}

/** AWS was told to stop the rollback: it goes, or went, back to the release that comes again. */
const isStopped = (subject: Subject, newest: DeploymentFact, standing: Standing): boolean =>
  (newest.status === 'rolling-back' || newest.status === 'rolled-back') &&
  isRelease(newest, subject.good, standing) &&
  !isRelease(newest, subject.deployment, standing);

const deploymentOf = (id: string, { deployments }: Standing): DeploymentFact | undefined =>
  deployments.find((d) => d.id === id);

function isRelease(deployment: DeploymentFact | undefined, id: string, standing: Standing): boolean {
  const other = deploymentOf(id, standing);
  return deployment !== undefined && other !== undefined && sameRelease(deployment, other);
}
