import type { Attempt } from '../../model/incident-state.ts';
import type { Expectation } from '../../model/proposal.ts';
import type { Checked, VerifyFacts } from './acted.ts';
import { deployed } from './deployed.ts';
import { deploymentHelps } from './deployment-helps.ts';
import { allTasksHealthy, cameBack, registered, staysOut } from './targets-return.ts';
import { troubleFalls } from './trouble-falls.ts';

/** Where taking the task out could not show whether it is about that task, replacing it must. */
function replaced(
  attempt: Attempt,
  { by, share }: Extract<Expectation, { see: 'all-tasks-healthy' }>,
  facts: VerifyFacts,
): Checked {
  const healthy = allTasksHealthy(attempt, by, facts);
  if (healthy.check !== 'helped' || share === undefined) return healthy;
  const fallen = troubleFalls(attempt, { see: 'trouble-falls', share, by }, facts);
  return { ...fallen, says: `${healthy.says} ${fallen.says}` };
}

/** Was the act followed by what it said to expect? Pure; `not-yet` until its deadline, then a verdict. */
export function verify(attempt: Attempt, facts: VerifyFacts): Checked {
  const { expects } = attempt.order.proposal;
  // Whether it would have helped cannot be told any more, whatever the metrics say.
  const back = cameBack(attempt, facts);
  if (back !== undefined) return back;
  switch (expects.see) {
    case 'trouble-falls':
      return troubleFalls(attempt, expects, facts);
    case 'stays-out':
      return staysOut;
    case 'all-tasks-healthy':
      return replaced(attempt, expects, facts);
    case 'deployment-helps':
      return deploymentHelps(attempt, expects, facts);
    case 'registered':
      return registered(attempt, expects.by, facts);
    case 'deployed':
      return deployed(attempt, expects.by, facts);
  }
}
