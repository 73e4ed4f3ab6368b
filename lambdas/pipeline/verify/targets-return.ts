import { sameTarget, targetsOf } from '../../contract/targets.ts';
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

const waiting = (attempt: Attempt, by: Duration, { standing, settings }: VerifyFacts, says: string): Checked => ({
  check: standing.at < deadline(actedAt(attempt), by, settings) ? 'not-yet' : 'no-change',
  says,
});
