import { runs } from '../../contract/releases.ts';
import type { DeploymentFact, Standing } from '../../model/facts.ts';
import type { Proposal } from '../../model/proposal.ts';

/**
 * A deployment may wait at a pause hook for days, while the release before it serves. Then an act on a single task of that one is
 * nobody's business but its own (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html).
 */
export function isBesidePaused(
  { subject }: Proposal,
  running: DeploymentFact | undefined,
  { tasks, deployments }: Standing,
): boolean {
  if (running?.waits !== true || !('task' in subject)) return false;
  const task = tasks.find((each) => each.task.task === subject.task.task);
  return task !== undefined && !runs(task, running, deployments);
}
