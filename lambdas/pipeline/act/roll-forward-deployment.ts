import { imagesUnmoved, isUnderWay, runningDeployment } from '../../contract/releases.ts';
import { shortName } from '../../contract/short-name.ts';
import type { Action } from './action.ts';
import { changed } from './changed.ts';
import { notApplicable, nothingToUndo } from './not-applicable.ts';
import { aidFor } from './shape.ts';

/** The way back of `roll-back-deployment`, and nothing else: the release that was taken back comes again. */
export const rollForwardDeployment: Action<'roll-forward-deployment'> = {
  kind: 'roll-forward-deployment',

  propose: () => notApplicable('selection.empty', 'Rolling forward is the way back of rolling back only.'),

  recheck({ subject }, { standing }) {
    const { deployments, resolves, shape } = standing;
    const aid = aidFor(shape);
    if (aid.kind !== 'all-actions') return changed(aid.says, 'shape.unsupported');
    const [newest] = deployments;
    if (newest === undefined) return changed('AWS lists no deployment of the service.');
    const runs = isUnderWay(newest) ? newest : runningDeployment(deployments);
    if (newest.status !== 'rolling-back' && runs?.taskDefinition === subject.to) return { kind: 'already-so' };
    if (isUnderWay(newest)) return changed(`A deployment of ${shortName(newest.taskDefinition)} is running.`);
    if (runs?.taskDefinition !== subject.from) return changed(`${shortName(subject.from)} is not what runs any more.`);
    const release = deployments.find(({ taskDefinition }) => taskDefinition === subject.to);
    if (release?.taskDefinitionActive !== true)
      return changed(`The task definition ${shortName(subject.to)} is not there any more.`);
    // UpdateService resolves tags anew: what comes must be what was taken back.
    return imagesUnmoved(release.images, resolves)
      ? { kind: 'go' }
      : changed(`The images of ${shortName(subject.to)} are not those that were taken back.`);
  },

  apply: ({ subject }, change) => change.updateService(subject.service, subject.to),

  confirm({ subject }, { deployments }) {
    const [newest] = deployments;
    const comes = newest?.taskDefinition === subject.to && (isUnderWay(newest) || newest.status === 'successful');
    return comes && newest.status !== 'rolling-back'
      ? `the service is going forward to ${shortName(subject.to)}`
      : undefined;
  },

  undo: nothingToUndo('It is itself a way back.'),
};
