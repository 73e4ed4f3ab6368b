import { targetKey, targetsOf } from '../../contract/targets.ts';
import type { ApprovalRequest, WorldSeen } from '../../model/approval.ts';
import type { Standing } from '../../model/facts.ts';
import type { Proposal } from '../../model/proposal.ts';
import { healthyTasks } from './healthy-tasks.ts';

/** One to be rolled back, and what stood before it. */
const newest = 2;

/** What of the world a person approves a proposal in. */
export const worldSeen = ({ subject }: Proposal, standing: Standing): WorldSeen => ({
  desired: standing.desired,
  healthy: healthyTasks(standing).length,
  deployments: standing.deployments.slice(0, newest).map(({ id, status }) => `${id} ${status}`),
  subject: 'task' in subject ? stateOf(subject.task.task, standing) : [],
});

function stateOf(arn: string, { tasks, targets }: Standing): readonly string[] {
  const task = tasks.find((each) => each.task.task === arn);
  if (task === undefined) return ['gone'];
  return [task.status, ...targetsOf(task, targets).map(({ target, state }) => `${targetKey(target)} ${state}`)].sort();
}

/**
 * Why an approval of the request would not be one of this act now; `undefined` when it is. What completes a rung is not held
 * against the world again: its first act has changed it, with the same approval.
 */
export function changedSince(
  { proposals: [first], world }: ApprovalRequest,
  proposal: Proposal,
  standing: Standing,
): string | undefined {
  if (first?.key !== proposal.key) return undefined;
  const sameSubject = JSON.stringify(first.subject) === JSON.stringify(proposal.subject);
  return (
    worldChange(world, worldSeen(proposal, standing)) ?? (sameSubject ? undefined : 'It would be done otherwise now.')
  );
}

/** What is otherwise than it was when a person was asked, in one sentence; `undefined` when nothing that matters is. */
function worldChange(then: WorldSeen, now: WorldSeen): string | undefined {
  if (now.desired !== then.desired) return `${now.desired} tasks are desired, no longer ${then.desired}.`;
  if (!same(then.deployments, now.deployments)) return 'A deployment has begun or ended since.';
  if (!same(then.subject, now.subject)) return 'The task it is about is no longer as it was.';
  if (now.healthy < then.healthy) return `Only ${now.healthy} tasks are healthy, no longer ${then.healthy}.`;
  return undefined;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);
