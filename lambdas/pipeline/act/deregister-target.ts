import { shortTask } from '../../contract/short-name.ts';
import { belongsTo, sameTarget, type TargetRef, takesTraffic } from '../../contract/targets.ts';
import { counted } from '../../contract/text.ts';
import type { Standing } from '../../model/facts.ts';
import type { Action } from './action.ts';
import { changed } from './changed.ts';
import { notApplicable } from './not-applicable.ts';
import { findSickTask } from './sick-task.ts';
import { inGroups, percent, symptoms } from './wording.ts';

/**
 * Takes one task's targets out of the load balancer. The task keeps running; ECS does not replace it, and may register its targets
 * again (https://github.com/aws/containers-roadmap/issues/251).
 */
export const deregisterTarget: Action<'deregister-target'> = {
  kind: 'deregister-target',

  propose(diagnosis, focus, given) {
    const found = findSickTask(diagnosis, focus, given);
    if ('kind' in found) return found;
    const { sick, task } = found;
    const targets = found.targets.filter((t) => takesTraffic(t.state)).map((t) => t.target);
    const name = `task ${shortTask(sick.task)}`;
    if (targets.length === 0) return notApplicable('selection.empty', `No target of ${name} takes traffic.`);
    return {
      key: `deregister-target|${sick.task}`,
      kind: 'deregister-target',
      subject: { task: task.task, targets },
      subjectName: `${counted(targets.length, 'target')} of ${name}`,
      rationale: `The ${name} ${symptoms[sick.symptom]} and accounts for ${percent(sick.share)} of the trouble, unlike its peers; without its targets no request reaches it.`,
      because: diagnosis.because,
      expects: { see: 'trouble-falls', share: sick.share, by: given.settings.timing.verifyWithin },
      wayBack: { kind: 'undo', says: 'Its targets are registered again.' },
    };
  },

  recheck({ subject, repeats }, { standing }) {
    if (subject.targets.length === 0) return changed('There is no target to take out.', 'selection.empty');
    const task = standing.tasks.find((t) => t.task.task === subject.task.task);
    if (task === undefined || task.status === 'stopping') return changed('The task is gone or stopping.');
    const serving = subject.targets.filter((target) => isServing(target, standing));
    if (serving.length === 0) return { kind: 'already-so' };
    if (!serving.every((target) => belongsTo(target, task.addresses)))
      return changed('The address of a target belongs to another task now.');
    // ECS may have registered it again in one target group and not yet in the other.
    if (repeats !== undefined) return { kind: 'go' };
    return serving.length === subject.targets.length
      ? { kind: 'go' }
      : changed(`Only ${serving.length} of its ${counted(subject.targets.length, 'target')} still takes traffic.`);
  },

  apply: ({ subject }, change, standing) =>
    change.deregisterTargets(subject.targets.filter((target) => isServing(target, standing))),

  confirm({ subject }, standing) {
    if (subject.targets.some((target) => isServing(target, standing))) return undefined;
    const draining = subject.targets.filter((target) => stateOf(target, standing) === 'draining').length;
    return `${draining > 0 ? 'draining' : 'gone'} ${inGroups(subject.targets.length)}`;
  },

  undo: ({ subject, subjectName, expects, key }, because) => ({
    key: key.replace('deregister-target', 'register-target'),
    kind: 'register-target',
    subject,
    subjectName,
    rationale: 'Its targets go back to where they were before Paramedic took them out.',
    because,
    expects: { see: 'registered', by: expects.by },
    wayBack: { kind: 'none', says: 'It is itself a way back.' },
  }),
};

const stateOf = (target: TargetRef, standing: Standing): string | undefined =>
  standing.targets.find((t) => sameTarget(t.target, target))?.state;

const isServing = (target: TargetRef, standing: Standing): boolean =>
  takesTraffic(stateOf(target, standing) ?? 'unused');
