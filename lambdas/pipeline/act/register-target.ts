import { belongsTo, sameTarget, type TargetRef, takesTraffic } from '../../contract/targets.ts';
import type { Standing } from '../../model/facts.ts';
import type { Action } from './action.ts';
import { changed } from './changed.ts';
import { notApplicable, nothingToUndo } from './not-applicable.ts';
import { inGroups } from './wording.ts';

/** The way back of `deregister-target`, and nothing else. */
export const registerTarget: Action<'register-target'> = {
  kind: 'register-target',

  propose: () => notApplicable('selection.empty', 'Registering is the way back of deregistering only.'),

  recheck({ subject }, { standing }) {
    if (subject.targets.length === 0) return changed('There is no target to put back.', 'selection.empty');
    if (subject.targets.every((target) => isRegistered(target, standing))) return { kind: 'already-so' };
    // An address is given to another task soon after: a target is the task's only while the task runs and still holds it.
    const task = standing.tasks.find((t) => t.task.task === subject.task.task);
    if (task?.status !== 'running') return changed('The task does not run any more.');
    return subject.targets.every((target) => belongsTo(target, task.addresses))
      ? { kind: 'go' }
      : changed('The task does not have the address of its target any more.');
  },

  apply: ({ subject }, change) => change.registerTargets(subject.targets),

  confirm: ({ subject }, standing) =>
    subject.targets.every((target) => isRegistered(target, standing))
      ? `registered again ${inGroups(subject.targets.length)}`
      : undefined,

  undo: nothingToUndo('It is itself a way back.'),
};

const isRegistered = (target: TargetRef, standing: Standing): boolean =>
  standing.targets.some((t) => sameTarget(t.target, target) && takesTraffic(t.state));
