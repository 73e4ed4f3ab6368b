import type { Standing } from '../../model/facts.ts';
import type { Proposal } from '../../model/proposal.ts';
import { isOut } from './healthy-tasks.ts';
import { oneTask } from './one-task.ts';

/** The task that an act takes out of service; `undefined` for one that is out already, and for acts on the whole service. */
export function takenOutOfService(proposal: Proposal, standing: Standing): string | undefined {
  const subject = oneTask(proposal);
  const task = standing.tasks.find((each) => each.task.task === subject);
  return task !== undefined && isOut(task, standing) ? undefined : subject;
}
