import { sameTarget, takesTraffic, targetsOf } from '../../contract/targets.ts';
import { inWords } from '../../contract/text.ts';
import type { Duration } from '../../contract/time.ts';
import type { Attempt } from '../../model/incident-state.ts';
import { actedAt, type Checked, deadline, type VerifyFacts } from './acted.ts';

/** Is the task gone, and is every desired task in service again? Needs no metric. */
export function allTasksHealthy(attempt: Attempt, by: Duration, facts: VerifyFacts): Checked {
  const { standing } = facts;
  const { subject } = attempt.order.proposal;
  const old = 'task' in subject ? standing.tasks.find(({ task }) => task.task === subject.task.task) : undefined;
  const gone = old === undefined || old.status === 'stopping';
  const running = standing.tasks.filter((task) => task.status === 'running' && task !== old);
  const states = running.map((task) => targetsOf(task, standing.targets).map((target) => target.state));
  const healthy = states.filter((each) => each.includes('healthy') && !each.includes('initial')).length;
  const whole = gone && healthy >= standing.desired && !states.flat().includes('initial');
  const says = `${gone ? 'The task is gone' : 'The task is still there'}; ${healthy} of ${standing.desired} tasks are healthy.`;
  return whole ? { check: 'helped', says } : waiting(attempt, by, facts, says);
}

/** Are the targets back in the load balancer? */
export function registered(attempt: Attempt, by: Duration, facts: VerifyFacts): Checked {
  const { subject } = attempt.order.proposal;
  const targets = 'targets' in subject ? subject.targets : [];
  const back = targets.filter((target) =>
    facts.standing.targets.some(
      (fact) => sameTarget(fact.target, target) && (fact.state === 'healthy' || fact.state === 'initial'),
    ),
  );
  const says = `${back.length} of ${targets.length} targets are back in the load balancer.`;
  const whole = targets.length > 0 && back.length === targets.length;
  return whole ? { check: 'helped', says } : waiting(attempt, by, facts, says);
}

/**
 * Have targets that were taken out been registered again, though nobody here did it? ECS does so with those of its tasks that run
 * (https://github.com/aws/containers-roadmap/issues/251); no page says when.
 */
export function cameBack(attempt: Attempt, { standing }: VerifyFacts): Checked | undefined {
  const { subject, kind } = attempt.order.proposal;
  if (kind !== 'deregister-target' || !('targets' in subject)) return undefined;
  const back = subject.targets.filter((target) =>
    standing.targets.some((fact) => sameTarget(fact.target, target) && takesTraffic(fact.state)),
  );
  if (back.length === 0) return undefined;
  const which = subject.targets.length === 1 ? 'The target' : `${back.length} of ${subject.targets.length} targets`;
  const verb = subject.targets.length === 1 || back.length === 1 ? 'is' : 'are';
  const waited = inWords(standing.at - actedAt(attempt));
  return { check: 'came-back', says: `${which} ${verb} registered again, ${waited} after it was taken out.` };
}

/** Are the targets still out of the load balancer? Whether that helps is told by what comes after it. */
export const staysOut: Checked = { check: 'helped', says: 'No request reaches the task any more.' };

const waiting = (attempt: Attempt, by: Duration, { standing, settings }: VerifyFacts, says: string): Checked => ({
  check: standing.at < deadline(actedAt(attempt), by, settings) ? 'not-yet' : 'no-change',
  says,
});
