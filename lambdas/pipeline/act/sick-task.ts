import { targetsOf } from '../../contract/targets.ts';
import type { Diagnosis, SickTask } from '../../model/diagnosis.ts';
import type { TargetFact, TaskFact } from '../../model/facts.ts';
import type { NotApplicable } from '../../model/proposal.ts';
import type { ActCase } from './action.ts';
import { notApplicable } from './not-applicable.ts';
import { aidFor } from './shape.ts';

/** The task an act on one sick task is for, as the world has it now, with all its targets in whatever state. */
export type FoundTask = {
  readonly sick: SickTask;
  readonly task: TaskFact;
  readonly targets: readonly TargetFact[];
};

/** Finds the sick task in the world, or says why there is nothing to act on. */
export function findSickTask(diagnosis: Diagnosis, focus: SickTask | null, given: ActCase): FoundTask | NotApplicable {
  const aid = aidFor(given.standing.shape);
  if (aid.kind !== 'all-actions') return notApplicable('shape.unsupported', aid.says);
  if (diagnosis.kind !== 'sick-target' || focus === null)
    return notApplicable('selection.empty', 'No single task was diagnosed as sick.');
  const task = given.standing.tasks.find((t) => t.task.task === focus.task);
  if (task === undefined || task.status === 'stopping')
    return notApplicable('selection.empty', 'The sick task is gone or stopping already.');
  return { sick: focus, task, targets: targetsOf(task, given.standing.targets) };
}
